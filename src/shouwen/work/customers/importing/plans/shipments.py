"""Plans for files of shipments, their invoices and what was collected."""

import dataclasses
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers import access, rules
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ShipmentDraft, code
from shouwen.work.customers.importing.checking import Numbered
from shouwen.work.customers.importing.rows import ShipmentRow
from shouwen.work.customers.models import OrderLine, Shipment

from .planning import Plan, Planned, Run, Setting, compared, merged


@dataclasses.dataclass
class _Known:
    """Lines by order number, shipments by line."""

    lines: dict[str, list[OrderLine]]
    shipments: dict[int, list[Shipment]]


def _known(rows: Sequence[Numbered[ShipmentRow]], setting: Setting) -> _Known:
    numbers = {code(row.values.number) for row in rows}
    found = OrderLine.objects.filter(
        order__division=setting.division, order__number__in=numbers
    ).select_related("order__customer", "product")
    lines: dict[str, list[OrderLine]] = defaultdict(list)
    for line in found:
        lines[line.order.number].append(line)
    shipments: dict[int, list[Shipment]] = defaultdict(list)
    known = Shipment.objects.filter(order_line__in=found).select_related(
        "order_line__order__customer", "order_line__product"
    )
    for shipment in known.order_by("id"):
        shipments[shipment.order_line_id].append(shipment)
    return _Known(lines, shipments)


def plan_shipments(rows: Sequence[Numbered[ShipmentRow]], setting: Setting) -> Plan:
    """Shipments by order line, day and invoice number."""
    plan = Plan()
    known = _known(rows, setting)
    said: dict[tuple[Any, ...], int] = {}
    for row in rows:
        line = _line(plan, row, known)
        if line is None:
            continue
        key = (line.pk, row.values.shipped_on, code(row.values.invoice_number or ""))
        if key in said:
            message = N_("与第 %(first)s 行是同一天、同一张发票的交运")
            plan.fault(row.number, "shipped_on", message, first=said[key])
            continue
        said[key] = row.number
        _plan_shipment(plan, row, line, _match(row.values, known.shipments[line.pk]), setting)
    return plan


def _line(plan: Plan, row: Numbered[ShipmentRow], known: _Known) -> OrderLine | None:
    """The order line a row means."""
    values = row.values
    lines = known.lines.get(code(values.number), [])
    if not lines:
        plan.fault(row.number, "number", N_("没有订单“%(number)s”"), number=values.number)
        return None
    found = [line for line in lines if line.product.part_number == code(values.part_number)]
    if not found:
        message = N_("订单 %(number)s 没有料号“%(part)s”")
        plan.fault(
            row.number, "part_number", message, number=values.number, part=values.part_number
        )
        return None
    if values.position:
        found = [line for line in found if line.position == values.position]
    if len(found) != 1:
        message = N_("订单里有几行这个料号，请填对行号")
        plan.fault(row.number, "position", message)
        return None
    return found[0]


def _match(values: ShipmentRow, shipments: list[Shipment]) -> Shipment | None:
    """The shipment a row means: of the same invoice, else the same quantity not yet invoiced."""
    invoice = code(values.invoice_number or "")
    day = [one for one in shipments if one.shipped_on == values.shipped_on]
    same = [one for one in day if one.invoice_number == invoice]
    waiting = [one for one in day if not one.invoice_number and one.quantity == values.quantity]
    found = same or (waiting if invoice else [])
    if found:
        shipments.remove(found[0])
        return found[0]
    return None


def _plan_shipment(
    plan: Plan,
    row: Numbered[ShipmentRow],
    line: OrderLine,
    record: Shipment | None,
    setting: Setting,
) -> None:
    given = row.given
    if record is None:
        price = line.unit_price_cents * row.values.quantity
        given.setdefault("amount_cents", int(price.quantize(1, "ROUND_HALF_UP")))
    draft = merged(ShipmentDraft, record, given)
    draft = _with_due(draft, line)
    today = clock.day_of(setting.at)
    reasons = rules.why_not_shipment(draft, line.order.ordered_on, today)
    if plan.refused(row.number, reasons, {}) or not _may(plan, row, record, draft, setting):
        return
    act, changes = compared(record, draft)
    label = f"{line.order.number} {line.product.part_number} {draft.shipped_on}"
    run = _run(record, line, draft)
    plan.planned.append(Planned((row.number,), act, label, changes, run))


def _with_due(draft: ShipmentDraft, line: OrderLine) -> ShipmentDraft:
    """The due day the verb would set, so that a file read again finds nothing to change."""
    days = line.order.customer.collection_days
    if draft.invoice_date and draft.due_on is None and days is not None:
        return dataclasses.replace(draft, due_on=rules.due_on(draft.invoice_date, days))
    return draft


def _may(
    plan: Plan,
    row: Numbered[ShipmentRow],
    record: Shipment | None,
    draft: ShipmentDraft,
    setting: Setting,
) -> bool:
    """Whoever enters shipments may not thereby enter what was collected."""
    collected = record.collected_cents if record else 0
    if draft.collected_cents == collected:
        return True
    if access.may_write(setting.by, "collection", setting.division):
        return True
    plan.fault(row.number, "collected_cents", N_("只有业务和会计可以登记收款"))
    return False


def _run(record: Shipment | None, line: OrderLine, draft: ShipmentDraft) -> Run:
    if record is None:
        return lambda by, at: customers.record_shipment(line, draft, by=by, at=at)
    return lambda by, at: customers.change_shipment(record, draft, by=by, at=at)
