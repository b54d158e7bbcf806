"""The verbs of orders, shipments and what is collected on them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.org.models import Person

from . import rules
from .access import require_not_merged, require_writer
from .drafts import LineDraft, OrderDraft, ShipmentDraft, draft_of
from .models import Customer, Order, OrderLine, Shipment
from .recording import change, create

_NUMBER_TAKEN = Reason(N_("这个订单编号已经有了"), field="number")
_SHIPPED_TWICE = Reason(N_("这一天、这张发票的交运已经登记过"), field="shipped_on")


@one_act
def place_order(
    customer: Customer,
    draft: OrderDraft,
    lines: Sequence[LineDraft],
    *,
    by: Person | None,
    at: datetime | None = None,
) -> Order:
    """Enter an order with its lines."""
    require_writer(by, "order", customer.division_id)
    require_not_merged(customer)
    refuse_any(rules.why_not_order(draft, list(lines), _today(at)))
    division = customer.division_id
    if Order.objects.filter(division_id=division, number=draft.number).exists():
        refuse_any([_NUMBER_TAKEN])
    order = Order(division_id=division, customer=customer, **draft.values())
    told = [_told_line(position, line) for position, line in enumerate(lines, 1)]
    about: dict[str, Any] = {"matter": customer, "lines": told}
    create(order, "order.placed", _NUMBER_TAKEN, by=by, at=at, **about)
    OrderLine.objects.bulk_create(
        OrderLine(
            order=order,
            position=position,
            product=line.product,
            quantity=line.quantity,
            unit_price_cents=line.unit_price_cents,
        )
        for position, line in enumerate(lines, 1)
    )
    return order


@one_act
def change_order(
    order: Order,
    draft: OrderDraft,
    lines: Sequence[LineDraft] | None = None,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Write what differs in the head and, when given, in the lines; False when nothing does."""
    require_writer(by, "order", order.division_id)
    kept = list(order.lines.select_related("product"))
    wanted = list(lines) if lines is not None else [draft_of(LineDraft, line) for line in kept]
    refuse_any(rules.why_not_order(draft, wanted, _today(at)))
    parts = _change_lines(order, kept, wanted) if lines is not None else {}
    return change(
        order,
        draft.values(),
        "order.changed",
        _NUMBER_TAKEN,
        version=version,
        by=by,
        at=at,
        parts=parts,
        matter=order.customer,
    )


def _change_lines(order: Order, kept: list[OrderLine], wanted: list[LineDraft]) -> dict[str, Any]:
    """Add, change and take away lines; one on which something was shipped stays."""
    known = {line.position: line for line in kept}
    before = [_told_line(line.position, draft_of(LineDraft, line)) for line in kept]
    last = max(known, default=0)
    for index, line in enumerate(wanted):
        old = known.pop(line.position, None) if line.position else None
        if old is None:
            last += 1
            values = line.values() | {"position": last}
            OrderLine.objects.create(order=order, **values)
        else:
            _change_line(old, line, f"lines.{index}")
    for old in known.values():
        _not_shipped(old, "lines")
        old.delete()
    after = order.lines.select_related("product")
    now = [_told_line(line.position, draft_of(LineDraft, line)) for line in after]
    return {"lines": [before, now]} if now != before else {}


def _change_line(old: OrderLine, line: LineDraft, field: str) -> None:
    if old.product_id != line.product.pk:
        _not_shipped(old, f"{field}.product")
    old.product, old.quantity = line.product, line.quantity
    old.unit_price_cents = line.unit_price_cents
    old.save(update_fields=["product", "quantity", "unit_price_cents"])


def _not_shipped(line: OrderLine, field: str) -> None:
    if line.shipments.exists():
        raise refuse(
            N_("第 %(position)s 行已有交运，不能去掉或换料号"),
            field=field,
            position=line.position,
        )


@one_act
def record_shipment(
    line: OrderLine, draft: ShipmentDraft, *, by: Person | None, at: datetime | None = None
) -> Shipment:
    """Enter what left on a day; with an invoice it becomes a receivable."""
    order = line.order
    _require_writer(by, order, collected=draft.collected_cents > 0)
    refuse_any(rules.why_not_shipment(draft, order.ordered_on, _today(at)))
    shipment = Shipment(order_line=line, **_with_due(draft, order.customer))
    about: dict[str, Any] = {"matter": order.customer, "order": order.number}
    create(shipment, "shipment.recorded", _SHIPPED_TWICE, by=by, at=at, **about)
    return shipment


@one_act
def change_shipment(
    shipment: Shipment,
    draft: ShipmentDraft,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Write what differs; a change of the collected amount is a fact of its own."""
    order = shipment.order_line.order
    before = shipment.collected_cents
    same = draft.collected_cents == before
    _require_writer(by, order, collected=not same)
    refuse_any(rules.why_not_shipment(draft, order.ordered_on, _today(at)))
    about: dict[str, Any] = {"matter": order.customer, "order": order.number}
    values = _with_due(draft, order.customer)
    return change(
        shipment,
        values,
        "shipment.changed" if same else "receivable.collected",
        _SHIPPED_TWICE,
        version=version,
        by=by,
        at=at,
        **about,
    )


def _require_writer(by: Person | None, order: Order, *, collected: bool) -> None:
    require_writer(by, "shipment", order.division_id)
    if collected:
        require_writer(by, "collection", order.division_id)


def collect(
    shipment: Shipment,
    cents: int,
    on: date,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Set how much of a shipment's invoice has been collected in all, and when last (R4-57)."""
    values = draft_of(ShipmentDraft, shipment).values()
    values |= {"collected_cents": cents, "collected_on": on}
    return change_shipment(shipment, ShipmentDraft(**values), version=version, by=by, at=at)


def _with_due(draft: ShipmentDraft, customer: Customer) -> dict[str, Any]:
    """An invoice without a due day gets the customer's own collection period, if any."""
    values = draft.values()
    days = customer.collection_days
    if draft.invoice_date and draft.due_on is None and days is not None:
        values["due_on"] = rules.due_on(draft.invoice_date, days)
    return values


def _told_line(position: int, line: LineDraft) -> dict[str, Any]:
    return {
        "position": position,
        "part": line.product.part_number,
        "quantity": f"{line.quantity.normalize():f}",
        "unit_price_cents": line.unit_price_cents,
    }


def _today(at: datetime | None) -> date:
    return clock.day_of(at) if at else clock.today()
