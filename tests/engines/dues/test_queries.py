"""The desk, what is late, and why a thing is due on its day."""

from datetime import timedelta

import desks
import pytest

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import queries
from shouwen.engines.dues.models import Due
from shouwen.ground.org import actions as org


@pytest.fixture
def put(company):
    """Put something on the desk of a role, a unit or a person; its title is what tells it apart."""

    def make(title, **more):
        case = company.case(more.pop("pk", 1))
        return dues.open_due(title, subject=case, division=company.factory, **{"days": 3, **more})

    return make


def titles(person, company):
    return [item.due.title for item in desks.desk(person, company.now.at)]


OWNERS = {
    "seller himself": {"person": "seller"},
    "sales": {"role": "sales"},
    "sales of the group": {"role": "sales", "unit": "domestic"},
    "sales manager": {"role": "sales.manager"},
    "unit": {"unit": "domestic"},
    "unit manager": {"role": "unit:sales.manager"},
    "workshop": {"role": "manufacturing", "unit": "workshop"},
    "general manager": {"role": "management.gm"},
    "accounting of the group": {"role": "accounting"},
}
DESKS = {
    "seller": {"seller himself", "sales", "sales of the group", "unit"},
    "seller2": {"sales", "sales of the group", "unit"},
    "sales_head": {"sales", "sales manager", "unit manager"},
    "worker": {"workshop"},
    "plant_head": set(),
    "gm": {"general manager"},
    "bookkeeper": {"accounting of the group"},
    "inspector": set(),
    "stranger": set(),
}


@pytest.mark.parametrize("person", sorted(DESKS))
def test_everybody_sees_his_own_desk(company, put, person):
    for title, owner in OWNERS.items():
        named = {k: v if k == "role" else getattr(company, v) for k, v in owner.items()}
        put(title, **named)
    who = getattr(company, person)
    assert set(titles(who, company)) == DESKS[person]


def test_the_desk_is_by_urgency_and_says_what_is_late(company, put):
    put("later", role="sales", days=9)
    put("whenever", role="sales", days=None)
    put("sooner", person=company.seller)
    put("first", role="sales", days=1)
    company.now.wait(days=2)
    desk = desks.desk(company.seller, company.now.at)
    assert [(item.due.title, item.late) for item in desk] == [
        ("first", True),
        ("sooner", False),
        ("later", False),
        ("whenever", False),
    ]
    assert titles(company.seller, company) == titles(company.seller, company)


def test_only_the_most_urgent_of_many_are_read(company, put):
    for days in (5, 3, 9, 1):
        put(f"role {days}", role="sales", days=days, pk=days)
        put(f"his {days}", person=company.seller, days=days + 1, pk=days)
    found = desks.desk(company.seller, company.now.at, limit=3)
    assert [item.due.title for item in found] == ["role 1", "his 1", "role 3"]


def test_a_stand_in_sees_both_desks_and_whose_is_whose(company, put):
    put("his", person=company.registrar)
    put("role", role="pm_group")
    put("mine", person=company.seller)
    org.substitute_while_away(
        company.registrar, company.seller, since=company.now.at,
        until=company.now.at + timedelta(days=5), reason="休假", by=company.registrar,
    )  # fmt: skip
    desk = {item.due.title: item.for_person for item in desks.desk(company.seller, company.now.at)}
    assert desk == {"his": company.registrar, "role": company.registrar, "mine": None}
    company.now.wait(days=6)
    assert titles(company.seller, company) == ["mine"]


def test_the_work_of_a_closed_unit_is_on_the_desk_of_its_successor(company, put):
    put("unit", unit=company.domestic)
    put("role", role="unit:domestic")
    successor = org.add_unit("export", name_zh="外销组", function="sales", parent=company.sales)
    heir = org.hire("heir", name_zh="继任")
    org.appoint(heir, org.add_post(successor, "业务员"))
    for held in ("seller", "seller2"):
        seat = getattr(company, held).appointments.get()
        org.end_appointment(seat, reason="改组")
    company.now.wait(days=1)
    org.close_unit(company.domestic, successor=successor, reason="改组")
    company.now.wait(days=1)
    assert titles(heir, company) == ["unit", "role"]


def test_one_statement_counts_a_desk_and_one_draws_it(company, put, django_assert_num_queries):
    for number in range(30):
        put(f"{number}", role="sales", pk=number + 1)
    desks.desk(company.seller, company.now.at)
    with django_assert_num_queries(1):
        asked = queries.asked(company.seller, company.now.at)
    assert len(asked) == 30
    with django_assert_num_queries(1):
        for item in queries.items(asked[:5], company.now.at):
            assert item.due.unit.name
            assert item.due.division.name


def test_what_is_settled_while_the_desk_is_drawn_is_left_out(company, put):
    done = put("done", person=company.seller, days=1)
    put("open", person=company.seller, days=2)
    asked = queries.asked(company.seller, company.now.at)
    dues.settle(done, by=company.seller)
    assert [item.due.title for item in queries.items(asked, company.now.at)] == ["open"]
    assert queries.items([], company.now.at) == []


def test_what_is_late_in_a_unit_and_under_it(company, put):
    put("group", unit=company.domestic, days=1)
    put("head", role="sales.manager", days=2)
    put("other", role="quality", days=1)
    put("in time", role="sales", days=30)
    company.now.wait(days=4)
    at = company.now.at
    assert [due.title for due in queries.late(at, units=[company.sales])] == ["group", "head"]
    assert [due.title for due in queries.late(at, units=[company.domestic])] == ["group"]
    everything = queries.late(at, division=company.factory)
    assert [due.title for due in everything] == ["group", "other", "head"]
    both = queries.late(at, units=[company.domestic, company.sales])
    assert [due.title for due in both] == ["group", "head"]
    assert not queries.late(at, division=company.sister).exists()


def test_the_dues_of_a_matter(company, put):
    done, running = put("done", role="sales"), put("open", role="sales", days=9)
    put("soon", role="sales", days=1)
    put("another case", role="sales", pk=2)
    dues.settle(done, by=company.seller)
    case = company.case()
    assert [due.title for due in queries.of_matter(case, only_open=True)] == ["soon", "open"]
    assert {due.title for due in queries.of_matter(case)} == {"done", "open", "soon"}
    found = queries.of_matters("case", [1, 2, 3])
    assert [due.title for due in found[1]] == ["soon", "open"]
    assert set(found) == {1, 2}
    assert running in found[1]


def test_why_this_date(company, put):
    due = put("report", role="quality", pausable=True, warn=[1])
    dues.pause(due, clause="R3-49", reason="等样品", by=company.inspector)
    company.now.wait(days=1)
    dues.resume(due, by=company.inspector)
    due.refresh_from_db()
    why = queries.explain(due)
    counted = [(day.date.day, day.counted, day.why) for day in why.days]
    assert counted == [
        (2, False, "起算日，不计"),
        (3, True, "日历日"),
        (4, True, "日历日"),
        (5, True, "日历日"),
    ]
    assert [pause.reason for pause in why.pauses] == ["等样品"]
    assert len(why.warnings) == 1
    assert due.last_day == why.days[-1].date


def test_a_given_moment_needs_no_days(company, put):
    due = put("given", role="quality", days=None, due_at=company.now.at + timedelta(hours=1))
    assert queries.explain(due).days == ()


def test_recounting_from_the_row_gives_the_stored_moment(company, put):
    """What the panel shows is what was stored, for every due that was paused or not."""
    for number in range(1, 6):
        due = put(f"{number}", role="quality", days=number, count="working", pausable=True)
        if number % 2:
            dues.pause(due, clause="R3-49", reason="等", by=company.inspector)
            company.now.wait(hours=number * 11)
            dues.resume(due, by=company.inspector)
    for due in Due.objects.all():
        assert queries.explain(due).days[-1].date == due.last_day
