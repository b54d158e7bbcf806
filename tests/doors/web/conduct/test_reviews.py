"""Whoever inspects draws the call by chance, and does not choose it (R2-01)."""

import pytest

from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.conduct import queries
from shouwen.outcomes.conduct.models import Review
from shouwen.work.cases.models import Case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions.actions import Draft, record_interaction

DRAW = "/conduct/reviews/draw/"


@pytest.fixture
def call(works):
    """`call(kind, by=…)`: somebody took a call about a matter of that kind."""
    customer = create_customer(works.division, CustomerDraft("K1", "甲", "domestic"), by=None)

    def make(kind: str, by=works.agent, **more):
        now = clock.now()
        case = Case.objects.create(
            division=works.division, kind=kind, category="noise", title="停电", customer=customer,
            region="domestic", first_owner=by, salesperson=by, stage="handling", opened_at=now,
            due_at=now,
        )  # fmt: skip
        said = Draft(works.division, "又停电了。", name="安然", phone="13800138101", **more)
        return record_interaction(said, by=by, matter=case)

    return make


def drawn(enter, who: str):
    return enter(who).post(DRAW)


@pytest.mark.parametrize("who", ["cs_director", "quality"])
def test_a_complaint_call_is_drawn_and_marked(enter, works, call, who):
    complained = call("complaint")
    call("consultation")
    call("complaint", channel="letter")
    answer = drawn(enter, who)
    assert answer["Location"] == f"/conduct/reviews/new/interaction/{complained.pk}/"
    assert enter(who).get(answer["Location"]).status_code == 200
    fact = Entry.objects.get(event="review.drawn")
    assert (fact.subject_id, fact.data["among"]) == (complained.pk, 1)


def test_nobody_draws_his_own_call_or_one_that_was_reviewed(enter, works, call):
    call("complaint", by=works.cs_director)
    done = call("complaint")
    Review.objects.create(
        division=works.division, contact_kind="interaction", contact_id=done.pk, title="1",
        during="call", person=works.agent, unit=works.units["customer_service"],
        reviewer=works.quality, at=clock.now(),
    )  # fmt: skip
    refused = drawn(enter, "cs_director")
    assert refused.status_code == 409
    assert "尚未检查的投诉电话" in refused.content.decode()


def test_who_inspects_nobody_draws_nothing(enter, works, call):
    call("complaint")
    assert drawn(enter, "sales").status_code == 409
    assert not Entry.objects.filter(event="review.drawn").exists()


def test_each_may_be_drawn(works, call):
    calls = {call("complaint").pk for _each in range(3)}
    found = queries.complaint_calls(works.cs_director, clock.now())
    assert set(found.values_list("pk", flat=True)) == calls
