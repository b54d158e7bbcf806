"""Duties that come round with the calendar: each period once for every division concerned."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from shouwen.engines.dues import opening
from shouwen.engines.dues.clockwork import timing
from shouwen.engines.dues.kinds import DutySpec
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.calendars import calendar
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import clauses, periods
from .periods import Every, Period

LOOK_BACK = {"day": 31, "working_day": 31, "week": 8, "month": 12, "quarter": 4, "year": 2}
"""How many periods back a worker that stood still makes up for."""


@dataclass(frozen=True)
class Owed:
    """One duty of one division in one period, by one role."""

    clause: Clause
    division: Unit
    period: Period
    role: str
    since: date
    """From when the division works by the clause."""

    @property
    def spec(self) -> DutySpec:
        """The figures of the clause."""
        spec: DutySpec = self.clause.spec
        return spec

    @property
    def opens(self) -> date:
        """The day on which it comes on the desk."""
        spec = self.spec
        return periods.opening(
            _every(spec), self.period, opens_day=spec.opens_day, month=spec.month
        )

    @property
    def closes(self) -> date:
        """The last day on which it is in time."""
        spec = self.spec
        return periods.closing(
            _every(spec), self.period, due_day=self._due_day, inclusive=spec.inclusive,
            month=spec.month, weekday=spec.weekday,
        )  # fmt: skip

    @property
    def _due_day(self) -> int | None:
        """The day the text names, else the one the company has set for it."""
        spec = self.spec
        if spec.due_day is not None or not spec.value:
            return spec.due_day
        day = values.find(spec.value, self.division, self.opens)
        return int(day) if day is not None else None

    @property
    def about(self) -> str:
        """Name of the period the paper is about: a March sheet about February."""
        every, covers = _every(self.spec), self.spec.covers
        if covers.startswith("previous"):
            return periods.before(every, self.period).key
        if covers.startswith("next"):
            return periods.after(every, self.period).key
        return self.period.key

    @property
    def key(self) -> str:
        """Keeps it from being opened twice, by whatever worker."""
        return f"{self.clause.id}:{self.division.pk}:{self.about}:{self.role}"


def open_periodic(now: datetime | None = None) -> int:
    """Open the duties whose period has come; returns how many are new. Any number of workers.

    A division that begins with a regulation owes the period that runs, nothing before it. Dues that
    waited for a company value get their moment as soon as it is set.
    """
    now = now or clock.now()
    day = clock.day_of(now)
    series = [list(one) for one in _series(day)]
    keys = {owed.key for one in series for owed in one}
    known = set(Due.objects.filter(key__in=keys).values_list("key", flat=True))
    wanted = [owed for one in series for owed in _missing(one, known, day)]
    return sum(_open(owed, now) for owed in wanted) + timing.date_waiting(now)


def open_duty(
    clause: Clause, division: Unit, period: Period, *, now: datetime | None = None
) -> int:
    """Open one clause's duties of one period, whatever stands of others; returns how many."""
    now = now or clock.now()
    owed = (Owed(clause, division, period, role, period.first) for role in clause.spec.owners)
    return sum(_open(one, now) for one in owed)


def _series(day: date) -> Iterator[Iterator[Owed]]:
    """For each duty of each division and role: this period and those before it, newest first."""
    for division in org.divisions(day):
        adopted = ruling.editions(division.pk, day)
        since = {one.regulation: one.since for one in reversed(org.adoptions(division))}
        for clause in policy.in_force("duty", day, adopted=adopted):
            if clauses.is_periodic(clause):
                for role in clause.spec.owners:
                    begun = since[clause.regulation]
                    yield _back(clause, division, role, begun, day)


def _back(clause: Clause, division: Unit, role: str, since: date, day: date) -> Iterator[Owed]:
    every = _every(clause.spec)
    period = periods.period_of(every, day)
    for _turn in range(LOOK_BACK[every]):
        owed = Owed(clause, division, period, role, since)
        if owed.opens <= day and (every != "working_day" or calendar(division).works_on(day)):
            yield owed
        period = periods.before(every, period)


def _missing(series: list[Owed], known: Container[str | None], day: date) -> list[Owed]:
    """What is newer than the last one opened; of a series that never began, the running one."""
    new: list[Owed] = []
    for owed in series:
        if owed.key in known:
            return new
        if owed.closes >= owed.since:
            new.append(owed)
    return [owed for owed in new[:1] if owed.closes >= day]


def _every(spec: DutySpec) -> Every:
    assert clauses.comes_round(spec)
    return spec.every  # type: ignore[return-value]


def _open(owed: Owed, now: datetime) -> int:
    words = owed.spec.title or owed.clause.text
    due = Due(
        kind=Due.Kind.DUTY,
        title=N_("%(title)s（%(period)s）"),
        params={"title": {"zh": words.zh, "en": words.en}, "period": owed.about},
        clause=owed.clause.id,
        key=owed.key,
        subject_kind="unit",
        subject_id=owed.division.pk,
        matter_kind="unit",
        matter_id=owed.division.pk,
        division_id=owed.division.pk,
        role=owed.role,
        period=owed.about,
        start_at=clock.local(owed.opens),
        due_at=clock.end_of(owed.closes),
        warn_days=list(owed.spec.warn_days),
        warn_hours=list(owed.spec.warn_hours),
        stops=owed.spec.ends,
        link=owed.spec.link.format(
            subject_id=owed.division.pk, matter_id=owed.division.pk, period=owed.about
        ),
    )
    try:
        with transaction.atomic():
            return int(opening.place(due, by=None, at=now) is due)
    except IntegrityError:  # another worker was first; its due stands
        return 0
