"""The kinds of file that can be imported."""

import dataclasses
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.access import may_write

from .plans.orders import plan_orders
from .plans.partners import plan_contacts, plan_customers, plan_products
from .plans.planning import Plan, Setting
from .plans.shipments import plan_shipments
from .rows import ContactRow, CustomerRow, OrderRow, ProductRow, Row, ShipmentRow


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind of file: its row model, its planner, and which right it takes."""

    key: str
    title: Any
    note: Any
    row: type[Row]
    plan: Callable[[Any, Setting], Plan]
    right: str


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "customers",
            _("客户资料"),
            _("一行一个客户，按客户编号认"),
            CustomerRow,
            plan_customers,
            "customer",
        ),
        Kind(
            "contacts",
            _("联系人"),
            _("一行一位联系人，按客户编号和姓名认，同名的按电话认"),
            ContactRow,
            plan_contacts,
            "customer",
        ),
        Kind(
            "products",
            _("产品"),
            _("一行一个料号"),
            ProductRow,
            plan_products,
            "product",
        ),
        Kind(
            "orders",
            _("订单"),
            _("一行一个料号，订单编号相同的几行是一张订单"),
            OrderRow,
            plan_orders,
            "order",
        ),
        Kind(
            "shipments",
            _("交运与应收"),
            _("一行一次交运，按订单编号、料号、交运日期和发票号码认"),
            ShipmentRow,
            plan_shipments,
            "shipment",
        ),
    )
}


def kind_of(key: str) -> Kind:
    """The kind of a key; refuses an unknown one."""
    if key not in KINDS:
        raise refuse(N_("没有这种导入"), field="kind")
    return KINDS[key]


def allowed(person: Person, division: Unit | int) -> list[Kind]:
    """The kinds a person may import into a division."""
    return [kind for kind in KINDS.values() if may_write(person, kind.right, division)]
