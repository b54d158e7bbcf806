"""Complaints of the demo happen by the verbs, from the call to the frozen statistics."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Count, F
from keeping import lay

from shouwen.doors.demo import company, complaints, months, sayings, standing, trade
from shouwen.doors.demo.plans import DRAWN, plans
from shouwen.engines.documents.models import Copy, Signature
from shouwen.engines.dues.models import Due, OverdueReaction
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.outcomes.reports.models import Report
from shouwen.outcomes.settlement.models import Voucher
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

NOW = "2026-11-24 09:00"
QUIET = {"sent_back": False, "refiled": False, "petition": "", "claim": False, "rnd": False}


@pytest.fixture
def firm(db):
    with rehearsal(NOW) as day:
        lay(NOW, lambda: trade.build(company.build(day.at), day.at))
        yield company.found()


@pytest.fixture
def play(firm):
    """Let the first plan of a method happen, otherwise than it was drawn."""

    def play(method, **otherwise):
        at = clock.now()
        plan = next(one for one in plans(firm, at) if one.method == method)
        complaints.make([replace(plan, **{**QUIET, **otherwise})], at)
        return Case.objects.order_by("id").first()

    return play


def test_two_installations_tell_one_story(firm):
    assert plans(firm, clock.now()) == plans(firm, clock.now())


@pytest.mark.parametrize("method", ["allowance", "return"])
def test_what_was_granted_is_booked(play, method):
    case = play(method)
    assert case.state == "closed"
    assert Voucher.objects.filter(case=case).count() == 1
    assert case.settlement.done_at


def test_a_conclusion_that_is_not_accepted_is_filed_anew(play):
    first = play("compensation", refiled=True)
    assert [case.state for case in first.refiled.all()] == ["closed"]


def test_an_upheld_petition_and_a_claim_are_told(play):
    case = play("rework", petition="upheld", claim=True)
    assert case.state == "closed"
    assert case.claims.exists()


def test_what_is_old_has_been_carried_through(play):
    """A year later nobody still waits for an answer, a signature or a copy."""
    for index in (14, 28, 42):
        case = play("allowance", index=index, claim=True, tracked=True)
        assert case.state == "closed"
    left = Due.objects.open().filter(matter_kind="case")
    assert {due.kind for due in left} <= {"task"}, [str(due) for due in left]
    assert {due.clause for due in left} <= {"R4-56"}, "a claim may take long"


@pytest.mark.parametrize("family", ["SM", "CT", "EL", "AS"])
def test_a_part_has_faults_that_it_can_have(family):
    found = {sayings.fault_of(f"{family}-1001", drawn) for drawn in range(DRAWN)}
    assert len(found) >= 5
    titles = {title for title, _words, _item in found}
    assert ("焊点虚焊" in titles) == (family in ("SM", "EL"))


def test_months_are_final_but_one_being_signed_and_the_last(play, firm):
    play("none", upheld=False)
    now = clock.now()
    while months.fill(firm, now):
        pass
    states = dict(Report.objects.order_by("period").values_list("period", "state"))
    assert "2026-10" not in states
    assert states.pop("2026-09") == Report.State.SUBMITTED
    assert set(states.values()) == {Report.State.FINAL}


def test_every_step_is_to_be_seen_and_some_are_late(firm):
    now = clock.now()
    wanted = [plan for plan in complaints.missing(firm, now) if plan.halts_at]
    complaints.make(wanted, now)
    assert dict(Case.objects.values_list("stage").annotate(Count("id"))) == {
        stage: 2 if stage in standing.LATE else 1 for stage in standing.WAYS
    }
    late = Case.objects.filter(due_at__lt=now)
    assert late.count() >= len(standing.LATE)
    assert OverdueReaction.objects.count() == len(standing.LATE) - 1


def test_a_day_is_drawn_from_what_had_been_shipped_three_days_before(firm):
    drawn = plans(firm, clock.now())
    sent = dict(Shipment.objects.values_list("id", "shipped_on"))
    for plan in drawn:
        latest = clock.day_of(plan.opened_at) - timedelta(days=3)
        assert sent[plan.shipment] < latest


def test_how_much_is_still_to_come_is_counted_until_nothing_is(firm, monkeypatch):
    at = clock.now()
    waiting = complaints.missing(firm, at)
    assert complaints.filling(at) == complaints.Filling(0, len(waiting))
    complaints.make(waiting[:1], at)
    assert complaints.filling(at) == complaints.Filling(1, len(waiting) - 1)
    monkeypatch.setattr(complaints, "missing", lambda *_all: [])
    assert complaints.filling(at) is None


def test_without_a_demo_company_nothing_is_to_come(db):
    assert complaints.filling(clock.now()) is None


def test_nobody_signs_for_a_copy_before_it_was_sent_out_nor_at_night(firm):
    """Fines are played on into later days; the copies of their notices wait until then."""
    at = clock.now()
    fined = [one for one in plans(firm, at) if one.negligence and one.method == "return"][:3]
    complaints.make([replace(plan, **{**QUIET, "negligence": True}) for plan in fined], at)
    copies = Copy.objects.filter(received_at__isnull=False)
    assert copies.filter(sheet__form="reward_penalty_notice", no=1).exists()
    assert not copies.filter(received_at__lt=F("issued_at")).exists()
    signed = Signature.objects.filter(sheet__form="reward_penalty_notice")
    hours = {one.astimezone(clock.COMPANY_ZONE).hour for one in signed.values_list("at", flat=True)}
    assert hours
    assert min(hours) >= 8
    assert max(hours) <= 18
