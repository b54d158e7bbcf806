"""The only lists and counts of interactions."""

from datetime import date, datetime

from django.db.models import Count, Model, Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org.models import Person

from .access import visible
from .models import Direction, Interaction


def of_matter(matter: Model) -> QuerySet[Interaction]:
    """Everything said about a matter, oldest first, with the words."""
    return _about(kind_of(matter), matter.pk)


def _about(kind: str, pk: int) -> QuerySet[Interaction]:
    found = Interaction.objects.filter(matter_kind=kind, matter_id=pk)
    return found.select_related("text", "taker", "customer").order_by("at", "id")


def first_of(matter: Model) -> Interaction | None:
    """The contact a matter began with."""
    return _first.first(kind_of(matter), matter.pk)


@prepared
def _first(kind: str, pk: int) -> QuerySet[Interaction]:
    return _about(kind, pk)[:1]


def of_customer(customer: Model) -> QuerySet[Interaction]:
    """Everything said with a customer, newest first, with the words."""
    found = Interaction.objects.filter(customer_id=customer.pk)
    return found.select_related("text", "taker").order_by("-id")


def by_number(key: str, person: Person) -> QuerySet[Interaction]:
    """What was said from a telephone number (its key), newest first."""
    found = visible(person).filter(text__phone_key=key) if key else Interaction.objects.none()
    return found.select_related("text", "taker").order_by("-id")


def unrouted(person: Person) -> QuerySet[Interaction]:
    """What came in and nobody deals with yet, oldest first; reads a partial index."""
    found = visible(person).filter(routed_at__isnull=True, direction=Direction.IN)
    return found.select_related("text", "customer", "taker").order_by("id")


def definite_reply(matter: Model) -> Interaction | None:
    """The first definite answer the customer got in a matter (R3-49)."""
    return of_matter(matter).filter(definite=True).first()


def count_repeats(division: int, since: date, until: date) -> QuerySet[Interaction]:
    """Second calls about one open matter in the days (inclusive), counted by matter."""
    found = Interaction.objects.filter(
        division_id=division,
        repeated=True,
        at__gte=clock.local(since),
        at__lt=clock.end_of(until),
    )
    return found.values("matter_kind", "matter_id").annotate(times=Count("pk")).order_by()  # type: ignore[return-value]


def last_contact(customers: list[int]) -> dict[int, datetime]:
    """When each customer was last in touch; one statement."""
    from django.db.models import Max

    found = Interaction.objects.filter(Q(customer_id__in=customers)).values("customer_id")
    return dict(found.annotate(last=Max("at")).values_list("customer_id", "last").order_by())
