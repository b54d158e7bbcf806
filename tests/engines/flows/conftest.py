"""A factory, and a short course of its own: a loan that is looked at, made, tried, ruled, read."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from keeping import lay

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.models import Edition, Regulation

COURSE = Path(__file__).with_name("loan.yaml")
UNITS = {
    "sales": "业务部",
    "quality": "质量管理部",
    "rnd": "研发部",
    "gm_office": "总经理室",
}
SEATS = [
    ("gm", "高远", "factory", "总经理", "gm"),
    ("deputy", "傅立群", "factory", "副总经理", "deputy_gm"),
    ("sales_head", "单明", "sales", "业务经理", "manager"),
    ("lead", "林青", "sales", "业务主管", "supervisor"),
    ("seller", "陈晨", "sales", "业务员", "staff"),
    ("seller2", "周舟", "sales", "内勤", "staff"),
    ("inspector", "秦思齐", "quality", "检验员", "staff"),
    ("inspector2", "秦朗", "quality", "复检员", "staff"),
    ("quality_head", "齐衡", "quality", "质管经理", "manager"),
    ("foreman", "马工", "shop_a", "班长", "staff"),
    ("foreman_b", "牛工", "shop_b", "班长", "staff"),
    ("engineer", "严究", "rnd", "工程师", "staff"),
    ("clerk", "曾可", "pm_group", "登记员", "staff"),
]


@pytest.fixture
def now() -> Iterator[Rehearsal]:
    """The day stands still unless a test moves it."""
    with rehearsal("2026-03-10 10:00") as time:
        yield time


@pytest.fixture
def company(db: None, now: Rehearsal) -> SimpleNamespace:
    """The factory with its people; the course adopted, its authority and limits set."""
    c = lay("the factory that lends", lambda: build_company(now))
    c.now = now
    return c


def build_company(now: Rehearsal) -> SimpleNamespace:
    """The same, in whatever database is open."""
    roster.forget()
    publish_course()
    moment, now.at = now.at, clock.local(clock.day_of(now.at).replace(month=1, day=5))
    c: Any = SimpleNamespace(now=now)
    c.group = org.add_unit("group", name_zh="集团", name_en="Group")
    c.factory = org.add_unit(
        "factory", name_zh="精密厂", function="management", parent=c.group, division=True
    )
    c.sister = org.add_unit("sister", name_zh="物业", parent=c.group, division=True)
    for code, name in UNITS.items():
        setattr(c, code, org.add_unit(code, name_zh=name, function=code, parent=c.factory))
    c.pm_group = org.add_unit(
        "pm_group", name_zh="生产管理组", function="pm_group", parent=c.gm_office
    )
    for code, name in (("shop_a", "一车间"), ("shop_b", "二车间")):
        unit = org.add_unit(code, name_zh=name, function="manufacturing", parent=c.factory)
        setattr(c, code, unit)
    for key, name, unit, title, rank in SEATS:
        person = org.hire(key, name_zh=name)
        org.appoint(person, org.add_post(getattr(c, unit), title, rank=rank))
        setattr(c, key, person)
    c.outsider = org.hire("outsider", name_zh="外人")
    org.appoint(c.outsider, org.add_post(c.sister, "管家"))
    org.adopt_regulation(c.factory, "R4", 1)
    now.at = moment
    set_values(c)
    return c


def set_values(c: SimpleNamespace) -> None:
    """Who decides up to what, and how long each stage may take."""
    bands = [("sales_manager", "5000"), ("deputy_gm", "50000"), ("gm", None)]
    rows = [{"level": level, "max_amount": amount} for level, amount in bands]
    org.set_value("R4-39.authority", rows, division=c.factory)
    limits = [("look", 3, 4), ("make", 2, 3), ("rule", 1, 1)]
    named = [{"stage": s, "domestic": d, "overseas": o} for s, d, o in limits]
    org.set_value("R4-61.step_limits", named, division=c.factory)


def publish_course() -> None:
    """An edition of regulation 4 that has the loan and nothing else."""
    text = yaml.safe_load(COURSE.read_text())
    head = {
        "code": "R4", "title": "借用办法", "purpose": "试",
        "edition": {"number": 1, "since": "2026-01-01"},
        "groups": [{"key": "all", "title": "全部"}],
    }  # fmt: skip
    body = {"regulation": head, **text}
    regulation, _new = Regulation.objects.get_or_create(code="R4")
    Edition.objects.create(
        regulation=regulation, number=1, since="2026-01-01", published_at=clock.now(),
        digest="loan", version="loan-1", body=json.dumps(body, default=str),
    )  # fmt: skip
    policy.forget()


WRITTEN: dict[str, dict[str, Any]] = {
    "ask": {"what": "量具"},
    "look": {"finding": "完好"},
    "make": {"note": "已备"},
    "trial": {"note": "合格"},
    "opinion": {"method": "allowance", "amount": "1000.00"},
    "rule": {"method": "allowance", "amount": "1000.00"},
    "answer": {"note": "已告知客户"},
}
"""What each section says unless a test says otherwise."""


class Loan:
    """One loan on its way; `loan.sign("look")` fills and signs a section by who is given."""

    def __init__(self, company: SimpleNamespace, region: str = "domestic") -> None:
        self.c = company
        self.sheet = documents.open_sheet("loan_form", division=company.factory, by=company.seller)
        self.run = flows.start(
            "loan", self.sheet, division=company.factory, by=company.seller,
            facts={"region": region},
        )  # fmt: skip

    @property
    def stage(self) -> str:
        """Where it stands, in the table."""
        return Run.objects.get(pk=self.run.pk).stage

    def sign(self, section: str, by: Any, **data: Any) -> None:
        """Write a section and put one's name under it."""
        if section == "look":
            data = {"unit": self.c.shop_a.pk, **data}
        self.sheet = Sheet.objects.get(pk=self.sheet.pk)
        part = self.sheet.sections.get(key=section)
        told = {**WRITTEN[section], **data}
        documents.save_section(self.sheet, section, told, version=part.version, by=by)
        documents.sign_section(self.sheet, section, by=by)

    def do(self, move: str, by: Any, **more: Any) -> Run:
        """Make a move as it stands in the table."""
        self.run = flows.move(Run.objects.get(pk=self.run.pk), move, by=by, **more)
        return self.run

    def go(self, to: str, **data: Any) -> "Loan":
        """Work it on to a stage, everybody doing his part."""
        hands = {
            "draft": ("ask", "send", self.c.seller), "look": ("look", "looked", self.c.inspector),
            "make": ("make", "made", self.c.foreman), "trial": ("trial", "tried", self.c.engineer),
            "opinion": ("opinion", "put_up", self.c.clerk), "rule": ("rule", "ruled", self.c.gm),
            "answer": ("answer", "answered", self.c.seller), "read": (None, "read", self.c.lead),
        }  # fmt: skip
        while self.stage != to:
            section, move, by = hands[self.stage]
            if section:
                self.sign(section, by, **data.get(section, {}))
            self.do(move, by)
        return self

    def data(self, section: str) -> dict[str, Any]:
        """What stands in a section."""
        return papers.data_of(Sheet.objects.get(pk=self.sheet.pk))[section]


@pytest.fixture
def loan(company: SimpleNamespace) -> Loan:
    """A loan asked for by the seller, still with him."""
    return Loan(company)
