"""The demo company with one supplied customer, and browsers of its people."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from founding import demo_company

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.work.customers.actions import create_contact, create_customer, create_product
from shouwen.work.customers.drafts import (
    ContactDraft,
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
def enter(firm):
    """`enter(person)` is a browser in which the person signed in."""

    def sign_in(person) -> Client:
        client = Client()
        client.force_login(person.user, BACKEND)
        return client

    return sign_in


def supply(firm, seller, name="东方机电", code="DF", phone="0512-66880000"):
    """A customer with a contact and one shipment of 1,000 end covers."""
    draft = CustomerDraft(
        code=code, name_zh=name, region="domestic", salesperson=seller, phone=phone
    )
    customer = create_customer(firm.division, draft, by=seller)
    create_contact(customer, ContactDraft(name="王采购", phone="138 0013 8000"), by=seller)
    product = create_product(
        firm.division, ProductDraft(part_number=f"P-{code}", name_zh="电机端盖"), by=seller
    )
    order = place_order(
        customer,
        OrderDraft(f"SO-{code}", date(2026, 1, 5), seller),
        [LineDraft(product, Decimal(1000), 25_00)],
        by=seller,
    )
    return record_shipment(
        order.lines.get(),
        ShipmentDraft(shipped_on=date(2026, 2, 2), quantity=Decimal(1000), amount_cents=2_500_000),
        by=seller,
    )


@pytest.fixture
def shipment(firm, seller):
    """What 东方机电 got."""
    return supply(firm, seller)
