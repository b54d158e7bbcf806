"""How complete a customer's record is, by what the company wants to know of each (R1-10)."""

from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Unit
from shouwen.work.customers.models import Contact, Customer, Order

from . import rules

VALUE = "R1-10.fields"
SLICE = 500


def required(division: Unit | int, at: datetime | None = None) -> list[str]:
    """The fields the company wants filled in; empty while it has not said."""
    rows = values.find(VALUE, division, at) or []
    return list(dict.fromkeys(row["field"] for row in rows))


def note(customer: Customer, at: datetime | None = None) -> None:
    """Keep what a record lacks now beside it; costs nothing where the company asks nothing."""
    asked = required(customer.division_id, at)
    if not asked and not customer.lacks:
        return
    found = _with_parts(Customer.objects.filter(pk=customer.pk)).get()
    _write([found], asked)
    customer.lacks = found.lacks


def recount(now: datetime | None = None) -> int:
    """Reckon anew where the company asks for other fields than last time; returns how many.

    What was asked last stands in the journal: a sweep that finds nothing new costs one query.
    """
    now = now or clock.now()
    told = Entry.objects.filter(event="customers.recounted").order_by("at", "id")
    last = {entry.matter_id: entry.data["required"] for entry in told}
    counted = 0
    for division in org.divisions(clock.day_of(now)):
        asked = required(division, now)
        if asked != last.get(division.pk, []):
            counted += _recount(division, asked, now)
    return counted


def _recount(division: Unit, asked: list[str], now: datetime) -> int:
    customers = _with_parts(Customer.objects.filter(division=division)).order_by("pk")
    rows = customers.iterator(chunk_size=SLICE)
    count = 0
    while some := list(islice(rows, SLICE)):
        _write(some, asked)
        count += len(some)
    journal.record(
        "customers.recounted", division, by=None, at=now, required=asked, customers=count
    )
    return count


def _with_parts(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """Customers with what their contacts and orders say of completeness; one statement."""
    people = Contact.objects.filter(customer=OuterRef("pk"), active=True)
    return customers.annotate(
        has_contact=Exists(people),
        has_number=Exists(people.filter(~Q(phone="") | ~Q(other_phone=""))),
        has_mail=Exists(people.exclude(email="")),
        has_order=Exists(Order.objects.filter(customer=OuterRef("pk"))),
    )


def _write(customers: list[Customer], asked: list[str]) -> None:
    changed = []
    for one in customers:
        lacks = rules.packed(rules.lacking(asked, _known(one)))
        if lacks != one.lacks:
            one.lacks = lacks
            changed.append(one)
    Customer.objects.bulk_update(changed, ["lacks"])


def _known(one: Customer) -> dict[str, bool]:
    told = vars(one)
    return {
        "phone": bool(one.phone) or told["has_number"],
        "contact": told["has_contact"],
        "address": bool(one.address),
        "email": bool(one.email) or told["has_mail"],
        "industry": bool(one.industry),
        "products": bool(one.wares) or told["has_order"],
        "contract": bool(one.contract),
        "salesperson": one.salesperson_id is not None,
        "segment": bool(one.segment),
    }
