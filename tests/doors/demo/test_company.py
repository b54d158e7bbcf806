"""The demo company: every role regulation 4 names is filled, every open value is set."""

import re
from datetime import date
from pathlib import Path

import pytest
from keeping import lay

from shouwen.doors.demo import company as demo
from shouwen.doors.demo import staff
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import naming, queries, values
from shouwen.ground.org.models import Adoption, Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.loading import ROOT

AT = "2026-11-23 10:00"


@pytest.fixture
def company(regulations):
    with rehearsal(AT) as now:
        yield lay("the demo company", lambda: demo.build(now.at))


def test_build_again_finds_what_stands(company, django_assert_max_num_queries):
    facts = Entry.objects.count()
    with django_assert_max_num_queries(10):
        again = demo.build(clock.now())
    assert again == company
    assert Entry.objects.count() == facts


def test_it_runs_under_r4_since_fourteen_months(company):
    day = date(2025, 9, 1)
    assert queries.adopted(company.division, "R4", day) == 1
    assert queries.adopted(company.division, "R4", date(2025, 8, 31)) is None


def test_the_sister_works_by_every_other_regulation(company):
    works_by = {code for code in ("R1", "R2", "R3", "R5", "R6", "R7", "R8", "R4")
                if queries.adopted(company.sister, code)}  # fmt: skip
    assert works_by == {"R1", "R2", "R3", "R5", "R6", "R7", "R8"}
    assert Adoption.objects.filter(division=company.sister).count() == len(works_by)
    assert [one.name_zh for one in queries.people("customer_service.manager", company.sister)] == [
        "苏清和"
    ]


def test_every_value_r4_leaves_open_is_set_since_the_first_day(company):
    specs = policy.value_specs("R4")
    assert len(specs) >= 10
    for spec in specs:
        assert values.get(spec.key, company.division, date(2025, 9, 1)) is not None, spec.key


def _roles_of_r4() -> set[str]:
    """Roles as flow and forms write them: `by: sales.supervisor`, `holder: quality`."""
    found: set[str] = set()
    for name in ("flow", "forms", "clauses"):
        path = Path(ROOT) / "r04_quality_complaints" / f"{name}.yaml"
        found |= set(re.findall(r"\b(?:by|holder|role): ([a-z_.]+)\b", path.read_text("utf-8")))
    return {role for role in found if role.split(".")[0] not in ("superior", "decider", "unit")}


@pytest.mark.parametrize("role", sorted(_roles_of_r4()))
def test_every_role_of_r4_is_filled(company, role):
    assert queries.people(role, company.division), role


def test_names_are_typed_as_they_are_spoken():
    for who in staff.PEOPLE:
        assert who.username == naming.pinyin(who.name_zh)
        assert who.name_en


def test_the_sales_manager_is_away_and_his_deputy_acts(company):
    manager, deputy = company.people["guchangting"], company.people["luojingyi"]
    assert queries.stand_ins(manager, clock.now()) == [deputy]
    whom = queries.as_whom(deputy, "sales.manager", company.division, clock.now())
    assert whom == manager


def test_what_the_closed_section_left_is_seen_by_its_heir(company):
    plating = company.units["plating"]
    assert queries.current(plating) == company.units["coating"]
    assert plating.pk in queries.units_of(company.people["jiangsujuan"])


def test_superiors_of_a_salesperson(company):
    above = queries.superiors(company.people["fangxiaotang"], company.division)
    names = [person.name_zh for person in above]
    assert names == ["章立新", "骆静宜", "顾长亭", "沈若岚", "秦正远"]


def test_it_is_made_by_the_verbs_at_the_days_it_would_have_been(company):
    first = Entry.objects.order_by("id").first()
    assert clock.day_of(first.at) == date(2025, 8, 2)
    assert Entry.objects.filter(event="value.set").first().actor_id == company.keeper.pk
    assert {unit.since for unit in Unit.objects.all()} == {date(2025, 8, 2)}
    assert not any(person.user.has_usable_password() for person in Person.objects.all())
