"""The only lists and counts of call-backs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case

from . import access, rules
from .models import Callback, CallbackFile, Project, Reason, RegularPlan, Result, State, Suggestion
from .oversight.drawing import Record

CALLED = ~Q(state=State.OPEN)
IN_TIME = CALLED & (Q(due_at__isnull=True) | Q(done_at__lt=F("due_at")))
"""Called before its moment: reached, not willing to answer, or tried often enough."""


def queue(person: Person, at: datetime) -> QuerySet[Callback]:
    """What a person has to call, in turn; those not reached just now come last of their day."""
    found = Callback.objects.filter(access.mine(person, at), state=State.OPEN)
    return found.select_related("customer").order_by(
        F("due_at").asc(nulls_last=True), "next_at", "id"
    )


def counts(person: Person, at: datetime) -> dict[str, int]:
    """How many calls wait, are due today and are late; one statement."""
    today = Q(due_at__lte=clock.end_of(clock.day_of(at)))
    return Callback.objects.filter(access.mine(person, at), state=State.OPEN).aggregate(
        open=Count("pk"), today=Count("pk", today), late=Count("pk", Q(due_at__lte=at))
    )


def done_today(person: Person, at: datetime) -> int:
    """How many calls a person has finished today."""
    return Callback.objects.filter(
        done_by=person, done_at__gte=clock.local(clock.day_of(at))
    ).count()


def listed(divisions: Collection[int]) -> QuerySet[Callback]:
    """Every call-back of some divisions."""
    found = Callback.objects.filter(division_id__in=divisions)
    return found.select_related("customer", "person", "done_by")


def earlier(callback: Callback, limit: int = 5) -> list[Callback]:
    """The calls to the same customer that were made before, newest first, with their results."""
    found = Callback.objects.filter(CALLED, customer_id=callback.customer_id)
    ready = found.exclude(pk=callback.pk).select_related("result", "done_by")
    return list(ready.order_by("-done_at", "-id")[:limit])


def waiting_too(callback: Callback, limit: int = 10) -> list[Callback]:
    """What else the same customer is to be called about."""
    found = Callback.objects.filter(customer_id=callback.customer_id, state=State.OPEN)
    return list(found.exclude(pk=callback.pk).order_by("due_at", "id")[:limit])


# -- the rate of a day ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """One day's finished repairs: how many were called in time."""

    day: date
    rate: rules.Rate


def day_rate(division: int, day: date, reason: str = Reason.REPAIR) -> rules.Rate:
    """Of the repairs finished on a day, how many were called in time (R3-43)."""
    found = Callback.objects.filter(division_id=division, reason=reason, counted_on=day)
    counted = found.aggregate(owed=Count("pk"), called=Count("pk", IN_TIME))
    return rules.Rate(counted["owed"], counted["called"])


def day_rates(division: int, since: date, until: date) -> list[Day]:
    """The rate of every day with repairs, newest first; one statement."""
    found = Callback.objects.filter(
        division_id=division, reason=Reason.REPAIR, counted_on__range=(since, until)
    )
    rows = found.values("counted_on").annotate(owed=Count("pk"), called=Count("pk", IN_TIME))
    return [
        Day(row["counted_on"], rules.Rate(row["owed"], row["called"]))
        for row in rows.order_by("-counted_on")
    ]


def missing(division: int, day: date) -> QuerySet[Callback]:
    """The repairs of a day that keep its rate below: not called yet, or called too late."""
    found = Callback.objects.filter(division_id=division, reason=Reason.REPAIR, counted_on=day)
    return found.exclude(IN_TIME).select_related("customer", "person").order_by("id")


# -- samples --------------------------------------------------------------------------------------


def period_named(every: Any, key: str) -> periods.Period | None:
    """The month or quarter of a name: `2025-03`, `2025-Q1`; None for what is no such name."""
    year, _dash, rest = key.partition("-")
    number = rest.removeprefix("Q")
    if not (year.isdigit() and number.isdigit() and len(year) == 4):
        return None
    month = int(number) * 3 if rest.startswith("Q") else int(number)
    if not (1 <= month <= 12 and int(year) >= 1):
        return None
    found = periods.period_of(every, date(int(year), month, 1))
    return found if found.key == key else None


def repair_records(division: int | Any, first: date, last: date) -> list[Record]:
    """The repairs recorded in some days, each in the stratum of its month and unit; two queries."""
    facts = Entry.objects.filter(
        event="repair.recorded",
        subject_kind="case",
        at__gte=clock.local(first),
        at__lt=clock.end_of(last),
    )
    months: dict[int, str] = {}
    for pk, at in facts.order_by("at").values_list("subject_id", "at"):
        months.setdefault(pk, f"{clock.day_of(at):%Y-%m}")
    found: list[Record] = []
    ids = sorted(months)
    for start in range(0, len(ids), 5000):  # what one statement may hold
        of_division = Case.objects.filter(pk__in=ids[start : start + 5000], division=division)
        rows = of_division.values_list("pk", "unit__code")
        found += [Record("case", pk, f"{months[pk]} {code or '-'}") for pk, code in rows]
    return found


def title_of(case: Case) -> str:
    """What a case is called on a call list."""
    return f"{case.label} {case.title}"


def phone_of(case: Case) -> str:
    """The number the customer rang from, else the one we have of him."""
    text = getattr(case, "text", None)
    return (text.phone if text else "") or case.customer.phone


# -- months, quarters, lists ----------------------------------------------------------------------


def done_between(division: int, first: date, last: date) -> QuerySet[Callback]:
    """Call-backs with a result that were made in some days."""
    return Callback.objects.filter(
        division_id=division,
        state=State.DONE,
        done_at__gte=clock.local(first),
        done_at__lt=clock.end_of(last),
    )


def suggestions(divisions: Collection[int]) -> QuerySet[Suggestion]:
    """The improvement list."""
    found = Suggestion.objects.filter(division_id__in=divisions)
    return found.select_related("callback__customer", "owner", "decided_by")


def suggestions_between(division: int, first: date, last: date) -> QuerySet[Suggestion]:
    """The lines that came onto the list in some days, in their order."""
    found = suggestions([division]).filter(at__gte=clock.local(first), at__lt=clock.end_of(last))
    return found.order_by("id")


def projects(divisions: Collection[int]) -> QuerySet[Project]:
    """The register of projects."""
    found = Project.objects.filter(division_id__in=divisions)
    return found.select_related("customer", "responsible", "file")


def calls_of(matter_kind: str, matter_id: int) -> QuerySet[Callback]:
    """Every call-back about one matter, oldest first, with its result."""
    found = Callback.objects.filter(matter_kind=matter_kind, matter_id=matter_id)
    return found.select_related("result", "done_by").order_by("id")


def plan_of(customer: Any) -> RegularPlan | None:
    """The plan of a customer's regular call."""
    return RegularPlan.objects.filter(customer=customer).first()


def files_due(day: date, divisions: Collection[int]) -> QuerySet[CallbackFile]:
    """Call-back files whose next period has begun."""
    return CallbackFile.objects.filter(next_on__lte=day, project__division_id__in=divisions)


def mean_marks(results: Collection[Result]) -> dict[str, tuple[Decimal | None, int]]:
    """Of each item its mean mark and how often it was marked."""
    marks: dict[str, list[int]] = {}
    for result in results:
        for item, mark in result.marks.items():
            if mark is not None:
                marks.setdefault(item, []).append(mark)
    return {item: (rules.mean(found), len(found)) for item, found in marks.items()}
