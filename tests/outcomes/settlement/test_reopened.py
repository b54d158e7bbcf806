"""A decision taken up again by petition or objection, and what it had set in motion here."""

from datetime import timedelta

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement.models import Collection, Settlement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, step, walk
from shouwen.work.cases import actions as cases
from shouwen.work.cases.records import answer_record, file_record

PETITION = {"decision": "折让 3,000 元", "reasons": "来料硬度超标。", "request": "请重新核决。"}
UPHELD = {"result": "upheld", "text": "准予复议。"}


def person(case, role):
    return org.people(role, case.division)[0]


def closed(story):
    case = walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
    case.refresh_from_db()
    return case


def take_copy_three(case):
    copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=3)
    return documents.receive_copy(copy, by=case.salesperson)


def petition(case, ruling=UPHELD):
    sheet = file_record(case, "petition", PETITION, by=person(case, "manufacturing"))
    return answer_record(sheet, "ruling", ruling, by=person(case, "management.deputy_gm"))


def objection(case, result):
    data = {"objected_on": clock.today().isoformat(), "reasons": "客户另有检测报告。"}
    sheet = file_record(case, "objection", data, by=case.salesperson)
    ruling = {"result": result, "text": "请再核。"}
    return answer_record(sheet, "ruling", ruling, by=person(case, "sales.manager"))


@pytest.fixture
def decided(shipment):
    """A closed complaint with an allowance, copy 3 received."""
    case = closed(Story(shipment))
    take_copy_three(case)
    return case


@pytest.fixture
def not_upheld(shipment):
    """A closed complaint that was not upheld: its invoice is to be collected."""
    return closed(Story(shipment, upheld=False))


def test_an_upheld_petition_brings_the_decision_back_to_its_level(decided, shipment):
    number = decided.number
    petition(decided)
    decided.refresh_from_db()
    assert (decided.state, decided.stage, decided.closed_at) == ("open", "decision", None)
    assert (decided.outcome, decided.number) == ("upheld", number)
    sheet = cases.sheet_of(decided)
    assert sheet.state == Sheet.State.DRAFT
    open_again = {part.key for part in sheet.sections.all() if not part.signed_at and part.data}
    assert open_again == {"decision", "determination", "instruction"}
    told = Entry.objects.get(event="case.reopened").data
    assert (told["clause"], told["before"]["amount"], told["closed"]) == ("R4-55", 3000_00, True)
    waiting = Due.objects.get(matter_id=decided.pk, kind="stage", settled_at__isnull=True)
    assert waiting.clause == "R4-39"
    with pytest.raises(Refused, match="已收回重新办理"):
        take_copy_three(decided)
    assert not Due.objects.filter(kind="copy", settled_at__isnull=True).exists()
    with pytest.raises(Refused, match="尚未结案"):
        settlement.open_certificate(decided, {"amount": "3000"}, by=decided.salesperson)


def test_after_another_decision_the_copies_go_out_anew(decided, shipment):
    petition(decided)
    again = Story(shipment, amount="2000")
    decided.refresh_from_db()
    step(decided, again)
    walk(decided, again, "closed")
    decided.refresh_from_db()
    assert (decided.state, decided.amount_cents) == ("closed", 2000_00)
    copies = Copy.objects.filter(sheet__matter_id=decided.pk, sheet__form="complaint_form")
    assert [(copy.no, copy.received_at) for copy in copies.order_by("no")] == [
        (no, None) for no in (1, 2, 3, 4, 5)
    ]
    take_copy_three(decided)
    assert Settlement.objects.get().amount_cents == 2000_00
    figures = [entry.data["amount"] for entry in Entry.objects.filter(event="case.decided")]
    assert figures == [3000_00, 2000_00]


def test_a_rejected_petition_changes_nothing(decided):
    petition(decided, {"result": "rejected", "text": "维持原议。"})
    decided.refresh_from_db()
    assert decided.state == "closed"
    assert cases.sheet_of(decided).state == Sheet.State.ISSUED


def test_before_anybody_decided_there_is_nothing_to_petition_against(shipment):
    case = walk(open_complaint(Story(shipment)), Story(shipment), "investigation")
    with pytest.raises(Refused) as refused:
        file_record(case, "petition", PETITION, by=person(case, "manufacturing"))
    assert refused.value.clauses == {"R4-55"}


def test_a_petition_against_the_ruling_reopens_the_ruling(shipment):
    case = walk(open_complaint(Story(shipment)), Story(shipment), "negotiation")
    petition(case)
    case.refresh_from_db()
    assert (case.stage, case.state) == ("ruling", "open")
    assert papers.figure(cases.sheet_of(case), "ruling.amount") == 3000_00


def test_an_objection_disputes_the_collection_until_it_is_maintained(not_upheld):
    objection(not_upheld, "maintain")
    collection = Collection.objects.get()
    assert collection.state == "open"
    assert Due.objects.get(subject_kind="collection").settled_at is None


def test_while_nobody_has_answered_the_collection_is_disputed(not_upheld):
    data = {"objected_on": clock.today().isoformat(), "reasons": "客户另有检测报告。"}
    file_record(not_upheld, "objection", data, by=not_upheld.salesperson)
    assert Collection.objects.get().state == "disputed"


def test_an_objection_that_is_heard_reopens_and_may_end_the_collection(not_upheld, shipment):
    objection(not_upheld, "reopen")
    not_upheld.refresh_from_db()
    assert (not_upheld.state, not_upheld.stage) == ("open", "decision")
    assert Collection.objects.get().state == "disputed"
    upheld = Story(shipment, amount="1000")
    step(not_upheld, upheld)
    walk(not_upheld, upheld, "closed")
    assert Collection.objects.get().state == "withdrawn"
    assert Due.objects.get(subject_kind="collection").cancelled


def test_an_objection_is_for_a_complaint_that_was_not_upheld(decided):
    with pytest.raises(Refused) as refused:
        objection(decided, "maintain")
    assert refused.value.clauses == {"R4-58"}
