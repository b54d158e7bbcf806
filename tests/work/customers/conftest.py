"""A factory that sells: its people, customers at home and abroad, one order, one shipment."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)

SEATS = [
    ("seller", "陈晨", "sales", "staff"),
    ("seller2", "周舟", "sales", "staff"),
    ("inspector", "秦思", "quality", "staff"),
    ("keeper", "仓莲", "warehouse", "staff"),
    ("accountant", "金算", "accounting", "staff"),
]


@pytest.fixture
def now():
    """The day stands still unless a test moves it."""
    with rehearsal("2026-01-05 09:00") as time:
        yield time


@pytest.fixture
def company(db, now):
    """Two divisions; in the first one unit and one person for each function of `SEATS`."""
    c = lay("the factory that sells", _company)
    c.now = now
    now.at = now.at.replace(month=3, day=10)
    return c


def _company():
    c = SimpleNamespace()
    c.factory = org.add_unit("factory", name_zh="工厂", function="management", division=True)
    c.sister = org.add_unit("sister", name_zh="物业", function="management", division=True)
    units = {}
    for key, name, function, rank in SEATS:
        if function not in units:
            units[function] = org.add_unit(
                function, name_zh=function, function=function, parent=c.factory
            )
        person = org.hire(key, name_zh=name)
        org.appoint(person, org.add_post(units[function], f"{key}岗", rank=rank))
        setattr(c, key, person)
    c.stranger = org.hire("stranger", name_zh="外人")
    org.appoint(c.stranger, org.add_post(c.sister, "职员", rank="staff"))
    c.here = {c.factory.pk}
    return c


@pytest.fixture
def trade(company):
    """Customers, contacts, a product, an order of 1,000 with 600 shipped and invoiced."""
    c = lay("its trade", lambda: _trade(company))
    c.now = company.now
    return c


def _trade(c):
    c.yuesheng = customers.create_customer(
        c.factory,
        CustomerDraft(
            "c001", "南京悦升钣金有限公司", "domestic", "Yuesheng Sheet Metal", "悦升",
            salesperson=c.seller, phone="025-8765 4321", collection_days=60,
        ),
        by=c.seller,
    )  # fmt: skip
    c.mueller = customers.create_customer(
        c.factory,
        CustomerDraft("c002", "穆勒", "overseas", "Müller GmbH", currency="EUR"),
        by=c.seller,
    )
    c.contact = customers.create_contact(
        c.yuesheng,
        ContactDraft("任敏", "采购", "138 0013 8000", "+49 30 901820", main=True),
        by=c.seller,
    )
    c.part = customers.create_product(c.factory, ProductDraft("sm-100", "左侧板"), by=c.seller)
    c.other = customers.create_product(c.factory, ProductDraft("SM-200", "右侧板"), by=c.seller)
    c.order = customers.place_order(
        c.yuesheng,
        OrderDraft("so-1", date(2026, 1, 8), c.seller, Decimal(5)),
        [LineDraft(c.part, Decimal(1000), 350), LineDraft(c.other, Decimal(20), 1000)],
        by=c.seller,
    )
    c.line = c.order.lines.get(position=1)
    c.shipment = customers.record_shipment(
        c.line,
        ShipmentDraft(
            date(2026, 2, 1), Decimal(600), "inv-9", date(2026, 2, 3), amount_cents=210000
        ),
        by=c.keeper,
    )
    return c
