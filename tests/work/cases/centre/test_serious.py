"""A serious event: known at once to those who answer for it, and on top until it is over."""

import pytest

from shouwen.engines.notices.models import Notice
from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.work.cases import queries
from shouwen.work.cases.centre import reclassifying
from shouwen.work.cases.models import Case
from shouwen.work.cases.queries import Filters


@pytest.fixture
def classified(centre):
    """`classified("serious")`: taken by the agent, classified by the shift lead."""

    def made(grade, **words):
        case = open_matter(centre.centre, centre.resident, by=centre.agent, **words)
        go_on(case, by=centre.agent)
        told = {"category": "noise", "grade": grade, "true_cause": "不知规定"}
        return go_on(case, data={**told, "handler": centre.second_agent}, by=centre.shift_lead)

    return made


def told(case):
    found = Notice.objects.filter(message__startswith="严重事件", link=f"/cases/{case.pk}/")
    return {(one.person, one.clause, one.urgent) for one in found}


def test_owner_handler_and_head_know_at_once(centre, classified):
    people = (centre.agent, centre.second_agent, centre.director)
    assert told(classified("serious")) == {(one, "R2-15", True) for one in people}
    assert told(classified("big")) == set()


def test_so_they_do_when_it_turns_out_to_be_serious(centre, classified):
    case = classified("small")
    reclassifying.reclassify(
        case, category="noise", grade="serious", reason="有人受伤", by=centre.shift_lead
    )
    assert {person for person, _clause, _urgent in told(case)} == {
        centre.agent, centre.second_agent, centre.director,
    }  # fmt: skip
    assert list(queries.on_top(centre.agent, Filters())) == [case]


def test_lists_filter_by_how_grave_it_was_judged(centre, classified):
    for grade in ("small", "big", "serious"):
        classified(grade)
    by_weight = Case.objects.order_by("pk").values_list("grade", "severity")
    assert list(by_weight) == [("small", 1), ("big", 2), ("serious", 3)]


def test_it_stands_on_top_of_list_and_desk_until_it_is_over(centre, as_, classified):
    earlier, serious = classified("small"), classified("serious", title="阳台护栏松动")
    browser = as_(centre.second_agent)
    page = browser.get("/cases/").content.decode()
    assert page.index("阳台护栏松动") < page.index(earlier.number)
    assert [row.pk for row in browser.get("/cases/").context["serious"].rows] == [serious.pk]
    desk = browser.get("/").context["sections"]
    assert (desk[0].key, {line.item.due.matter_id for line in desk[0].lines}) == (
        "serious", {serious.pk},
    )  # fmt: skip
    for view in ("closed", "all"):
        assert browser.get("/cases/", {"view": view}).context["serious"] is None
    case = reclassifying.reclassify(
        serious, category="noise", grade="small", reason="已查明", by=centre.shift_lead
    )
    assert (case.grade, case.stage) == ("small", "instruction")  # the course it has begun
    go_on(case, data={"instruction": "照常办理"}, by=centre.director)
    assert case.stage == "handling"
    assert browser.get("/cases/").context["serious"] is None
    assert "serious" not in {one.key for one in browser.get("/").context["sections"]}


def test_another_units_serious_event_is_not_to_be_seen(centre, as_, classified):
    classified("serious", title="阳台护栏松动")
    assert "阳台护栏松动" not in as_(centre.office_clerk).get("/cases/").content.decode()
