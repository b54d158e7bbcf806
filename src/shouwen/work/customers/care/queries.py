"""The only lists and counts of what is done to keep customers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from shouwen.engines.dues.models import Beat, Due
from shouwen.engines.dues.tied import clauses
from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy
from shouwen.work.customers.models import (
    Compilation,
    Customer,
    Grading,
    Merge,
    Offer,
    Opinion,
    Opportunity,
    Presentation,
)

from . import completeness, rules


@dataclass(frozen=True)
class Meter:
    """How complete a record is; `asked` is empty where the company has not said what it wants."""

    asked: list[str]
    lacks: list[str]

    @property
    def percent(self) -> int:
        """Out of a hundred."""
        return rules.percent(self.asked, self.lacks)


def meter(customer: Customer) -> Meter:
    """The completeness of one record, from what is kept beside it."""
    return Meter(completeness.required(customer.division_id), customer.lacks.split())


def incomplete(divisions: Collection[int], field: str = "") -> QuerySet[Customer]:
    """Customers whose record lacks something, or just one field; reads a partial index (R1-10)."""
    found = Customer.objects.filter(division_id__in=divisions, active=True).exclude(lacks="")
    return found.filter(lacks__contains=f" {field} ") if field else found


def opportunities(divisions: Collection[int]) -> QuerySet[Opportunity]:
    """Opportunities, to be reviewed by department (R2-10)."""
    found = Opportunity.objects.filter(division_id__in=divisions)
    return found.select_related("customer", "owner", "unit")


def opportunities_of(customer: Customer) -> QuerySet[Opportunity]:
    """Those of one customer, newest first."""
    return customer.opportunities.select_related("owner", "unit").order_by("-id")


def opportunities_from(source: Model) -> QuerySet[Opportunity]:
    """Those that were heard of in a call-back or another contact."""
    found = Opportunity.objects.filter(source_kind=kind_of(source), source_id=source.pk)
    return found.order_by("id")


def gradings_of(customer: Customer) -> QuerySet[Grading]:
    """Every change of a customer's grades, newest first."""
    return customer.gradings.select_related("by").order_by("-id")


def offers(divisions: Collection[int]) -> QuerySet[Offer]:
    """Every offer with how many customers were told of it."""
    found = Offer.objects.filter(division_id__in=divisions).select_related("division", "made_by")
    return found.annotate(told=Count("presentations"))


def current_offers(customer: Customer, day: date | None = None) -> QuerySet[Offer]:
    """Of which a customer of this class can be told on a day."""
    day = day or clock.today()
    found = Offer.objects.filter(division_id=customer.division_id, since__lte=day)
    still = Q(until__isnull=True) | Q(until__gte=day)
    return found.filter(still, segment__in=("", customer.segment)).order_by("-id")


def presentations_of(customer: Customer) -> QuerySet[Presentation]:
    """When a customer was told of what, newest first."""
    found = customer.presentations.select_related("by").prefetch_related("offers")
    return found.order_by("-id")


def turns(event: str, divisions: Collection[int], at: datetime) -> QuerySet[Beat]:
    """Whose turn has come under the clauses that a fact keeps, the longest first.

    `turns("offer.presented", …)`: the customers to whom nobody told the news in time.
    """
    found = Beat.objects.filter(
        rhythm__clause__in=_clauses(event, at), rhythm__division_id__in=divisions,
        rhythm__kind="customer", active=True, next_at__lte=at,
    )  # fmt: skip
    return found.select_related("rhythm")


def turns_of(customer: Customer) -> list[Beat]:
    """When a customer's turn is under each clause that comes round."""
    found = Beat.objects.filter(rhythm__kind="customer", subject_id=customer.pk, active=True)
    return list(found.select_related("rhythm").order_by("next_at"))


def open_dues(numbers: Collection[str], customers: Collection[int]) -> dict[tuple[str, int], Due]:
    """The open dues of some customers by clause and id; one statement."""
    found = Due.objects.open().filter(
        clause__in=numbers, subject_kind="customer", subject_id__in=customers
    )
    return {(due.clause, due.subject_id): due for due in found.select_related("person")}


def _clauses(event: str, at: datetime) -> set[str]:
    """The clauses that come round and that this fact keeps."""
    found = policy.in_force("duty", clock.day_of(at), stops=event)
    return {one.id for one in found if clauses.is_rhythm(one)}


def units_of(person: Person) -> set[int]:
    """The units whose opinions are a person's to answer: his own and those below."""
    day = org.staffing()
    return {pk for unit in org.units_of(person) for pk in (unit, *day.below(unit))}


def visible(person: Person) -> Q:
    """Opinions of the divisions a person sees, and those addressed to his unit from elsewhere."""
    return Q(division_id__in=org.divisions_visible(person)) | Q(target_id__in=units_of(person))


def opinions(person: Person) -> QuerySet[Opinion]:
    """Every opinion a person may read."""
    found = Opinion.objects.filter(visible(person))
    return found.select_related("customer", "unit", "target", "recorded_by")


def opinions_of(customer: Customer) -> QuerySet[Opinion]:
    """What one customer had to say, newest first."""
    return customer.opinions.select_related("unit", "target").order_by("-id")


def by_centre(divisions: Collection[int], since: date, until: date) -> list[dict[str, Any]]:
    """How many opinions each centre passed on in the days, how many are done (R8-32)."""
    found = Opinion.objects.filter(
        division_id__in=divisions, heard_on__gte=since, heard_on__lte=until
    )
    counted = (
        found.order_by()
        .values("unit", "unit__name_zh", "unit__name_en")
        .annotate(
            opinions=Count("pk"),
            answered=Count("pk", Q(answered_at__isnull=False)),
            told=Count("pk", Q(told_at__isnull=False)),
        )
    )
    return [dict(row) for row in counted.order_by("-opinions", "unit")]


def compilations(person: Person) -> QuerySet[Compilation]:
    """The compilations a person may read, with how many of their opinions are answered."""
    found = Compilation.objects.filter(visible(person)).select_related("target", "sent_by")
    return found.annotate(
        opinions_in=Count("opinions"),
        answered=Count("opinions", Q(opinions__answered_at__isnull=False)),
    )


def merges_of(customer: Customer) -> QuerySet[Merge]:
    """Every merge a record took part in, newest first."""
    found = Merge.objects.filter(Q(survivor=customer) | Q(merged=customer))
    return found.select_related("survivor", "merged", "by", "undone_by").order_by("-id")


def family(customer: Customer) -> list[int]:
    """The record and all that were merged into it, by themselves or by way of others."""
    found, new = [customer.pk], [customer.pk]
    while new:
        merged = Customer.objects.filter(merged_into__in=new).values_list("pk", flat=True)
        new = [pk for pk in merged if pk not in found]
        found += new
    return found


def duplicates(customer: Customer, *, limit: int = 10) -> list[Customer]:
    """Records that may be the same customer: a number, a name or an e-mail in common."""
    keys = {key for key in (customer.phone_key, *_contact_keys(customer)) if key}
    same = Q(name_zh=customer.name_zh)
    if keys:
        same |= Q(phone_key__in=keys) | Q(contacts__phone_key__in=keys)
        same |= Q(contacts__other_key__in=keys)
    if customer.email:
        same |= Q(email__iexact=customer.email)
    found = Customer.objects.filter(same, division_id=customer.division_id)
    found = found.filter(merged_into__isnull=True).exclude(pk=customer.pk).distinct()
    return list(found.order_by("pinyin", "id")[:limit])


def _contact_keys(customer: Customer) -> list[str]:
    pairs = customer.contacts.filter(active=True).values_list("phone_key", "other_key")
    return [key for pair in pairs for key in pair]


def may_answer(person: Person, unit: Unit, division: int) -> bool:
    """Whether somebody works in a unit, or stands in for somebody who does."""
    return org.as_whom(person, f"unit:{unit.code}", division, clock.now()) is not None
