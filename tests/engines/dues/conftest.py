"""A factory under R4, made by the verbs of the organisation; cases are stand-ins with a number."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from keeping import lay

from shouwen.engines.dues import resolvers
from shouwen.engines.dues.reactions import keep_deadlines
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.ground.org import roster, values


class Case:
    """Whatever a due is about: it has a kind, an id and a division."""

    class _meta:  # noqa: N801
        model_name = "case"

    def __init__(self, pk, division, **facts):
        self.pk, self.division_id = pk, division.pk
        self.facts = {"division": division.pk, "title": f"25050{pk}", **facts}


@pytest.fixture
def now():
    with rehearsal("2026-03-02 10:00") as time:
        yield time


@pytest.fixture
def company(db, now, regulations, monkeypatch):
    """Factory > sales (domestic), quality, gm office (pm group), workshop; a sister without R4."""
    yield build(now, monkeypatch)
    roster.forget()


def build(now, monkeypatch):
    roster.forget()
    now.move(moment("2026-01-05 09:00"))
    c = lay("the factory with duties", _factory)
    now.move(moment("2026-03-02 10:00"))
    c.now, c.cases, c.at = now, {}, lambda: now.at
    # The upper storeys react to the same facts, about real cases; here nobody else listens.
    monkeypatch.setattr(journal, "_reactions", {journal.ANY: [journal.one_by_one(keep_deadlines)]})
    known = SimpleNamespace(find=lambda pk: c.cases[pk].facts, told=lambda case: case.facts)
    monkeypatch.setitem(resolvers._resolvers, "case", known)
    c.case = lambda pk=1, region="domestic", **facts: _case(c, pk, region=region, **facts)
    c.happens = lambda event, case, by=None, **data: record(event, case, by=by, **data)
    c.told = lambda: told()
    c.facts = lambda event: list(Entry.objects.filter(event=event).order_by("id"))
    c.value = lambda key, value: values.set_value(key, value, division=c.factory, by=None)
    return c


def _factory():
    c = SimpleNamespace()
    _units(c)
    _people(c)
    org.adopt_regulation(c.factory, "R4", 1, since=date(2026, 1, 1), by=None)
    return c


def _units(c):
    c.group = org.add_unit("group", name_zh="集团", name_en="Group")
    c.factory = org.add_unit(
        "factory", name_zh="工厂", name_en="Factory", function="management", parent=c.group,
        division=True,
    )  # fmt: skip
    c.sister = org.add_unit(
        "sister", name_zh="物业", function="management", parent=c.group, division=True
    )
    c.sales = org.add_unit("sales", name_zh="业务部", function="sales", parent=c.factory)
    c.domestic = org.add_unit("domestic", name_zh="内销组", function="sales", parent=c.sales)
    c.quality = org.add_unit("quality", name_zh="质管部", function="quality", parent=c.factory)
    c.office = org.add_unit("office", name_zh="总经理室", function="gm_office", parent=c.factory)
    c.pm_group = org.add_unit(
        "pm", name_zh="生产管理组", name_en="PM group", function="pm_group", parent=c.office
    )
    c.plant = org.add_unit("plant", name_zh="制造部", function="manufacturing", parent=c.factory)
    c.workshop = org.add_unit("shop1", name_zh="一车间", function="manufacturing", parent=c.plant)
    c.accounts = org.add_unit("accounts", name_zh="会计科", function="accounting", parent=c.group)


def _people(c):
    seats = [
        ("gm", "高远", c.factory, "总经理", "gm"),
        ("sales_head", "单明", c.sales, "业务经理", "manager"),
        ("seller", "陈晨", c.domestic, "业务员", "staff"),
        ("seller2", "周舟", c.domestic, "内勤", "staff"),
        ("inspector", "秦思", c.quality, "检验员", "staff"),
        ("quality_head", "秦岭", c.quality, "质管经理", "manager"),
        ("office_head", "欧阳平", c.office, "总经理室经理", "manager"),
        ("registrar", "曾可", c.pm_group, "登记员", "staff"),
        ("planner", "温良", c.pm_group, "管理员", "staff"),
        ("plant_head", "马力", c.plant, "制造经理", "manager"),
        ("worker", "石磊", c.workshop, "班长", "staff"),
        ("bookkeeper", "柯守", c.accounts, "会计", "staff"),
        ("stranger", "物业员", c.sister, "管家", "staff"),
    ]
    for key, name, unit, title, rank in seats:
        person = org.hire(key, name_zh=name, name_en=key.title(), email=f"{key}@example.cn")
        org.appoint(person, org.add_post(unit, title, rank=rank))
        setattr(c, key, person)


def _case(c, pk, **facts):
    c.cases[pk] = Case(pk, c.factory, **facts)
    return c.cases[pk]


def told():
    """Who was told what, as people read it, oldest first."""
    from shouwen.engines.notices.models import Notice

    return [(n.person.name_zh, n.text) for n in Notice.objects.order_by("id")]


def moment(text):
    return datetime.fromisoformat(text + "+08:00").astimezone(UTC)


@pytest.fixture(name="moment")
def moment_fixture():
    return moment
