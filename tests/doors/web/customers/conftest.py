"""A factory with a customer, a contact, two products and a partly shipped order."""

from datetime import date
from decimal import Decimal

import pytest
from keeping import lay

from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)


@pytest.fixture
def trade(cast, regulations):
    return lay("the factory that trades", lambda: _trade(cast))


def _trade(c):
    draft = CustomerDraft(
        "C001", "南京悦升钣金有限公司", "domestic", "Yuesheng", "悦升", c.sales,
        phone="025-87654321", collection_days=30,
    )  # fmt: skip
    c.customer = customers.create_customer(c.division, draft, by=None)
    c.contact = customers.create_contact(
        c.customer, ContactDraft("任敏", "采购", "13800138000", main=True), by=None
    )
    c.part = customers.create_product(c.division, ProductDraft("SM-1", "左侧板"), by=None)
    c.other = customers.create_product(c.division, ProductDraft("SM-2", "右侧板"), by=None)
    c.order = customers.place_order(
        c.customer,
        OrderDraft("SO-1", date(2026, 1, 8), c.sales, Decimal(5)),
        [LineDraft(c.part, Decimal(100), 350)],
        by=None,
    )
    c.line = c.order.lines.get()
    c.shipment = customers.record_shipment(
        c.line, ShipmentDraft(date(2026, 1, 20), Decimal(60), "I-1", date(2026, 1, 20), 21000),
        by=None,
    )  # fmt: skip
    return c
