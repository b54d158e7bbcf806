"""Who a person is, and what happened with a customer over every channel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import Any

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.models import Case, State
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Contact, Customer
from shouwen.work.interactions import queries as interactions
from shouwen.work.interactions.models import Interaction

from .models import Erasure
from .rules import Who
from .sources import sources


def who_is(record: Customer | Contact) -> Who:
    """How a person is called and reached: a contact, or a customer who is a person himself."""
    customer = record.customer if isinstance(record, Contact) else record
    family = tuple(care.family(customer))
    if isinstance(record, Contact):
        return Who(
            customer.division_id, family, record.pk, frozenset({record.name}),
            _filled(record.phone_key, record.other_key), _filled(record.email.lower()),
        )  # fmt: skip
    people = list(Contact.objects.filter(customer__in=family))
    rows = list(Customer.objects.filter(pk__in=family))
    names = [name for row in rows for name in (row.name_zh, row.name_en, row.short_name)]
    keys = [row.phone_key for row in rows]
    keys += [key for one in people for key in (one.phone_key, one.other_key)]
    emails = [one.email.lower() for one in [*rows, *people]]
    return Who(
        customer.division_id, family, None, _filled(*names, *(one.name for one in people)),
        _filled(*keys), _filled(*emails),
    )  # fmt: skip


def _filled(*values: str) -> frozenset[str]:
    return frozenset(filter(None, values))


def open_matters(who: Who) -> int:
    """How many cases of the customer are not closed."""
    return Case.objects.filter(customer__in=who.customers, state=State.OPEN).count()


def erased_at(customer: Customer) -> datetime | None:
    """Up to when the facts about a customer are shown without their words."""
    found = Erasure.objects.filter(customer=customer).order_by("-at").first()
    return found.at if found else None


def facts_about(who: Who) -> int:
    """How many facts of the journal speak of the customer and his contacts."""
    customers = Q(matter_kind="customer", matter_id__in=who.customers)
    return Entry.objects.filter(customers).count()


@dataclass(frozen=True)
class Happening:
    """One line of a customer's timeline: a fact of the journal, or an interaction."""

    at: datetime
    record: Entry | Interaction

    @property
    def is_interaction(self) -> bool:
        """Whether somebody spoke."""
        return isinstance(self.record, Interaction)


def timeline(
    customer: Customer, *, channel: str = "", before: datetime | None = None, limit: int = 50
) -> list[Happening]:
    """What happened with a customer and every record merged into him, newest first.

    With a `channel` only what was said by it. Reads one index range of the journal and one of the
    interactions, whatever their number.
    """
    family = care.family(customer)
    spoken = Interaction.objects.filter(customer__in=family).select_related("text", "taker")
    if channel:
        spoken = spoken.filter(channel=channel)
    if before:
        spoken = spoken.filter(at__lt=before)
    found = [Happening(one.at, one) for one in spoken.order_by("-id")[:limit]]
    if not channel:
        facts = Entry.objects.filter(_about(family))
        if before:
            facts = facts.filter(at__lt=before)
        found += [Happening(one.at, one) for one in facts.order_by("-id")[:limit]]
    return nlargest(limit, found, key=lambda one: one.at)


def _about(family: Collection[int]) -> Q:
    """Facts of the customer himself and of his cases, without those of single dues."""
    cases = Case.objects.filter(customer__in=family).values("pk")
    own = Q(matter_kind="customer", matter_id__in=family)
    matters = Q(matter_kind="case", matter_id__in=cases, event__in=("case.opened", "case.closed"))
    return (own & ~Q(event__startswith="due.")) | matters


def last_contacts(customers: Collection[int]) -> dict[int, datetime]:
    """When each customer was last in touch; one statement."""
    return interactions.last_contact(list(customers))


def days_since(moment: datetime | None) -> int | None:
    """Calendar days from a moment until today."""
    return (clock.today() - clock.day_of(moment)).days if moment else None


def counts(who: Who) -> dict[str, Any]:
    """How many records of each kind hold something of a person."""
    return {source.key: sum(1 for _row in source.collect(who)) for source in sources()}
