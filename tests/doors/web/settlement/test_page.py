"""The page of one settlement: who took each step, and what is filled in already."""

import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.engines.documents.actions import attach
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import queries
from shouwen.work.customers.drafts import ShipmentDraft
from shouwen.work.customers.models import Shipment
from shouwen.work.customers.ordering import record_shipment

from .test_to_the_voucher import PDF


def page(client, case) -> str:
    answer = client.get(f"/settlement/{case.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def step(html, key) -> str:
    """What stands at one step."""
    found = re.search(rf'id="step-{key}".*?</(?:li|section)>', html, re.DOTALL)
    assert found, key
    return found[0]


def blank(html, key, name) -> str:
    """What a blank of one step starts with."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', step(html, key))
    assert field, name
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else ""


@pytest.fixture
def received(shipment, hands):
    """A return that was counted and wants its proof."""
    case = hands.decided(shipment, "return")
    hands.receive(case, hands.released(case), "100")
    return case


def prove(case):
    scan = attach(
        SimpleUploadedFile("scan.pdf", PDF), matter=case, division=case.division,
        by=case.salesperson,
    )  # fmt: skip
    data = {
        "way": "original", "invoice": "FP-A1", "invoice_date": "2026-02-03",
        "original_back": True, "buyer_seal": True, "scan": [str(scan.uuid)],
    }  # fmt: skip
    settlement.file_proof(queries.slips(case).get(), data, by=case.salesperson)


def test_who_matched_and_when_stands_with_the_step_and_with_the_figures(
    received, hands, signed_in, django_assert_max_num_queries
):
    client, accountant = signed_in(received.salesperson), hands.person("accounting")
    prove(received)
    assert "待会计核对" in page(client, received)
    settlement.post_return(queries.slips(received).get(), by=accountant)
    with django_assert_max_num_queries(45):
        html = page(client, received)
    assert accountant.name in step(html, "post")
    assert received.salesperson.name in step(html, "proof")
    assert hands.person("warehouse").name in step(html, "receive")
    assert "待会计核对" not in html
    assert re.search(rf"{accountant.name}[^·]*·[^已]*已核对", html)


def test_who_ruled_on_the_excess_and_who_drew_up_the_certificate(shipment, hands, signed_in):
    case = hands.decided(shipment, "return")
    slip = hands.released(case)
    hands.excess(case, slip)
    lead = hands.person("sales.manager")
    settlement.rule_excess(slip, {"choice": "send_back", "text": "退还超出的件数"}, by=lead)
    drawn = {"invoice": "FP-A1", "quantity": "110", "unit_price": "25", "amount": "2750"}
    settlement.open_return_certificate(slip, drawn, by=case.salesperson)
    html = page(signed_in(case.salesperson), case)
    assert lead.name in step(html, "excess")
    assert case.salesperson.name in step(html, "return_certificate")
    assert "TZ2026" in step(html, "return_certificate")


def test_the_invoice_of_the_shipment_stands_in_the_proof(received, signed_in):
    html = page(signed_in(received.salesperson), received)
    assert blank(html, "proof", "invoice") == "FP-A1"
    assert blank(html, "proof", "invoice_date") == "2026-02-03"
    assert blank(html, "return_certificate", "invoice") == "FP-A1"


def test_the_invoice_of_the_shipment_stands_in_the_allowance(shipment, hands, signed_in):
    case = hands.decided(shipment, "allowance")
    assert blank(page(signed_in(case.salesperson), case), "certificate", "invoice") == "FP-A1"


def test_of_several_invoices_somebody_chooses(shipment, hands, signed_in):
    sent = ShipmentDraft(
        shipped_on=shipment.shipped_on, quantity=Decimal(10), invoice_number="FP-A2",
        invoice_date=shipment.invoice_date, amount_cents=250_00,
    )  # fmt: skip
    record_shipment(shipment.order_line, sent, by=hands.person("sales"))
    case = hands.decided(shipment, "allowance")
    html = page(signed_in(case.salesperson), case)
    assert blank(html, "certificate", "invoice") == ""
    assert "交运所开发票:FP-A1、FP-A2" in step(html, "certificate")


def test_what_was_not_invoiced_or_shipped_on_another_day_fills_nothing_in(
    shipment, hands, signed_in
):
    case = hands.decided(shipment, "allowance")
    Shipment.objects.update(invoice_number="", invoice_date=None, due_on=None)
    assert blank(page(signed_in(case.salesperson), case), "certificate", "invoice") == ""
    Shipment.objects.update(invoice_number="FP-A1", shipped_on="2026-01-20")
    assert blank(page(signed_in(case.salesperson), case), "certificate", "invoice") == ""
