"""From the receipt of copy 3 to the posted voucher, over the pages (R4-67 to R4-86)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.engines.documents.models import Copy
from shouwen.ground.org import queries as org
from shouwen.outcomes.settlement.models import Voucher
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def people(firm):
    """Who does what."""

    def first(role):
        return org.people(role, firm.division)[0]

    return first


def closed(shipment, method, **facts):
    story = Story(shipment, method=method, demand=method, **facts)
    case = walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
    case.refresh_from_db()
    return case


def receive_copy_three(case, signed_in):
    copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=3)
    assert signed_in(case.salesperson).post(f"/copies/{copy.pk}/receipt/").status_code == 302


def scan():
    return SimpleUploadedFile("scan.pdf", PDF, content_type="application/pdf")


def press(client, case, key, **data):
    return client.post(f"/settlement/{case.pk}/steps/{key}/", data)


def test_an_allowance_is_signed_sealed_and_booked(shipment, people, signed_in, day):
    case = closed(shipment, "allowance", amount="3000")
    receive_copy_three(case, signed_in)
    sales = signed_in(case.salesperson)
    draft = {"amount": "3000", "reason": "折让", "invoice": "FP-A1"}
    assert press(sales, case, "certificate", **draft).status_code == 302
    assert press(signed_in(people("sales.manager")), case, "sign:manager").status_code == 302
    assert press(signed_in(people("management.deputy_gm")), case, "sign:gm").status_code == 302
    today = day.at.date().isoformat()
    seal = {"sealed": "on", "sealed_on": today, "scan:upload": scan()}
    assert press(sales, case, "seal", **seal).status_code == 302
    accounting = signed_in(people("accounting"))
    assert press(accounting, case, "book", reference="记-12").status_code == 302
    voucher = Voucher.objects.get(case=case)
    assert (voucher.amount_cents, voucher.reference) == (3000_00, "记-12")
    assert press(accounting, case, "book").status_code == 404


def test_more_than_decided_is_refused_at_its_field(shipment, signed_in):
    case = closed(shipment, "allowance", amount="1000")
    receive_copy_three(case, signed_in)
    data = {"amount": "1200", "reason": "折让", "invoice": "FP-A1"}
    answer = press(signed_in(case.salesperson), case, "certificate", **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "R4-68" in page
    assert 'value="1200"' in page


def test_a_return_is_counted_proven_matched_and_posted(shipment, people, signed_in, day):
    case = closed(shipment, "return", amount="2500", quantity="100")
    receive_copy_three(case, signed_in)
    line, sales = case.lines.get(), signed_in(case.salesperson)
    slip = {
        "reason": "划伤", "handling": "return", "basis": case.number,
        "lines.0.order": line.order_number, "lines.0.part": line.part_number,
        "lines.0.approved": "100", "lines.0.unit_price": "25",
    }  # fmt: skip
    assert press(sales, case, "slip", **slip).status_code == 302
    assert press(signed_in(people("sales.manager")), case, "approve").status_code == 302
    today = day.at.date().isoformat()
    count = {
        "received_on": today, "lines.0.part": line.part_number, "lines.0.actual": "100",
        "lines.0.condition": "划伤",
    }  # fmt: skip
    assert press(signed_in(people("warehouse")), case, "receive", **count).status_code == 302
    early = press(signed_in(people("accounting")), case, "post")
    assert early.status_code == 404
    proof = {
        "way": "original", "invoice": "FP-A1", "invoice_date": "2026-02-03",
        "original_back": "on", "buyer_seal": "on", "scan:upload": scan(),
    }  # fmt: skip
    assert press(sales, case, "proof", **proof).status_code == 302
    assert press(signed_in(people("accounting")), case, "post").status_code == 302
    voucher = Voucher.objects.get(case=case)
    assert (voucher.quantity, voucher.amount_cents) == (100, 2500_00)


def test_goods_that_differ_wait_for_an_instruction(shipment, people, signed_in, day):
    case = closed(shipment, "return", amount="2500", quantity="100")
    receive_copy_three(case, signed_in)
    line, sales = case.lines.get(), signed_in(case.salesperson)
    slip = {
        "reason": "划伤", "handling": "return", "basis": case.number,
        "lines.0.order": line.order_number, "lines.0.part": line.part_number,
        "lines.0.approved": "100", "lines.0.unit_price": "25",
    }  # fmt: skip
    press(sales, case, "slip", **slip)
    press(signed_in(people("sales.manager")), case, "approve")
    count = {
        "received_on": day.at.date().isoformat(), "lines.0.part": line.part_number,
        "lines.0.actual": "95", "lines.0.condition": "划伤",
    }  # fmt: skip
    warehouse = signed_in(people("warehouse"))
    refused = press(warehouse, case, "receive", **count)
    assert refused.status_code == 422
    assert "R4-79" in refused.content.decode()
    assert press(warehouse, case, "receive", only="count", **count).status_code == 302
    lead = signed_in(people("warehouse.supervisor"))
    assert press(lead, case, "mismatch", instruction="按实收签收").status_code == 302
    assert press(warehouse, case, "receive", version="1", **count).status_code == 302
