"""What a complaint's page says of it, and the lists of improvements and claims."""

import pytest

from shouwen.engines.dues.actions import open_periodic, remind
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.people import owners
from shouwen.ground.org import actions as org
from shouwen.outcomes.assessment.actions import approve_notice, open_notice
from shouwen.outcomes.assessment.models import Claim, Improvement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint
from shouwen.work.cases.actions import section_data, sheet_of
from shouwen.work.cases.records import answer_record, file_record


@pytest.fixture
def case(shipment):
    """A complaint that has only begun."""
    return open_complaint(Story(shipment))


@pytest.fixture
def plan(case, firm, who):
    """A project of the coating head, due on the tenth of March."""
    said = {"plan": "换隔板", "owner": firm.people["jiangsujuan"].pk, "due_on": "2026-03-10"}
    return file_record(case, "improvement_project", said, by=who("pm_group"))


def draft(firm):
    return {
        "unit": firm.units["coating"].pk, "cause_item": "外观与涂装", "kind": "penalty",
        "amount": "200", "reason": "首件检验未做",
    }  # fmt: skip


def claim_of(case, firm, who):
    said = {
        "party": "海天涂料", "kind": "supplier", "share": "60", "amount": "1800",
        "facts": "涂料批次不良。", "units": [{"unit": firm.units["quality"].pk}],
    }  # fmt: skip
    return file_record(case, "third_party", said, by=who("gm_office"))


def test_the_page_shows_the_loss_and_computes_it_anew(complain, firm, who, signed_in):
    case, _story = complain("determination", negligence=True, severity=2)
    claim_of(case, firm, who)
    group = signed_in(who("pm_group"))
    page = group.get(f"/cases/{case.pk}/").content.decode()
    assert "折让或赔款" in page
    assert "3,620.00" in page
    assert "1,448.00" in page  # 40 % are left after the supplier's share
    assert "海天涂料" in page
    assert "依现行基准重新核算" in page
    assert (
        "依现行基准重新核算"
        not in signed_in(who("sales")).get(f"/cases/{case.pk}/").content.decode()
    )
    org.set_value(
        "R4-43.loss_basis", [{"item": "折让", "formula": "amount", "percent": "10"}],
        division=firm.division, by=firm.keeper,
    )  # fmt: skip
    assert group.post(f"/cases/{case.pk}/loss/").status_code == 302
    assert section_data(sheet_of(case), "determination")["losses"][0]["amount"] == 300_00


def test_a_missing_basis_is_said_before_anybody_approves(complain, firm, who, signed_in):
    org.set_value("R4-43.loss_basis", None, division=firm.division, by=firm.keeper)
    case, _story = complain("instruction")
    superior = signed_in(who("management.deputy_gm"))
    page = superior.get(f"/cases/{case.pk}/").content.decode()
    assert "缺少基准:客诉损失金额核算基准（附件1）" in page
    assert "/settings/values/R4-43.loss_basis/" in page
    data = {"text": "同意", "move": "instruct", "version": "0"}
    answer = superior.post(f"/cases/{case.pk}/sections/instruction/", data)
    assert answer.status_code == 422
    assert "R4-87" in answer.content.decode()


def test_the_page_of_a_case_costs_at_most_as_much(
    complain, firm, who, signed_in, django_assert_max_num_queries
):
    case, _story = complain("determination", negligence=True, severity=2)
    claim_of(case, firm, who)
    group = signed_in(who("pm_group"))
    group.get(f"/cases/{case.pk}/")
    with django_assert_max_num_queries(34):
        group.get(f"/cases/{case.pk}/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1), ({"kind": "project"}, 1), ({"kind": "action"}, 0), ({"state": "late"}, 0),
        ({"state": "closed"}, 0), ({"state": "all"}, 1), ({"q": "隔板"}, 1), ({"q": "螺丝"}, 0),
    ],
)  # fmt: skip
def test_filters_of_improvements(query, found, plan, who, signed_in):
    rows = signed_in(who("sales")).get("/assessment/", query).context["page"].rows
    assert len(rows) == found


def test_a_late_improvement_says_so_with_its_reminders(plan, firm, day, who, signed_in):
    day.move(day.at.replace(day=17))
    remind()
    sales = signed_in(who("sales"))
    page = sales.get("/assessment/", {"state": "late"}).content.decode()
    assert "已逾期" in page
    assert "1 次,最近 03-17" in page
    inside, outside = firm.units["manufacturing"].pk, firm.units["rnd"].pk
    assert len(sales.get("/assessment/", {"unit": inside}).context["page"].rows) == 1
    assert len(sales.get("/assessment/", {"unit": outside}).context["page"].rows) == 0
    paper = sales.get(f"/papers/{plan.pk}/").content.decode()
    assert "督促记录" in paper
    assert "签署答复" not in paper  # only the owner reports
    owner = signed_in(firm.people["jiangsujuan"])
    progress = {"progress": "已换", "done_on": "2026-03-17"}
    assert owner.post(f"/papers/{plan.pk}/answers/progress/", progress).status_code == 302
    group = signed_in(who("pm_group"))
    verdict = {"verdict": "effective", "confirmed_on": "2026-03-17"}
    missing = group.post(f"/papers/{plan.pk}/answers/effect/", {"note": "好"})
    assert missing.status_code == 422
    assert group.post(f"/papers/{plan.pk}/answers/effect/", verdict).status_code == 302
    assert Improvement.objects.get().state == "closed"
    assert "有效" in sales.get("/assessment/", {"state": "all"}).content.decode()


def test_a_claim_stands_on_its_list_until_it_is_settled(case, firm, who, signed_in):
    sheet = claim_of(case, firm, who)
    office = signed_in(who("gm_office"))
    page = office.get("/assessment/claims/").content.decode()
    assert "海天涂料" in page
    assert "0/1 · 待 质量管理部" in page
    refused = office.post(f"/papers/{sheet.pk}/answers/result/", {"status": "refused"})
    assert refused.status_code == 422
    assert "质量管理部尚未提出会同意见" in refused.content.decode()
    asked = Claim.objects.get().invitations.get()
    answer_record(asked.sheet, "opinion", {"text": "附着力不合格"}, by=who("quality"))
    assert "附着力不合格" in office.get(f"/papers/{sheet.pk}/").content.decode()
    assert "海天涂料" in office.get(f"/papers/{asked.sheet_id}/").content.decode()
    office.post(f"/papers/{sheet.pk}/answers/result/", {"status": "refused"})
    assert office.get("/assessment/claims/").context["page"].rows == []
    assert len(office.get("/assessment/claims/", {"status": "refused"}).context["page"].rows) == 1


def test_the_lists_cost_the_same_however_many(
    case, plan, firm, who, signed_in, django_assert_max_num_queries
):
    claim_of(case, firm, who)
    office = signed_in(who("gm_office"))
    for address in ("/assessment/", "/assessment/claims/"):
        office.get(address)
        with django_assert_max_num_queries(12):
            office.get(address)
    for key in ("improvements", "claims"):
        assert office.get(f"/assessment/{key}.xlsx").status_code == 200


def test_every_duty_leads_to_a_page_of_whoever_owes_it(
    complain, firm, fine, day, who, signed_in, plan, case
):
    claim_of(case, firm, who)
    told = {"determination": {"penalties": [{**fine, "deviation": "加罚"}]}}
    closed, _story = complain("closed", overrides=told)
    action = {"what": "加严检验", "owner": who("quality").pk, "due_on": "2026-03-20"}
    file_record(closed, "improvement_action", action, by=who("quality"))
    open_notice(closed, draft(firm), by=who("gm_office"))
    approve_notice(open_notice(closed, draft(firm), by=who("gm_office")), by=who("management.gm"))
    day.move(day.at.replace(month=4, day=2))
    open_periodic()
    own = {"R4-11", "R4-17", "R4-56", "R4-62", "R4-65", "R4-66"}
    found = Due.objects.open().filter(clause__in=own)
    assert {due.clause for due in found} == own
    for due in found:
        (owner, *_others) = owners(due, day.at)
        assert signed_in(owner).get(due.link).status_code == 200, (due.clause, due.link)
