"""Complaints of the demo company in several states, and browsers of its people."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from founding import demo_company

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.customers.actions import create_customer, create_product
from shouwen.work.customers.drafts import (
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.ordering import place_order, record_shipment

BACKEND = "shouwen.doors.web.account.users.UserBackend"


@pytest.fixture
def day(db):
    """A Monday morning that can be moved."""
    with rehearsal("2026-03-02 09:00") as clock:
        yield clock


@pytest.fixture
def firm(day):
    """The demo company."""
    return demo_company(day.at)


@pytest.fixture
def seller(firm):
    """Somebody of sales."""
    return org.people("sales", firm.division)[-1]


@pytest.fixture
def browser(firm, seller):
    """The browser of somebody of sales."""
    client = Client()
    client.force_login(seller.user, BACKEND)
    return client


def supplied(firm, seller, code, region="domestic"):
    """A customer with one shipment of 1,000 pieces."""
    draft = CustomerDraft(code=code, name_zh=f"{code} 机电", region=region, salesperson=seller)
    customer = create_customer(firm.division, draft, by=seller)
    product = create_product(
        firm.division, ProductDraft(part_number=f"P-{code}", name_zh="电机端盖"), by=seller
    )
    order = place_order(
        customer,
        OrderDraft(f"SO-{code}", date(2026, 1, 5), seller),
        [LineDraft(product, Decimal(1000), 25_00)],
        by=seller,
    )
    sent = ShipmentDraft(
        shipped_on=date(2026, 2, 2), quantity=Decimal(1000), amount_cents=2_500_000
    )
    return record_shipment(order.lines.get(), sent, by=seller)


@pytest.fixture
def complain(firm, seller):
    """`complain("A1", "investigation")` is a complaint of that customer at that stage."""
    known = {}

    def make(code="A1", upto="draft", region="domestic", **story):
        if code not in known:
            known[code] = supplied(firm, seller, code, region)
        told = Story(known[code], **story)
        return walk(open_complaint(told, by=seller), told, upto)

    return make
