"""The demo company at a rehearsed day, with one supplied customer at home and one abroad."""

from datetime import date
from decimal import Decimal

import pytest
from founding import demo_company
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.work.customers.actions import create_customer, create_product
from shouwen.work.customers.drafts import (
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.ordering import place_order, record_shipment

START = "2026-03-02 09:00"


@pytest.fixture
def day(db):
    """A clock that stands at the start and can be moved."""
    with rehearsal(START) as clock:
        yield clock


@pytest.fixture
def firm(day):
    """The demo company."""
    return demo_company(day.at)


def supplied(firm, code, region, tolerance=None, quantity=1000, seller=None):
    """A customer of a region with one shipment of 1,000 pieces, invoiced and unpaid."""
    seller = seller or org.people("sales", firm.division)[-1]
    draft = CustomerDraft(
        code=code, name_zh=f"{code} 机电", region=region, salesperson=seller, phone="0512-66880000"
    )
    customer = create_customer(firm.division, draft, by=seller)
    product = create_product(
        firm.division, ProductDraft(part_number=f"P-{code}", name_zh="电机端盖"), by=seller
    )
    order = place_order(
        customer,
        OrderDraft(f"SO-{code}", date(2026, 1, 5), seller, over_receipt_tolerance=tolerance),
        [LineDraft(product, Decimal(quantity), 25_00)],
        by=seller,
    )
    return record_shipment(
        order.lines.get(),
        ShipmentDraft(
            shipped_on=date(2026, 2, 2),
            quantity=Decimal(quantity),
            invoice_number=f"FP-{code}",
            invoice_date=date(2026, 2, 3),
            amount_cents=quantity * 25_00,
            due_on=date(2026, 4, 3),
        ),
        by=seller,
    )


@pytest.fixture
def shipment(firm):
    """What a domestic customer got."""
    return lay("a domestic shipment", lambda: supplied(firm, "A1", "domestic"))


@pytest.fixture
def abroad(firm):
    """What an overseas customer got."""
    return supplied(firm, "B1", "overseas")
