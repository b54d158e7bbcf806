"""A complaint that is not upheld leaves the receivable due as ever (R4-57, R4-58).

What was collected stands in one place, on the shipments; a collection follows them.
"""

from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import F

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case
from shouwen.work.customers import actions as customers
from shouwen.work.customers.models import Shipment

from . import rules
from .models import Collection

State = Collection.State
DECIDED_ANEW = N_("重新核决为成立")


@one_act
def open_collections(case: Case, *, by: Person, at: datetime) -> list[Collection]:
    """One collection for each unpaid invoice of the products complained of.

    After a second decision the collections of the first one go on.
    """
    period = int(values.get("R4-57.collection_days", case.division_id, on=at))
    earliest = clock.day_of(at) + timedelta(days=period)
    known = {one.invoice_number: one for one in case.collections.all()}
    opened = []
    for invoice, shipments in unpaid_invoices(case):
        collection = known.get(invoice)
        if collection is None:
            due_on = max([earliest, *(one.due_on for one in shipments if one.due_on)])
            collection = _open(case, invoice, shipments, due_on, by=by, at=at)
        elif collection.state in (State.DISPUTED, State.WITHDRAWN):
            _turn(collection, State.OPEN)
            _tell(collection, by=by, at=at)
        opened.append(collection)
    record("case.not_upheld", case, by=by, at=at, collections=[one.pk for one in opened])
    return opened


def unpaid_invoices(case: Case) -> list[tuple[str, list[Shipment]]]:
    """The invoices of the products complained of that are not paid in full, with their shipments.

    What was not invoiced is not owed yet.
    """
    lines = case.lines.all()
    found = Shipment.objects.filter(
        order_line__order__customer=case.customer_id,
        order_line__order__number__in=[line.order_number for line in lines],
        order_line__product__part_number__in=[line.part_number for line in lines],
        shipped_on__in=[line.ship_date for line in lines],
        invoice_date__isnull=False,
    ).order_by("invoice_number", "id")
    unpaid = [one for one in found if one.collected_cents < one.amount_cents]
    return [(invoice, [*own]) for invoice, own in groupby(unpaid, lambda one: one.invoice_number)]


def _open(
    case: Case,
    invoice: str,
    shipments: list[Shipment],
    due_on: date,
    *,
    by: Person,
    at: datetime,
) -> Collection:
    collection = Collection.objects.create(
        case=case,
        salesperson=case.salesperson,
        invoice_number=invoice,
        amount_cents=sum(one.amount_cents - one.collected_cents for one in shipments),
        due_on=due_on,
    )
    collection.shipments.set(shipments)
    _tell(collection, by=by, at=at)
    return collection


def _tell(collection: Collection, *, by: Person, at: datetime) -> None:
    """The fact from which the clause counts: it names the last day itself."""
    record(
        "collection.opened",
        collection,
        by=by,
        at=at,
        matter=collection.case,
        amount=collection.amount_cents,
        due_on=collection.due_on.isoformat(),
    )


def _turn(collection: Collection, state: str) -> None:
    collection.state = State(state)
    collection.save(update_fields=["state"])


@one_act
def collect(
    collection: Collection, collected_on: date, *, by: Person, at: datetime | None = None
) -> Collection:
    """Register that an invoice was paid in full, as sales or accounting (R4-57).

    The shipments say so from now on, and with them the collection (`follow_payment`).
    """
    moment = at or clock.now()
    collection = Collection.objects.select_for_update().get(pk=collection.pk)
    refuse_any(rules.why_not_collected(collected_on, clock.day_of(moment)))
    if collection.state == State.COLLECTED:
        raise refuse(N_("该应收账款已登记收回"), "R4-57")
    if collection.state == State.WITHDRAWN:
        raise refuse(
            N_("本案已重新核决为成立,此笔不再按不成立催收"), "R4-57",
            instead=N_("请在订单的交运明细登记收款"),
        )  # fmt: skip
    for shipment in collection.shipments.filter(collected_cents__lt=F("amount_cents")):
        customers.collect(shipment, shipment.amount_cents, collected_on, by=by, at=moment)
    collection.refresh_from_db()
    return collection


def follow_payment(shipment: Shipment, *, by: Person | None, at: datetime) -> None:
    """The last shipment of an invoice was paid: its collections are done."""
    found = Collection.objects.filter(shipments=shipment).exclude(
        state__in=[State.COLLECTED, State.WITHDRAWN]
    )
    for collection in found.select_related("case"):
        if collection.shipments.filter(collected_cents__lt=F("amount_cents")).exists():
            continue
        collection.collected_on = shipment.collected_on
        collection.state = State.COLLECTED
        collection.save(update_fields=["state", "collected_on"])
        record(
            "collection.done", collection, by=by, at=at, matter=collection.case,
            amount=collection.amount_cents,
        )  # fmt: skip


def withdraw_collections(case: Case, *, by: Person, at: datetime) -> None:
    """A new decision upheld the complaint: nothing is collected on the old one any more."""
    for collection in case.collections.filter(state__in=[State.OPEN, State.DISPUTED]):
        _turn(collection, State.WITHDRAWN)
        record("collection.withdrawn", collection, by=by, at=at, matter=case)
        dues.cancel(subject=collection, reason=DECIDED_ANEW, by=by, at=at)


def dispute(case_id: int, *, disputed: bool) -> None:
    """The customer objects, or the superior maintains the decision (R4-58)."""
    before, after = (State.OPEN, State.DISPUTED) if disputed else (State.DISPUTED, State.OPEN)
    Collection.objects.filter(case_id=case_id, state=before).update(state=after)
