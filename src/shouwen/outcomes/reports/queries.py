"""The only lists and counts of reports; a number and its list are one query."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import (
    Avg,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncMonth

from shouwen.engines.dues.tied.periods import before, period_of
from shouwen.ground.foundation import clock
from shouwen.outcomes.assessment.models import Improvement, LossShare
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case, CaseLine

from . import rows
from .models import Report

YEAR = timedelta(days=365)
MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One month of the trend."""

    period: str
    cases: int = 0
    late: int = 0
    loss_cents: int = 0


def trend(division: int, until: str, months: int = MONTHS) -> list[Month]:
    """Closed complaints of the months up to one; two statements over the cases of these months."""
    spans = [rows.month(until)]
    while len(spans) < months:
        spans.append(before("month", spans[-1]))
    spans.reverse()
    closed = closed_in([division], spans[0].first, spans[-1].last)
    at = TruncMonth("closed_at", tzinfo=clock.COMPANY_ZONE)
    late = Count("pk", filter=Q(closed_at__gte=F("due_at")))
    counted = closed.order_by().annotate(at=at).values("at").annotate(count=Count("pk"), late=late)
    found = {_month_of(row["at"]): (row["count"], row["late"]) for row in counted}
    losses = _losses(division, spans[0].first, spans[-1].last)
    return [
        Month(
            span.key,
            *found.get(span.key, (0, 0)),
            losses.get(span.key, 0),
        )
        for span in spans
    ]


def _losses(division: int, first: date, last: date) -> dict[str, int]:
    shares = LossShare.objects.filter(
        case__division=division, case__kind="quality_complaint",
        case__closed_at__gte=clock.local(first), case__closed_at__lt=clock.end_of(last),
    )  # fmt: skip
    at = TruncMonth("case__closed_at", tzinfo=clock.COMPANY_ZONE)
    summed = shares.order_by().annotate(at=at).values("at").annotate(total=Sum("amount_cents"))
    return {_month_of(row["at"]): row["total"] for row in summed}


def _month_of(moment: datetime) -> str:
    return clock.day_of(moment).isoformat()[:7]


def closed_in(divisions: Collection[int], first: date, last: date) -> QuerySet[Case]:
    """Complaints closed in the days, both included; one index range a division."""
    return Case.objects.filter(
        division__in=divisions, kind="quality_complaint",
        closed_at__gte=clock.local(first), closed_at__lt=clock.end_of(last),
    )  # fmt: skip


def closed_late(found: QuerySet[Case]) -> QuerySet[Case]:
    """Those of them that were closed after their time."""
    return found.filter(closed_at__gte=F("due_at"))


def editions(report: Report) -> list[Report]:
    """Every edition of the same paper, the newest first."""
    found = Report.objects.filter(division=report.division_id, key=report.key, period=report.period)
    return list(found.select_related("drawn_up_by").order_by("-edition"))


@dataclass(frozen=True)
class Difference:
    """How a sheet that was signed differs from a count of today."""

    new: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def difference(report: Report) -> Difference:
    """Which closed complaints of the month are not on the sheet, and the other way round."""
    days = rows.month(report.period)
    closed = cases.closed_between(report.division_id, days.first, days.last)
    now = dict(closed.values_list("pk", "number"))
    then = {row["case"]: row["number"] for row in report.rows}
    return Difference(
        tuple(str(now[pk]) for pk in now if pk not in then),
        tuple(then[pk] for pk in then if pk not in now),
    )


# -- the indicators of R4-01 ----------------------------------------------------------------------


def year_to(day: date) -> tuple[date, date]:
    """The twelve months that end on a day."""
    return day - YEAR + timedelta(days=1), day


def closing_days(divisions: Collection[int], day: date) -> tuple[int, Decimal | None]:
    """How many complaints were closed in the year, and how many days it took on average (R4-59)."""
    took = ExpressionWrapper(F("closed_at") - F("accepted_at"), DurationField())
    closed = closed_in(divisions, *year_to(day))
    found = closed.aggregate(count=Count("pk"), took=Avg(took))
    if found["took"] is None:
        return found["count"], None
    days = Decimal(found["took"].total_seconds()) / 86_400
    return found["count"], days.quantize(Decimal("0.1"))


def accepted_in(divisions: Collection[int], day: date) -> QuerySet[Case]:
    """Complaints accepted in the year; a form filed anew for the same matter is no new one."""
    first, last = year_to(day)
    return Case.objects.filter(
        division__in=divisions, kind="quality_complaint", origin__isnull=True,
        accepted_at__gte=clock.local(first), accepted_at__lt=clock.end_of(last),
    )  # fmt: skip


def repeated_in(divisions: Collection[int], day: date) -> QuerySet[Case]:
    """Those of them whose customer had the same trouble with the same part within a year before.

    The same trouble is the same complaint item, which is known once quality has looked into it.

    Cost: for each line of the year one look at the index `line_of_part`.
    """
    year_before = ExpressionWrapper(OuterRef("case__accepted_at") - YEAR, DateTimeField())
    earlier = CaseLine.objects.filter(
        part_number=OuterRef("part_number"), case__customer=OuterRef("case__customer"),
        case__cause_item=OuterRef("case__cause_item"),
        case__kind="quality_complaint", case__accepted_at__lt=OuterRef("case__accepted_at"),
        case__accepted_at__gte=year_before,
    ).exclude(case__state="void")  # fmt: skip
    again = CaseLine.objects.filter(Exists(earlier), case=OuterRef("pk"))
    return accepted_in(divisions, day).exclude(cause_item="").filter(Exists(again))


def improvements_in(divisions: Collection[int], day: date) -> QuerySet[Improvement]:
    """Improvement projects whose day fell into the year; one index range a division."""
    first, last = year_to(day)
    return Improvement.objects.filter(
        division__in=divisions, kind=Improvement.Kind.PROJECT, due_on__range=(first, last)
    )


def improvements_done(divisions: Collection[int], day: date) -> QuerySet[Improvement]:
    """Those of them whose effect was confirmed."""
    return improvements_in(divisions, day).filter(verdict="effective")


def months_before(division: int, day: date, months: int = MONTHS) -> list[str]:
    """The months before the running one, the newest first: what may be drawn up."""
    spans = [before("month", period_of("month", day))]
    while len(spans) < months:
        spans.append(before("month", spans[-1]))
    return [span.key for span in spans]
