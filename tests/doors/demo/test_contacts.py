"""The contacts of the demo's service centre: made by the verbs, the same story every time."""

import pytest
from keeping import lay

from shouwen.doors.demo import company as demo
from shouwen.doors.demo.centre import contacts
from shouwen.ground.foundation.clock import rehearsal
from shouwen.work.cases.models import Case
from shouwen.work.interactions.models import Interaction

AT = "2026-11-23 10:00"


@pytest.fixture
def firm(regulations):
    with rehearsal(AT) as now:
        yield lay("the demo company of November", lambda: demo.build(now.at)), now.at


def test_one_of_each_kind_is_played_to_its_end_and_none_twice(firm):
    company, at = firm
    waiting = contacts.missing(company, at)
    chosen = {}
    for plan in waiting:
        if plan.content and not plan.late:
            chosen.setdefault((plan.saying.kind, plan.saying.grade), plan)
    contacts.make(company, list(chosen.values()), at)
    made = Case.objects.filter(division=company.sister)
    assert set(made.values_list("kind", flat=True)) == {
        "complaint", "consultation", "repair", "request",
    }  # fmt: skip
    closed = made.filter(state="closed").values_list("kind", flat=True)
    assert {"complaint", "consultation", "repair", "request"} == set(closed)
    assert Interaction.objects.filter(direction="out", definite=True).exists()
    again = {plan.index for plan in contacts.missing(company, at)}
    assert again == {plan.index for plan in waiting} - {plan.index for plan in chosen.values()}


def test_two_installations_tell_one_story(firm):
    company, at = firm
    assert contacts.plans(company, at) == contacts.plans(company, at)
    assert len({plan.channel for plan in contacts.plans(company, at)}) == 5
