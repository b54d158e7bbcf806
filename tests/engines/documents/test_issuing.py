"""Numbers, copies and their holders, the void register."""

from types import SimpleNamespace
from typing import Any

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries
from shouwen.engines.documents.models import Copy, Sheet
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry

from .conftest import NOTICE, PNG, named


def holders(sheet: Sheet) -> dict[int, str]:
    """Who holds which copy."""
    return {copy.no: copy.unit.code for copy in sheet.copies.select_related("unit").order_by("no")}


def test_no_copy_exists_before_the_approval(slip: Sheet, company: Any) -> None:
    with pytest.raises(Refused) as caught:
        documents.issue(slip, by=company.seller)
    assert caught.value.clauses == {"R4-72"}
    assert not Copy.objects.exists()
    slip.refresh_from_db()
    assert slip.number is None


def test_a_draft_section_keeps_the_paper_in(company: Any) -> None:
    sheet = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.issue(sheet, by=company.clerk)
    assert caught.value.clauses == {"R4-47"}
    assert "业务部门填报" in {reason.facts["section"] for reason in caught.value.reasons}


def test_an_approved_slip_goes_to_sales_and_the_warehouse(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    issued = documents.issue(slip, by=company.seller)
    assert (issued.number, issued.state) == ("TH202603-001", "issued")
    assert holders(slip) == {1: "sales", 2: "warehouse", 3: "warehouse", 4: "warehouse"}
    assert [c.no for c in queries.queue(company.warehouse)] == [2, 3, 4]
    assert Entry.objects.filter(event="copy.issued").count() == 4
    with pytest.raises(Refused, match="不能再发出"):
        documents.issue(slip, by=company.seller)


def test_the_warehouse_signs_and_sends_its_copies_on(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.sign_place(slip, "warehouse", by=company.keeper)
    assert {reason.facts["section"] for reason in caught.value.reasons} == {"成品仓储收料"}
    rows = [{"part": "P-1", "actual": "100", "condition": "完好"}]
    receipt = {"received_on": "2026-03-10", "lines": rows}
    documents.save_section(slip, "receipt", receipt, version=0, by=company.keeper)
    documents.sign_section(slip, "receipt", by=company.keeper)
    documents.sign_place(slip, "warehouse", by=company.keeper)
    copies = {copy.no: copy for copy in slip.copies.all()}
    for no in (2, 3, 4):
        documents.receive_copy(copies[no], by=company.keeper)
        documents.send_on(copies[no], by=company.keeper)
    assert holders(slip) == {1: "sales", 2: "warehouse", 3: "accounting", 4: "sales"}
    assert [c.no for c in queries.archive(company.warehouse)] == [2]
    assert [c.no for c in queries.queue(company.accounting)] == [3]
    with pytest.raises(Refused, match="不需要转送"):
        documents.send_on(copies[3], by=company.bookkeeper)


def test_an_issued_paper_keeps_its_text(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    documents.reopen_section(slip, "slip", reason="?", by=company.clerk)
    with pytest.raises(Refused, match="已发出"):
        documents.save_section(slip, "slip", {}, version=1, by=company.seller)


def test_only_the_holder_signs_for_a_copy_and_once(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    copy = slip.copies.get(no=1)
    with pytest.raises(Refused, match="业务部") as caught:
        documents.receive_copy(copy, by=company.bookkeeper)
    assert caught.value.clauses == {"R4-72"}
    documents.receive_copy(copy, by=company.seller2, note="已归档")
    company.now.wait(hours=1)
    documents.receive_copy(copy, by=company.seller)
    copy.refresh_from_db()
    assert (copy.received_by, copy.received_note) == (company.seller2, "已归档")
    assert Entry.objects.filter(event="copy.received").count() == 1


def test_signatures_stand_in_their_order(company: Any) -> None:
    sheet = documents.open_sheet("allowance_certificate", division=company.factory, by=None)
    data = {"amount": "1,000.00", "reason": "尺寸不符", "invoice": "04411"}
    documents.save_section(sheet, "allowance", data, version=0, by=company.seller)
    for place, person in (("manager", company.sales_head), ("gm", company.deputy)):
        with pytest.raises(Refused):
            documents.sign_place(sheet, place, by=person)
    documents.sign_section(sheet, "allowance", by=company.seller)
    scan = documents.attach(named("seal.png", PNG), sheet=sheet, by=company.seller)
    seal = {"sealed": True, "sealed_on": "2026-03-10", "scan": [str(scan.uuid)]}
    documents.save_section(sheet, "seal", seal, version=0, by=company.seller)
    with pytest.raises(Refused) as caught:
        documents.sign_section(sheet, "seal", by=company.seller)
    assert {reason.facts["place"] for reason in caught.value.reasons} == {"(副)经理", "(副)总经理"}
    with pytest.raises(Refused):
        documents.sign_place(sheet, "gm", by=company.deputy)
    with pytest.raises(Refused, match="业务部"):
        documents.sign_place(sheet, "manager", by=company.seller)
    documents.sign_place(sheet, "manager", by=company.sales_head)
    documents.sign_place(sheet, "gm", by=company.deputy)
    documents.sign_section(sheet, "seal", by=company.seller)
    documents.issue(sheet, by=company.seller)
    assert holders(sheet) == {1: "sales", 2: "accounting"}


def test_opening_the_text_again_revokes_what_was_signed_above_it(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.reopen_section(slip, "slip", reason="数量有误", by=company.clerk)
    assert queries.signatures_of(slip) == {}
    with pytest.raises(Refused):
        documents.issue(slip, by=company.seller)


def test_the_penalised_department_is_the_one_on_the_notice(company: Any) -> None:
    sheet = documents.open_sheet("reward_penalty_notice", division=company.factory, by=None)
    notice = {**NOTICE, "unit": company.workshop.pk}
    documents.save_section(sheet, "notice", notice, version=0, by=company.clerk)
    documents.sign_section(sheet, "notice", by=company.clerk)
    documents.sign_place(sheet, "gm", by=company.gm)
    documents.issue(sheet, by=company.clerk)
    assert holders(sheet) == {1: "gm_office", 2: "accounting", 3: "workshop"}


@pytest.fixture
def numbered(company: SimpleNamespace) -> Sheet:
    """An accepted complaint form."""
    sheet = documents.open_sheet("complaint_form", division=company.factory, by=company.seller)
    documents.number_sheet(sheet, by=company.clerk)
    sheet.refresh_from_db()
    return sheet


def test_acceptance_numbers_a_form_once(numbered: Sheet, company: Any) -> None:
    assert numbered.number == "260301"
    assert documents.number_sheet(numbered, by=company.clerk) == "260301"


def test_a_struck_number_stays_in_the_register(numbered: Sheet, company: Any) -> None:
    with pytest.raises(Refused, match="原因"):
        documents.void(numbered, reason=" ", by=company.clerk)
    documents.void(numbered, reason="重复填表", by=company.clerk)
    documents.void(numbered, reason="再一次", by=company.clerk)
    (row,) = queries.void_register(company.factory)
    assert (row.number, row.reason, row.sheet, row.by) == (
        "260301",
        "重复填表",
        numbered,
        company.clerk,
    )
    with pytest.raises(Refused, match="已作废"):
        documents.save_section(numbered, "intake", {}, version=0, by=company.seller)
    following = documents.open_sheet("complaint_form", division=company.factory, by=None)
    assert documents.number_sheet(following, by=company.clerk) == "260302"


def test_copies_of_a_void_paper_leave_the_queues(slip: Sheet, company: Any) -> None:
    documents.sign_place(slip, "manager", by=company.sales_head)
    documents.issue(slip, by=company.seller)
    documents.void(slip, reason="客户撤回", by=company.seller)
    assert not queries.queue(company.warehouse).exists()
    with pytest.raises(Refused, match="已作废"):
        documents.receive_copy(slip.copies.get(no=2), by=company.keeper)


def test_the_papers_of_a_matter_cost_the_same_however_many(
    slip: Sheet, company: Any, django_assert_num_queries: Any
) -> None:
    for _more in range(3):
        documents.open_sheet("help_request", division=company.factory, matter=slip, by=company.gm)
    with django_assert_num_queries(5):
        sheets = list(queries.sheets_of(slip))
        assert len(sheets) == 4
        for sheet in sheets:
            queries.data_of(sheet), queries.signatures_of(sheet), list(sheet.copies.all())
