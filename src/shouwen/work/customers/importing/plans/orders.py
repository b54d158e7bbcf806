"""Plans for files of orders and shipments."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers import actions as customers
from shouwen.work.customers import rules
from shouwen.work.customers.drafts import LineDraft, OrderDraft, code, draft_of
from shouwen.work.customers.importing.checking import Numbered
from shouwen.work.customers.importing.rows import OrderRow
from shouwen.work.customers.models import Customer, Order, OrderLine, Product
from shouwen.work.customers.shipping import plain

from .planning import Act, Plan, Planned, Run, Salespeople, Setting, compared, merged

_HEAD = ("code", "ordered_on", "salesperson", "over_receipt_tolerance", "currency", "exchange_rate")
_NAMES = {"product": "part_number"}


@dataclasses.dataclass
class _Known:
    """What the file refers to, read in four queries."""

    customers: dict[str, Customer]
    products: dict[str, Product]
    orders: dict[str, Order]
    lines: dict[str, list[OrderLine]]


def _known(rows: Sequence[Numbered[OrderRow]], setting: Setting) -> _Known:
    here = {"division": setting.division}
    owners = Customer.objects.filter(**here, code__in={code(row.values.code) for row in rows})
    parts = Product.objects.filter(
        **here, part_number__in={code(row.values.part_number) for row in rows}
    )
    orders = Order.objects.filter(
        **here, number__in={code(row.values.number) for row in rows}
    ).select_related("customer", "salesperson")
    lines: dict[str, list[OrderLine]] = {}
    for line in OrderLine.objects.filter(order__in=orders).select_related("order", "product"):
        lines.setdefault(line.order.number, []).append(line)
    return _Known(
        {one.code: one for one in owners},
        {one.part_number: one for one in parts},
        {one.number: one for one in orders},
        lines,
    )


def plan_orders(rows: Sequence[Numbered[OrderRow]], setting: Setting) -> Plan:
    """Orders by number; the rows of one order may lie apart, but must agree on its head."""
    plan = Plan()
    known = _known(rows, setting)
    salespeople = Salespeople(setting)
    groups: dict[str, list[Numbered[OrderRow]]] = {}
    for row in rows:
        groups.setdefault(code(row.values.number), []).append(row)
    for number, group in groups.items():
        before = len(plan.faults)
        head = _head(plan, group, salespeople, known)
        lines = _lines(plan, group, known.lines.get(number, []), known)
        if len(plan.faults) == before:
            _plan_order(plan, group, head, lines, known, setting)
    return plan


def _head(
    plan: Plan, group: list[Numbered[OrderRow]], salespeople: Salespeople, known: _Known
) -> dict[str, Any]:
    """The head all rows agree on, its customer known and its salesperson found."""
    head, said = _agreed(plan, group)
    first = group[0].number
    owner = known.customers.get(head["code"])
    order = known.orders.get(code(head["number"]))
    if owner is None:
        plan.fault(first, "code", N_("没有客户“%(code)s”"), code=head["code"])
    elif order is not None and order.customer_id != owner.pk:
        message = N_("订单 %(number)s 已是客户 %(code)s 的")
        plan.fault(first, "code", message, number=order.number, code=order.customer.code)
    salespeople.pick(plan, said.get("salesperson", first), head)
    return head


def _agreed(plan: Plan, group: list[Numbered[OrderRow]]) -> tuple[dict[str, Any], dict[str, int]]:
    """What the first row that says something says of the head, and which row that was."""
    head: dict[str, Any] = {"number": group[0].values.number}
    said: dict[str, int] = {}
    for row in group:
        for field in _HEAD:
            value = row.given.get(field)
            if value is None:
                continue
            value = code(value) if field in ("code", "currency") else value
            if field not in said:
                head[field], said[field] = value, row.number
            elif head[field] != value:
                message = N_("与第 %(first)s 行同一订单，但这一格不同")
                plan.fault(row.number, field, message, first=said[field])
    return head, said


def _lines(
    plan: Plan, group: list[Numbered[OrderRow]], existing: list[OrderLine], known: _Known
) -> list[LineDraft]:
    """The order's lines as they would be: those known, changed by their rows, and new ones."""
    wanted = {line.position: draft_of(LineDraft, line) for line in existing}
    new: list[LineDraft] = []
    said: dict[tuple[bool, int], int] = {}
    for row in group:
        product = known.products.get(code(row.values.part_number))
        if product is None:
            message = N_("没有料号“%(part)s”")
            plan.fault(row.number, "part_number", message, part=row.values.part_number)
            continue
        key = (bool(row.values.position), row.values.position or product.pk)
        first = said.setdefault(key, row.number)
        places = _places(row.values, product, existing)
        if first != row.number:
            message = N_("与第 %(first)s 行是同一订单的同一行，相同料号请用行号区分")
            plan.fault(row.number, "part_number", message, first=first)
        elif len(places) > 1:
            plan.fault(row.number, "position", N_("订单里有几行这个料号，请填行号"))
        elif places:
            wanted[places[0]] = _line(row.values, product, wanted[places[0]])
        else:
            new.append(_line(row.values, product, None))
    return [*wanted.values(), *new]


def _places(values: OrderRow, product: Product, existing: list[OrderLine]) -> list[int]:
    if values.position:
        return [line.position for line in existing if line.position == values.position]
    return [line.position for line in existing if line.product_id == product.pk]


def _line(values: OrderRow, product: Product, old: LineDraft | None) -> LineDraft:
    price = values.unit_price_cents
    if price is None:
        price = old.unit_price_cents if old else 0
    return LineDraft(product, values.quantity, price, old.position if old else None)


def _plan_order(
    plan: Plan,
    group: list[Numbered[OrderRow]],
    head: dict[str, Any],
    lines: list[LineDraft],
    known: _Known,
    setting: Setting,
) -> None:
    owner = known.customers[head["code"]]
    order = known.orders.get(code(head["number"]))
    if order is None:
        head = {"currency": owner.currency, "salesperson": owner.salesperson} | head
    draft = merged(OrderDraft, order, head)
    today = clock.day_of(setting.at)
    if plan.refused(group[0].number, rules.why_not_order(draft, lines, today), _NAMES):
        return
    act, changes = compared(order, draft)
    if order is not None:
        before = [draft_of(LineDraft, line) for line in known.lines.get(order.number, [])]
        if before != lines:
            act, changes = Act.CHANGE, changes | {"lines": (_told(before), _told(lines))}
    rows = tuple(row.number for row in group)
    label = f"{draft.number} {owner.name_zh}"
    plan.planned.append(Planned(rows, act, label, changes, _order_run(order, owner, draft, lines)))


def _told(lines: list[LineDraft]) -> str:
    return "; ".join(
        f"{line.product.part_number} × {plain(Decimal(line.quantity))}" for line in lines
    )


def _order_run(
    order: Order | None, owner: Customer, draft: OrderDraft, lines: list[LineDraft]
) -> Run:
    if order is None:
        return lambda by, at: customers.place_order(owner, draft, lines, by=by, at=at)
    return lambda by, at: customers.change_order(order, draft, lines, by=by, at=at)
