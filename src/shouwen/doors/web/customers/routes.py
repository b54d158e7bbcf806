from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.models import Contact, Customer, Order, Product


def made_customer(cast: Any) -> Customer:
    """A customer of the factory."""
    draft = CustomerDraft("C1", "悦升钣金", "domestic", phone="025-87654321")
    return customers.create_customer(cast.division, draft, by=None)


def made_contact(cast: Any) -> Contact:
    """Somebody there."""
    draft = ContactDraft("任敏", phone="13800138000")
    return customers.create_contact(made_customer(cast), draft, by=None)


def made_product(cast: Any) -> Product:
    """A part number."""
    return customers.create_product(cast.division, ProductDraft("SM-1", "侧板"), by=None)


def made_order(cast: Any) -> Order:
    """An order of one line."""
    lines = [LineDraft(made_product(cast), Decimal(100), 350)]
    draft = OrderDraft("SO-1", date(2026, 1, 8))
    return customers.place_order(made_customer(cast), draft, lines, by=None)


def a_customer(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_customer(cast).pk}


def a_contact(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_contact(cast).pk}


def a_product(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_product(cast).pk}


def an_order(cast: Any) -> dict[str, Any]:
    """Its address."""
    return {"pk": made_order(cast).pk}


def a_line(cast: Any) -> dict[str, Any]:
    """Its address."""
    line = made_order(cast).lines.first()
    return {"pk": line.pk if line else 0}


def a_shipment(cast: Any) -> dict[str, Any]:
    """Its address."""
    line = made_order(cast).lines.get()
    draft = ShipmentDraft(date(2026, 2, 1), Decimal(10))
    return {"pk": customers.record_shipment(line, draft, by=None).pk}


def a_number(cast: Any) -> dict[str, Any]:
    """The address that unmasks a contact's number."""
    return {"kind": "contact", "pk": made_contact(cast).pk, "field": "phone"}


def a_reason(cast: Any) -> dict[str, Any]:
    """Why."""
    return {"reason": "核对不良照片"}


NOT_MINE = 409
"""Seen, but not to be written by this group: the answer says who may."""

SALES: dict[str, Any] = {"sales": 200, "sales_manager": 200}
ORDERS: dict[str, Any] = {**SALES, "pm_group": 200, "office_manager": 200}
"""The PM group belongs to the general manager's office."""
CUSTOMERS: dict[str, Any] = {**ORDERS, "staff": 200, "agent": 200, "cs_director": 200}
"""The test's `staff` works in the service department, which enters customers too; agents do."""
PRODUCTS: dict[str, Any] = {**ORDERS, "warehouse": 200}
SHIPMENTS: dict[str, Any] = {**SALES, "warehouse": 200, "accounting": 200}

ROUTES = [
    Route("customers:list"),
    Route("customers:export"),
    Route("customers:new", everyone=NOT_MINE, **CUSTOMERS),
    Route("customers:customer", args=a_customer, outsider=404),
    Route("customers:edit", args=a_customer, everyone=NOT_MINE, outsider=404, **CUSTOMERS),
    Route("customers:new_contact", args=a_customer, everyone=NOT_MINE, outsider=404, **CUSTOMERS),
    Route("customers:edit_contact", args=a_contact, everyone=NOT_MINE, outsider=404, **CUSTOMERS),
    Route("customers:number", "POST", args=a_number, data=a_reason, outsider=404),
    Route("customers:new_order", args=a_customer, everyone=NOT_MINE, outsider=404, **ORDERS),
    Route("customers:orders"),
    Route("customers:orders_export"),
    Route("customers:order", args=an_order, outsider=404),
    Route("customers:edit_order", args=an_order, everyone=NOT_MINE, outsider=404, **ORDERS),
    Route("customers:ship", args=a_line, everyone=NOT_MINE, outsider=404, **SHIPMENTS),
    Route("customers:edit_shipment", args=a_shipment, everyone=NOT_MINE, outsider=404, **SHIPMENTS),
    Route("customers:products"),
    Route("customers:products_export"),
    Route("customers:new_product", everyone=NOT_MINE, **PRODUCTS),
    Route("customers:suggest"),
    Route("customers:product", args=a_product, outsider=404),
]
