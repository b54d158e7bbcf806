"""A complaint that is not upheld leaves the receivable due as ever (R4-57, R4-58)."""

from datetime import date, datetime, timedelta

from django.db import transaction

from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

from .models import Collection


@transaction.atomic
def open_collections(case: Case, *, by: Person, at: datetime) -> list[Collection]:
    """One collection for each unpaid invoice of the products complained of."""
    period = int(values.get("R4-57.collection_days", case.division_id, on=at))
    earliest = clock.day_of(at) + timedelta(days=period)
    opened = []
    for shipment in _unpaid(case):
        due_on = max(shipment.due_on or earliest, earliest)
        collection = Collection.objects.create(
            case=case,
            salesperson=case.salesperson,
            invoice_number=shipment.invoice_number or f"{shipment.pk}",
            amount_cents=shipment.amount_cents - shipment.collected_cents,
            due_on=due_on,
        )
        opened.append(collection)
        _ask(collection, case, by=by, at=at)
    record("case.not_upheld", case, by=by, at=at, collections=[one.pk for one in opened])
    return opened


def _unpaid(case: Case) -> list[Shipment]:
    lines = case.lines.all()
    found = Shipment.objects.filter(
        order_line__order__customer=case.customer,
        order_line__order__number__in=[line.order_number for line in lines],
        order_line__product__part_number__in=[line.part_number for line in lines],
        shipped_on__in=[line.ship_date for line in lines],
    ).order_by("id")
    unpaid: dict[str, Shipment] = {}
    for shipment in found:
        if shipment.collected_cents < shipment.amount_cents:
            unpaid.setdefault(shipment.invoice_number or str(shipment.pk), shipment)
    return list(unpaid.values())


def _ask(collection: Collection, case: Case, *, by: Person, at: datetime) -> None:
    record("collection.opened", collection, by=by, at=at, matter=case,
           amount=collection.amount_cents, due_on=collection.due_on.isoformat())  # fmt: skip
    dues.open_due(
        N_("收回应收账款:%(invoice)s"),
        kind="task",
        clause="R4-57",
        subject=collection,
        matter=case,
        division=case.division,
        role="sales",
        person=case.salesperson,
        start=at,
        due_at=clock.end_of(collection.due_on),
        params={"invoice": collection.invoice_number},
        link=f"/settlement/{case.pk}/",
        by=by,
        at=at,
    )


@transaction.atomic
def collect(
    collection: Collection, collected_on: date, *, by: Person, at: datetime | None = None
) -> Collection:
    """The receivable came in; settles the collection duty (R4-57)."""
    moment = at or clock.now()
    if collected_on > clock.day_of(moment):
        raise refuse(N_("收款日期不能晚于今天"), "R4-57", field="collected_on")
    changed = (
        Collection.objects.filter(pk=collection.pk)
        .exclude(state=Collection.State.COLLECTED)
        .update(state=Collection.State.COLLECTED, collected_on=collected_on)
    )
    if not changed:
        raise refuse(N_("该应收账款已登记收回"), "R4-57")
    collection.refresh_from_db()
    record("receivable.collected", collection, by=by, at=moment, matter=collection.case,
           amount=collection.amount_cents)  # fmt: skip
    dues.settle(subject=collection, kind="task", by=by, at=moment)
    return collection
