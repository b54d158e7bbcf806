"""The month's indicators of service (R2-18, R6-19, R7-71): division, departments, people.

Four figures: satisfaction rate, what was kept in time, cases taken up again, complaints about
staff. Each is counted by the condition that its list is read by, so that a number opens its list.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied.periods import before
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.ground.policy.shapes import Clause
from shouwen.work.cases.models import Case
from shouwen.work.surveys import bounds
from shouwen.work.surveys.models import Rating
from shouwen.work.surveys.rules import rate

from .rows import month


@dataclass(frozen=True)
class Figure:
    """One figure of a month beside its target and the month before. `most`: less is better."""

    part: int
    whole: int
    value: Decimal | None
    before: Decimal | None
    target: Decimal | None = None
    most: bool = False
    clauses: tuple[str, ...] = ()

    @property
    def missed(self) -> bool:
        """Whether the target is not reached; without target or value nothing is missed."""
        if self.target is None or self.value is None:
            return False
        return self.value > self.target if self.most else self.value < self.target


@dataclass(frozen=True)
class Line:
    """The figures of the division (key 0), of a unit or of a person."""

    key: int
    satisfaction: Figure
    in_time: Figure
    reopened: Figure
    staff: Figure


@dataclass(frozen=True)
class Span:
    """A month of a division, from its first moment to the first one after it."""

    division: int
    since: datetime
    until: datetime


def span(division: Unit | int, period: str) -> Span:
    """The moments of a month; ValueError for what is none."""
    days = month(period)
    return Span(org.key(division), clock.local(days.first), clock.end_of(days.last))


# -- the lists behind the figures -----------------------------------------------------------------


def ratings_of(division: Unit | int, period: str) -> QuerySet[Rating]:
    """The marks of a month that count."""
    return _ratings(span(division, period))


def _ratings(one: Span) -> QuerySet[Rating]:
    return Rating.objects.filter(
        division=one.division, at__gte=one.since, at__lt=one.until, replaced_by__isnull=True
    )


def limits_of(division: Unit | int, period: str) -> QuerySet[Due]:
    """The time limits that were settled in a month, kept or not."""
    return _limits(span(division, period))


def _limits(one: Span) -> QuerySet[Due]:
    """Found by the facts of the month: settled dues have no index of their own."""
    settled = Entry.objects.filter(
        event="due.settled", at__gte=one.since, at__lt=one.until, subject_kind="due"
    )
    return Due.objects.filter(
        pk__in=settled.values("subject_id"), division=one.division, kind=Due.Kind.DEADLINE,
        cancelled=False,
    )  # fmt: skip


def reopened_of(division: Unit | int, period: str) -> QuerySet[Case]:
    """The cases that had to be taken up again in a month: decided anew, or opened again."""
    return _reopened(span(division, period))


def _reopened(one: Span) -> QuerySet[Case]:
    again = Entry.objects.filter(
        event__in=("case.reopened", "case.taken_up"), at__gte=one.since, at__lt=one.until,
        subject_kind="case",
    )  # fmt: skip
    return Case.objects.filter(pk__in=again.values("subject_id"), division=one.division)


ABOUT_STAFF = Q(low=True, person__isnull=False)
"""Marks so bad that they are followed up, and that name somebody."""


# -- the figures ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Targets:
    """What the company set, of all clauses that ask for it the strictest."""

    clauses: tuple[str, ...] = ()
    satisfied_from: int | None = None
    """Until the company has said from which mark on a customer is satisfied, none is."""
    satisfaction: Decimal | None = None
    reply: Decimal | None = None
    reopened: Decimal | None = None
    staff: Decimal | None = None


def targets(division: Unit | int, at: datetime) -> Targets:
    """The targets of the division and its departments."""
    return _targets(bounds.unit_clauses(division, at), division, at)


def personal_targets(division: Unit | int, at: datetime) -> Targets:
    """The targets of each person (R7-71)."""
    clause = bounds.person_clause(division, at)
    return _targets([clause] if clause else [], division, at)


def _targets(clauses: Collection[Clause], division: Unit | int, at: datetime) -> Targets:
    def strictest(name: str, pick: Callable[[Iterable[Decimal]], Decimal]) -> Decimal | None:
        found = [bounds.of_company(one, name, division, at) for one in clauses]
        known = [Decimal(one) for one in found if one is not None]
        return pick(known) if known else None

    edge = strictest("satisfied_from", max)
    return Targets(
        tuple(one.id for one in clauses),
        int(edge) if edge is not None else None,
        strictest("satisfaction_target", max),
        strictest("reply_target", max),
        strictest("reopened_limit", min),
        strictest("staff_limit", min),
    )


@dataclass
class Counts:
    """What a month came to, by unit or person; key 0 is the division as a whole."""

    rated: Counter[int] = field(default_factory=Counter)
    satisfied: Counter[int] = field(default_factory=Counter)
    limits: Counter[int] = field(default_factory=Counter)
    kept: Counter[int] = field(default_factory=Counter)
    reopened: Counter[int] = field(default_factory=Counter)
    staff: Counter[int] = field(default_factory=Counter)


def count(one: Span, by: str, satisfied_from: int | None) -> Counts:
    """Count a month by `unit` or `person`; three statements."""
    found = Counts()
    satisfied = Q(mark__gte=satisfied_from) if satisfied_from is not None else Q(pk__in=())
    marks = _ratings(one).order_by().values_list(f"{by}_id")
    for key, *rest in marks.annotate(
        n=Count("pk"), good=Count("pk", satisfied), bad=Count("pk", ABOUT_STAFF)
    ):
        _add(key, zip((found.rated, found.satisfied, found.staff), rest, strict=True))
    limits = _limits(one).order_by().values_list(f"{by}_id")
    for key, *rest in limits.annotate(n=Count("pk"), kept=Count("pk", Q(missed_at__isnull=True))):
        _add(key, zip((found.limits, found.kept), rest, strict=True))
    column = "unit_id" if by == "unit" else "first_owner_id"
    for key, times in _reopened(one).order_by().values_list(column).annotate(n=Count("pk")):
        _add(key, [(found.reopened, times)])
    return found


def _add(key: int | None, counted: Iterable[tuple[Counter[int], int]]) -> None:
    for counter, times in counted:
        counter[0] += times
        if key:
            counter[key] += times


def lines(division: Unit | int, period: str, by: str = "unit") -> list[Line]:
    """The division first, then its departments or its people; six statements."""
    now, then = span(division, period), span(division, before("month", month(period)).key)
    at = min(now.until, clock.now())
    wanted = targets(division, at) if by == "unit" else personal_targets(division, at)
    this, last = count(now, by, wanted.satisfied_from), count(then, by, wanted.satisfied_from)
    keys = sorted({*this.rated, *this.limits, *this.reopened, *this.staff} - {0})
    return [_line(key, this, last, wanted) for key in (0, *keys)]


def of_division(division: Unit | int, period: str) -> Line:
    """The line of the division as a whole."""
    return lines(division, period)[0]


def _line(key: int, this: Counts, last: Counts, wanted: Targets) -> Line:
    def share(part: str, whole: str, target: Decimal | None) -> Figure:
        now = getattr(this, part)[key], getattr(this, whole)[key]
        then = getattr(last, part)[key], getattr(last, whole)[key]
        return Figure(*now, rate(*now), rate(*then), target, clauses=wanted.clauses)

    def number(name: str, most: Decimal | None) -> Figure:
        now, then = getattr(this, name)[key], getattr(last, name)[key]
        value, former = Decimal(now), Decimal(then)
        return Figure(now, now, value, former, most, most=True, clauses=wanted.clauses)

    return Line(
        key,
        _satisfaction(key, this, wanted)
        if wanted.satisfied_from is None
        else share("satisfied", "rated", wanted.satisfaction),
        share("kept", "limits", wanted.reply),
        number("reopened", wanted.reopened),
        number("staff", wanted.staff),
    )


def _satisfaction(key: int, this: Counts, wanted: Targets) -> Figure:
    """How many gave a mark, and no rate: what counts as satisfied is not set."""
    return Figure(0, this.rated[key], None, None, wanted.satisfaction, clauses=wanted.clauses)
