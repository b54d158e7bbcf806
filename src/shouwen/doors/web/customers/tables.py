"""The tables of this room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import listed
from shouwen.work.customers import queries
from shouwen.work.customers.deliveries import Owed
from shouwen.work.customers.models import Contact, Customer, Order, Product
from shouwen.work.customers.shipping import plain

from . import showing


@dataclass(frozen=True)
class CustomerLine:
    """A customer with what the list says beside its name."""

    customer: Customer
    contact: str
    phone: str
    last_order: date | None
    owed: Owed

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("customers:customer", args=[self.customer.pk])

    @property
    def money(self) -> tuple[str, str] | None:
        """Whether something is overdue."""
        return ("late", _("有逾期")) if self.owed.overdue_cents else None


def customers(request: Request, rows: Sequence[Customer]) -> Table:
    """One page of customers; three queries for what stands beside the names."""
    mains = {one.customer_id: one for one in Contact.objects.filter(customer__in=rows, main=True)}
    days = queries.last_orders(rows)
    owed = queries.owed(rows, clock.today())
    clear = {division: showing.sees(request.person, division) for division in _divisions(rows)}
    lines = [
        CustomerLine(
            one,
            mains[one.pk].name if one.pk in mains else "",
            _phone(mains.get(one.pk) or one, clear[one.division_id]),
            days.get(one.pk),
            owed.get(one.pk, Owed()),
        )
        for one in rows
    ]
    columns = [
        Column("name", _("客户"), read="customer.name", link="url"),
        Column("code", _("编号"), read="customer.code"),
        Column("region", _("区域"), read="customer.get_region_display"),
        Column("salesperson", _("业务员"), kind="person", read=_salesperson),
        Column("contact", _("首要联系人"), phone=False),
        Column("phone", _("电话")),
        Column("last_order", _("最近订货"), kind="day", phone=False),
        Column("owed", _("应收未收"), kind="money", read="owed.open_cents"),
        Column("money", "", kind="badge"),
    ]
    empty = Empty(
        _("没有这样的客户"),
        _("换一个名称、拼音首字母或电话试试；新客户在右上角登记，或从表格导入。"),
        "building-store",
    )
    return Table(columns, lines, request, empty, caption=_("客户"))


def _salesperson(line: CustomerLine) -> Any:
    return line.customer.salesperson or "—"


def _divisions(rows: Sequence[Customer]) -> set[int]:
    return {one.division_id for one in rows}


def _phone(record: Customer | Contact, clear: bool) -> str:
    found = showing.number(record, "phone", clear)
    return found.text if found else ""


@dataclass(frozen=True)
class OrderLineShown:
    """An order as a line of a list."""

    order: Order
    parts: str
    ordered: str
    shipped: str
    amount_cents: int
    state: tuple[str, str]

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("customers:order", args=[self.order.pk])


def order_line(order: Order, today: date) -> OrderLineShown:
    """An order summed up; its lines, products and shipments must be at hand."""
    lines = list(order.lines.all())
    sent = [one for line in lines for one in line.shipments.all()]
    parts = format_html_join(
        listed(["", ""]),
        '<span class="code">{}</span>',
        ((part,) for part in dict.fromkeys(line.product.part_number for line in lines)),
    )
    return OrderLineShown(
        order,
        parts,
        plain(sum((line.quantity for line in lines), start=lines[0].quantity * 0)) if lines else "",
        plain(sum((one.quantity for one in sent), start=sent[0].quantity * 0)) if sent else "—",
        sum(line.amount_cents for line in lines),
        _order_state(sent, today),
    )


def _order_state(sent: Sequence[Any], today: date) -> tuple[str, str]:
    """The worst state of an order's receivables."""
    if not sent:
        return "off", _("未交运")
    states = dict(showing.money_state(one, today) for one in sent)
    worst = next(key for key in ("late", "now", "later", "off", "done") if key in states)
    return worst, states[worst]


def orders_of(rows: Sequence[Order], today: date) -> Table:
    """A customer's orders."""
    table = _orders([order_line(one, today) for one in rows], [])
    # It stands beside other boxes; what is left out is on the page of the order.
    table.columns = [one for one in table.columns if one.key not in ("currency", "tolerance")]
    return table


def orders(request: Request, rows: Sequence[Order]) -> Table:
    """Orders of every customer."""
    today = clock.today()
    customer = Column(
        "customer",
        _("客户"),
        read="order.customer.name",
        link=lambda line: reverse("customers:customer", args=[line.order.customer_id]),
    )
    return _orders([order_line(one, today) for one in rows], [customer])


def _orders(lines: list[OrderLineShown], more: list[Column]) -> Table:
    columns = [
        Column("number", _("订单编号"), read="order.number", link="url"),
        *more,
        Column("ordered_on", _("订货日期"), kind="day", read="order.ordered_on"),
        Column("parts", _("料号")),
        Column("ordered", _("订货数量"), kind="number"),
        Column("shipped", _("已交运"), kind="number"),
        Column("amount", _("金额"), kind="money", read="amount_cents"),
        Column("currency", _("币别"), read="order.currency", phone=False),
        Column("tolerance", _("超量允收"), kind="percent", read=_tolerance, phone=False),
        Column("state", _("应收"), kind="badge"),
    ]
    empty = Empty(_("还没有订单"), _("登记或导入订单之后，交运与应收在这里。"), "clipboard-list")
    return Table(columns, lines, None, empty, caption=_("订单"))


def _tolerance(line: OrderLineShown) -> Any:
    percent = line.order.over_receipt_tolerance
    return None if percent is None else plain(percent)


def products(request: Request, rows: Sequence[Product]) -> Table:
    """Part numbers."""
    columns = [
        Column(
            "part_number",
            _("料号"),
            link=lambda one: reverse("customers:product", args=[one.pk]),
        ),
        Column("name", _("品名")),
        Column("name_en", _("英文品名"), phone=False),
        Column("unit", _("单位")),
        Column("state", _("状态"), kind="badge", read=_product_state),
    ]
    empty = Empty(_("没有这样的产品"), _("产品可以登记，也可以从表格导入。"), "box")
    return Table(columns, rows, request, empty, caption=_("产品"))


def _product_state(product: Product) -> tuple[str, str]:
    return ("plain", _("使用中")) if product.active else ("off", _("已停用"))
