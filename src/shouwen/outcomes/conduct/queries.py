"""The only lists and counts of conduct."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.models import Case, Kind
from shouwen.work.interactions.models import Channel, Direction, Interaction

from . import norms
from .access import inspected, led, of_interest, visible_findings, visible_reviews
from .models import Finding, Grievance, Mark, Review

MONTH = timedelta(days=31)
"""What is older is not drawn for a review any more: nobody remembers the call."""


@dataclass(frozen=True)
class Average:
    """The mean mark of an item, of one person or of all."""

    person: int | None
    item: str
    mark: Decimal
    reviews: int
    passed: int


@dataclass(frozen=True)
class ClauseFigures:
    """What one clause shows in a period: mean of its items, findings each counted once."""

    clause: str
    mark: Decimal | None
    reviews: int
    findings: int


def averages(
    division: Unit | int, since: date, until: date, person: Person | None = None
) -> list[Average]:
    """The mean of each item by person in the days (inclusive); one statement (R2-02)."""
    found = _marks(division, since, until)
    if person is not None:
        found = found.filter(review__person=person)
    rows = found.values("review__person", "item").annotate(
        mean=Avg("mark"), n=Count("id"), passed=Count("id", filter=Q(passed=True))
    )
    return [
        Average(row["review__person"], row["item"], _rounded(row["mean"]), row["n"], row["passed"])
        for row in rows.order_by("review__person", "item")
    ]


def _marks(division: Unit | int, since: date, until: date) -> QuerySet[Mark]:
    return Mark.objects.filter(
        review__division=division,
        review__at__gte=clock.local(since),
        review__at__lt=clock.end_of(until),
    )


def _rounded(mean: float | None) -> Decimal:
    return Decimal(str(mean or 0)).quantize(Decimal("0.01"))


def by_clause(
    division: Unit | int, since: date, until: date, at: datetime
) -> dict[str, ClauseFigures]:
    """For each norm clause its figures; two statements. Clauses that share an item show the same
    figure, and the findings are those that name the clause (R6-03, R6-04)."""
    marks = _marks(division, since, until).values("item")
    by_item = {
        row["item"]: (row["total"] or 0, row["n"])
        for row in marks.annotate(total=Avg("mark"), n=Count("id")).order_by()
    }
    codes = _codes(division, since, until)
    found = {}
    for one in norms.norms(division, at):
        items = [by_item[item] for item in one.spec.inspected if item in by_item]
        number = sum(n for _mean, n in items)
        total = sum(mean * n for mean, n in items)
        findings = sum(codes.get(code, 0) for code in {*one.spec.inspected, *one.spec.violations})
        if one.spec.during or one.spec.violations or one.spec.inspected:
            mark = _rounded(total / number) if number else None
            found[one.id] = ClauseFigures(one.id, mark, number, findings)
    return found


def _codes(division: Unit | int, since: date, until: date) -> dict[str, int]:
    rows = opened_between(division, since, until).values("code").annotate(n=Count("id"))
    return {row["code"]: row["n"] for row in rows.order_by()}


def opened_between(division: Unit | int, since: date, until: date) -> QuerySet[Finding]:
    """Findings of the days (inclusive); what was dropped does not count against anybody."""
    return Finding.objects.filter(
        division=division,
        opened_at__gte=clock.local(since),
        opened_at__lt=clock.end_of(until),
    ).exclude(state=Finding.State.DROPPED)


def count_findings(division: Unit | int, since: date, until: date) -> int:
    """How many there are: one that two clauses refer to is one."""
    return opened_between(division, since, until).count()


def findings(
    person: Person, *, state: str = "", code: str = "", q: str = "", mine: bool = False
) -> QuerySet[Finding]:
    """The findings a person may read."""
    found = visible_findings(person)
    if mine:
        found = found.filter(person=person)
    if state:
        found = found.filter(state=state)
    if code:
        found = found.filter(code=code)
    if q:
        found = found.filter(Q(number__startswith=q) | Q(person__name_zh__icontains=q))
    return found


def reviews(person: Person, *, q: str = "") -> QuerySet[Review]:
    """The reviews a person may read."""
    found = visible_reviews(person)
    return found.filter(Q(title__icontains=q) | Q(person__name_zh__icontains=q)) if q else found


def not_reviewed(person: Person, at: datetime) -> QuerySet[Interaction]:
    """Calls and visits of a month that he may review and nobody did yet, the newest first.

    Those of the people he leads, or of a division that he inspects.
    """
    reviewed = Review.objects.filter(contact_kind="interaction", contact_id=OuterRef("pk"))
    found = Interaction.objects.filter(
        Q(unit__in=led(person, at)) | Q(division__in=inspected(person, at)),
        direction=Direction.IN, channel__in=[Channel.PHONE, Channel.VISIT], at__gte=at - MONTH,
    )  # fmt: skip
    found = found.exclude(taker=person).filter(~Exists(reviewed), taker__isnull=False)
    return found.select_related("text", "taker").order_by("-id")


def complaint_calls(person: Person, at: datetime) -> QuerySet[Interaction]:
    """Of these the calls in which somebody complained (R2-01)."""
    complaints = Case.objects.filter(kind__in=(Kind.COMPLAINT, Kind.QUALITY))
    return not_reviewed(person, at).filter(
        channel=Channel.PHONE, matter_kind="case", matter_id__in=complaints.values("pk")
    )


def open_grievances(person: Person) -> QuerySet[Grievance]:
    """Complaints about people one stands above that wait for a decision."""
    found = Grievance.objects.filter(state=Grievance.State.OPEN).exclude(person=person)
    units = led(person, clock.now())
    appointed = Q(person__appointments__post__unit__in=units, person__appointments__until=None)
    return found.filter(appointed).distinct().select_related("person").order_by("-id")


def readable(person: Person) -> Q:
    """The filter of what a person may read about people."""
    return of_interest(person)
