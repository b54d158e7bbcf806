"""A notice over its pages: drawn up, refused, approved, checked, carried out (R4-64 to R4-66)."""

import pytest

from shouwen.engines.dues.models import Due
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.outcomes.assessment.actions import approve_notice, open_notice
from shouwen.outcomes.assessment.models import Notice, Penalty
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint


@pytest.fixture
def case(shipment):
    """A complaint that has only begun."""
    return open_complaint(Story(shipment))


def draft(firm, unit="coating", **other):
    return {
        "unit": firm.units[unit].pk, "cause_item": "外观与涂装", "kind": "penalty",
        "amount": "200", "reason": "首件检验未做", **other,
    }  # fmt: skip


def test_from_an_approved_penalty_to_the_deduction(complain, firm, fine, who, signed_in):
    told = {"determination": {"penalties": [{**fine, "deviation": "加罚"}]}}
    complain("closed", overrides=told)
    penalty, office = Penalty.objects.get(), signed_in(who("gm_office"))
    due = Due.objects.open().get(subject_kind="penalty")
    assert f'href="/assessment/notices/new/?penalty={penalty.pk}"' in (
        office.get("/assessment/notices/").content.decode()
    )
    page = office.get(due.link).content.decode()
    assert 'value="200.00"' in page
    assert f'value="{firm.people["jiangsujuan"].pk}" selected' in page
    person = firm.people["jiangsujuan"].pk
    answer = office.post(due.link, draft(firm, person=person))
    notice = Notice.objects.get()
    assert answer["Location"] == f"/assessment/notices/{notice.pk}/"
    gm = signed_in(who("management.gm"))
    assert "批准并发三联" in gm.get(f"/assessment/notices/{notice.pk}/").content.decode()
    assert "批准并发三联" not in office.get(f"/assessment/notices/{notice.pk}/").content.decode()
    assert gm.post(f"/assessment/notices/{notice.pk}/approval/").status_code == 302
    accounting, coating = signed_in(who("accounting")), signed_in(firm.people["jiangsujuan"])
    shown = accounting.get(f"/assessment/notices/{notice.pk}/").content.decode()
    assert "确认已查核" in shown
    assert "确认已扣罚" not in shown
    assert coating.post(f"/assessment/notices/{notice.pk}/check/").status_code == 409
    assert accounting.post(f"/assessment/notices/{notice.pk}/check/").status_code == 302
    assert coating.post(f"/assessment/notices/{notice.pk}/deduction/").status_code == 302
    notice.refresh_from_db()
    assert notice.checked_by == who("accounting")
    assert notice.deducted_by == firm.people["jiangsujuan"]
    paper = accounting.get(f"/papers/{notice.sheet_id}/").content.decode()
    assert f'href="/assessment/notices/{notice.pk}/"' in paper
    pdf = office.get(f"/papers/{notice.sheet_id}/print/?copy=all")
    assert pdf.content.startswith(b"%PDF")


def test_a_wrong_department_is_refused_at_its_field_and_nothing_is_lost(case, firm, who, signed_in):
    office = signed_in(who("gm_office"))
    answer = office.post(f"/assessment/notices/new/?case={case.pk}", draft(firm, "quality"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "限于制造、业务、服务部门" in page
    assert "首件检验未做" in page
    assert Entry.objects.filter(event="assessment.notice_new.refused").exists()
    sales = signed_in(who("sales"))
    assert sales.get(f"/assessment/notices/new/?case={case.pk}").status_code == 409


def test_the_office_names_the_complaint_by_its_number(complain, who, signed_in):
    case, _story = complain("investigation")
    office = signed_in(who("gm_office"))
    found = office.get("/assessment/notices/new/", {"number": case.number})
    assert found["Location"] == f"/assessment/notices/new/?case={case.pk}"
    missing = office.get("/assessment/notices/new/", {"number": "999999"})
    assert missing.status_code == 422
    assert "没有这个编号的客诉" in missing.content.decode()


def test_the_general_manager_declines_with_a_reason(case, firm, who, signed_in):
    notice = open_notice(case, draft(firm), by=who("gm_office"))
    gm = signed_in(who("management.gm"))
    address = f"/assessment/notices/{notice.pk}/refusal/"
    empty = gm.post(address, {"reason": ""})
    assert empty.status_code == 422
    assert gm.post(address, {"reason": "责任尚待查明"}).status_code == 302
    page = gm.get(f"/assessment/notices/{notice.pk}/").content.decode()
    assert "责任尚待查明" in page
    assert "未获批准" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2), ({"state": "waiting"}, 1), ({"state": "check"}, 1), ({"kind": "reward"}, 0),
        ({"q": "A1"}, 2), ({"q": "没有"}, 0), ({"state": "no-such"}, 2),
        ({"approved_from": "2026-03-02"}, 1), ({"approved_to": "2026-03-01"}, 0),
    ],
)  # fmt: skip
def test_filters(query, count, case, firm, who, signed_in):
    first = open_notice(case, draft(firm), by=who("gm_office"))
    open_notice(case, draft(firm, "sales"), by=who("gm_office"))
    approve_notice(first, by=who("management.gm"))
    rows = signed_in(who("gm_office")).get("/assessment/notices/", query).context["page"].rows
    assert len(rows) == count


def test_the_unit_filter_takes_in_what_is_below(case, firm, who, signed_in):
    open_notice(case, draft(firm), by=who("gm_office"))
    client = signed_in(who("accounting"))
    for code, count in (("manufacturing", 1), ("coating", 1), ("stamping", 0)):
        found = client.get("/assessment/notices/", {"unit": firm.units[code].pk})
        assert len(found.context["page"].rows) == count, code


def test_the_list_costs_the_same_however_many(
    case, firm, who, signed_in, django_assert_max_num_queries
):
    office = signed_in(who("gm_office"))
    for _each in range(4):
        open_notice(case, draft(firm), by=who("gm_office"))
    office.get("/assessment/notices/")
    with django_assert_max_num_queries(12):
        office.get("/assessment/notices/")
    notice = Notice.objects.first()
    with django_assert_max_num_queries(14):
        office.get(f"/assessment/notices/{notice.pk}/")


def test_the_workbook_has_every_row(case, firm, who, signed_in):
    notice = open_notice(case, draft(firm), by=who("gm_office"))
    answer = signed_in(who("accounting")).get("/assessment/notices.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert notice.unit.name_zh
    assert Entry.objects.get(event="cases.exported").data["rows"] == 1
    assert signed_in(who("sales")).get("/assessment/no-such.xlsx").status_code == 404


def test_the_bonus_page_shows_a_notice_once_it_is_approved(case, firm, who, signed_in):
    seller = case.salesperson
    unit = seller_unit(seller)
    notice = open_notice(
        case, draft(firm) | {"unit": unit, "person": seller.pk}, by=who("gm_office")
    )
    accounting = signed_in(who("accounting"))
    address = f"/reports/bonus/{firm.division.pk}/{seller.pk}/2026-03/"
    assert "本月生效的奖罚" not in accounting.get(address).content.decode()
    approve_notice(notice, by=who("management.gm"))
    page = accounting.get(address).content.decode()
    assert "JF202603-001" in page
    assert f'href="/assessment/notices/{notice.pk}/"' in page


def seller_unit(seller):
    return org.main_post(seller).post.unit_id


def test_others_do_not_read_it(case, firm, who, signed_in):
    notice = open_notice(case, draft(firm), by=who("gm_office"))
    address = f"/assessment/notices/{notice.pk}/"
    seen = {"management.deputy_gm": 1, "accounting": 1, "quality": 0, "sales.manager": 0}
    for role, count in seen.items():
        client = signed_in(who(role))
        assert len(client.get("/assessment/notices/").context["page"].rows) == count, role
        assert client.get(address).status_code == (200 if count else 404), role
    for username, status in (("jiangsujuan", 200), ("shijianye", 200), ("leizhensheng", 404)):
        assert signed_in(firm.people[username]).get(address).status_code == status, username
