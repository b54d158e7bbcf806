"""A third party is liable: the office leads, the units invited are heard (R4-56)."""

from decimal import Decimal

import pytest

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.models import Claim, LossShare
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.cases.records import answer_record, file_record


@pytest.fixture
def claim_of(firm, who):
    """`claim_of(case)` files a supplier's liability of 60 percent, two units invited."""

    def make(case, share="60", by=None):
        said = {
            "party": "海天涂料", "kind": "supplier", "share": share, "amount": "1800",
            "facts": "涂料批次不良。",
            "units": [{"unit": firm.units["quality"].pk, "question": "请附检验报告"},
                      {"unit": firm.units["sales"].pk}],
        }  # fmt: skip
        return file_record(case, "third_party", said, by=by or who("gm_office"))

    return make


@pytest.fixture
def case(shipment):
    """A complaint that has only begun."""
    return open_complaint(Story(shipment))


def clauses_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.clauses


def test_the_office_leads_and_hears_every_unit(claim_of, case, who):
    office = who("gm_office")
    assert clauses_of(claim_of, case, by=who("sales")) == {"R4-56"}
    sheet = claim_of(case)
    (claim,) = queries.claims_in({case.division_id})
    assert (claim.share, claim.amount_cents) == (Decimal(60), 1800_00)
    asked = Due.objects.open().filter(clause="R4-56").order_by("id")
    assert [due.role for due in asked if due.subject_id == sheet.pk] == ["gm_office"]
    quality, sales = claim.invitations.order_by("id")
    paid = {"status": "paid", "paid": "1500"}
    assert clauses_of(answer_record, sheet, "result", paid, by=office) == {"R4-56"}
    said = {"text": "附着力不合格,责任在涂料。"}
    assert clauses_of(answer_record, quality.sheet, "opinion", said, by=who("sales")) == {"R4-56"}
    answer_record(quality.sheet, "opinion", said, by=who("quality"))
    answer_record(sales.sheet, "opinion", said, by=who("sales"))
    assert clauses_of(answer_record, sheet, "result", paid, by=who("quality")) == {"R4-56"}
    answer_record(sheet, "result", paid, by=office)
    claim = Claim.objects.get()
    assert (claim.status, claim.paid_cents) == ("paid", 1500_00)
    assert Entry.objects.filter(event="joint.settled").count() == 1
    assert not Due.objects.open().filter(clause="R4-56").exists()


def test_a_withdrawn_claim_needs_no_opinion_and_asks_for_none(claim_of, case, who):
    sheet = claim_of(case)
    answer_record(sheet, "result", {"status": "withdrawn"}, by=who("gm_office"))
    assert not Due.objects.open().filter(clause="R4-56").exists()


def test_third_parties_never_bear_more_than_the_whole(claim_of, case):
    claim_of(case)
    assert clauses_of(claim_of, case, "41") == {"R4-56"}
    claim_of(case, "40")
    assert Claim.objects.count() == 2


def test_the_own_departments_bear_what_is_left(claim_of, complain):
    case, story = complain("determination", overrides={"determination": {"penalties": []}})
    claim_of(case)
    walk(case, story, "closed")
    assert LossShare.objects.get().amount_cents == 1448_00  # 40 % of 3,620
