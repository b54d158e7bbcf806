"""The office draws up, the general manager approves, two holders confirm (R4-64, R4-65, R4-66)."""

from datetime import date

import pytest

from shouwen.engines.documents.models import Copy
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.models import Notice, Penalty
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def case(shipment):
    """A complaint that has only begun: a notice asks for its cause, not for its stage."""
    return open_complaint(Story(shipment))


def clauses_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.clauses, {reason.field for reason in caught.value.reasons}


def draft(firm, unit="coating", **other):
    return {
        "unit": firm.units[unit].pk, "cause_item": "外观与涂装", "kind": "penalty",
        "amount": "200", "reason": "首件检验未做", **other,
    }  # fmt: skip


def test_a_notice_goes_from_the_office_to_the_deduction(firm, case, who):
    office, gm = who("gm_office"), who("management.gm")
    accounting, coating = who("accounting"), firm.people["jiangsujuan"]
    notice = assessment.open_notice(case, draft(firm, person=coating.pk), by=office)
    assert Due.objects.open().get(subject_kind="notice").role == "management.gm"
    assert not queries.deductions(firm.division, *YEAR).exists()
    assert clauses_of(assessment.confirm_check, notice, by=accounting)[0] == {"R4-65"}
    assert clauses_of(assessment.approve_notice, notice, by=who("management.deputy_gm"))[0] == {
        "R4-65"
    }
    notice = assessment.approve_notice(notice, by=gm)
    assert clauses_of(assessment.approve_notice, notice, by=gm)[0] == {"R4-65"}
    copies = Copy.objects.filter(sheet=notice.sheet).order_by("no")
    assert [copy.unit.code for copy in copies] == ["gm_office", "accounting", "coating"]
    asked = Due.objects.open().filter(subject_kind="notice").order_by("id")
    assert [due.unit.code for due in asked] == ["accounting", "coating"]
    assert {due.link for due in asked} == {f"/assessment/notices/{notice.pk}/"}
    assert [one.amount_cents for one in queries.deductions(firm.division, *YEAR)] == [20000]
    assert clauses_of(assessment.confirm_check, notice, by=coating)[0] == {"R4-66"}
    assessment.confirm_check(notice, by=accounting)
    assert clauses_of(assessment.confirm_check, notice, by=accounting)[0] == {"R4-66"}
    notice = assessment.confirm_deduction(notice, by=coating)
    assert (notice.checked_by, notice.deducted_by) == (accounting, coating)
    assert not Due.objects.open().filter(subject_kind="notice").exists()
    assert set(copies.filter(received_at__isnull=False).values_list("no", flat=True)) == {2, 3}


def test_only_the_office_and_only_three_departments(firm, case, who):
    assert clauses_of(assessment.open_notice, case, draft(firm), by=who("sales"))[0] == {"R4-64"}
    office = who("gm_office")
    wrong = clauses_of(assessment.open_notice, case, draft(firm, "quality"), by=office)
    assert wrong == ({"R4-64"}, {"notice.unit"})
    stranger = draft(firm, person=who("sales").pk)
    wrong = clauses_of(assessment.open_notice, case, stranger, by=office)
    assert wrong == ({"R4-64"}, {"notice.person"})
    assert not Notice.objects.exists()


def test_what_the_general_manager_declines_has_no_effect(firm, case, who):
    notice = assessment.open_notice(case, draft(firm), by=who("gm_office"))
    gm, reason = who("management.gm"), "责任尚待查明"
    other = who("management.deputy_gm")
    assert clauses_of(assessment.decline_notice, notice, reason, by=other)[0] == {"R4-65"}
    assert clauses_of(assessment.decline_notice, notice, " ", by=gm)[1] == {"reason"}
    notice = assessment.decline_notice(notice, reason, by=gm)
    assert Notice.objects.get().sheet.state == "void"
    assert clauses_of(assessment.approve_notice, notice, by=gm)[0] == {"R4-65"}
    assert not Copy.objects.filter(sheet=notice.sheet).exists()
    assert not Due.objects.open().filter(subject_kind="notice").exists()


def test_a_penalty_is_carried_out_by_one_notice(complain, firm, fine, who):
    told = {"determination": {"penalties": [{**fine, "deviation": "加罚"}]}}
    case, _story = complain("closed", overrides=told)
    penalty, office = Penalty.objects.get(), who("gm_office")
    assert list(queries.penalties_to_carry_out(office)) == [penalty]
    notice = assessment.open_notice(case, draft(firm), penalty=penalty, by=office)
    assert not Due.objects.open().filter(subject_kind="penalty").exists()
    assert not queries.penalties_to_carry_out(office).exists()
    again = clauses_of(assessment.open_notice, case, draft(firm), penalty=penalty, by=office)
    assert again[0] == {"R4-65"}
    assessment.decline_notice(notice, "金额有误", by=who("management.gm"))
    assert list(queries.penalties_to_carry_out(office)) == [penalty]
    assessment.open_notice(case, draft(firm, amount="100"), penalty=penalty, by=office)
