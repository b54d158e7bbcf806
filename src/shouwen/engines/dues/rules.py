"""When a thing is due, when to warn, what happens at a moment. Pure: values in, values out.

Days: due = start day + n, until the end of that day in company time; the start day is not counted.
Hours are working hours. A pause takes out the days at whose end it held, or its working minutes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.worktime import Calendar, DayCount, Unit

MORNING = time(8, 30)
"""When people are warned on a day the company does not work."""
ANY_ROW = "any"
"""The row of a table that holds for whatever has none of its own."""
TIMES = ("minutes", "hours", "days")
"""Columns in which a table may give a time."""
LATE_AFTER = timedelta(hours=1)
"""What is said later than this after its moment is marked late: the worker was down."""


@dataclass(frozen=True)
class Span:
    """A pause; open while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Term:
    """How long somebody has: days or minutes of work, from a start; neither means no moment."""

    start: datetime
    days: int | None = None
    minutes: int | None = None
    count: Unit = "calendar"


@dataclass(frozen=True)
class Warn:
    """How long before the end people are warned."""

    days: Sequence[int] = ()
    hours: Sequence[float] = ()


def due_moment(calendar: Calendar, term: Term, pauses: Sequence[Span] = ()) -> datetime | None:
    """The first moment that is late."""
    if term.minutes is not None:
        return calendar.add(term.start, term.minutes + _paused_minutes(calendar, term, pauses))
    if term.days is not None:
        return clock.end_of(count_days(calendar, term, pauses)[-1].date)
    return None


def count_days(calendar: Calendar, term: Term, pauses: Sequence[Span] = ()) -> list[DayCount]:
    """Every day from the start to the last one counted; a paused day says so."""
    assert term.days is not None
    needed = term.days
    while True:
        days = [
            DayCount(day.date, False, N_("中止，不计"), day.name, day.estimated)
            if day.counted and _is_paused(day.date, pauses)
            else day
            for day in calendar.explain(term.start, needed, term.count)
        ]
        missing = term.days - sum(day.counted for day in days)
        if not missing:
            return days
        needed += missing


def warn_moments(
    calendar: Calendar, due_at: datetime, opened_at: datetime, warn: Warn
) -> list[datetime]:
    """When to warn, in order: in the morning so many days before the last day, or hours before.

    Moments before the opening are left out: a three-day task is not warned of five days ahead.
    """
    last_day = clock.day_of(due_at - timedelta.resolution)
    found = {morning(calendar, last_day - timedelta(days=days)) for days in warn.days}
    found |= {_before(calendar, due_at, hours) for hours in warn.hours}
    return sorted(moment for moment in found if opened_at < moment < due_at)


def morning(calendar: Calendar, day: date) -> datetime:
    """When people come to work on a day, or would."""
    spans = calendar.spans(day)
    return spans[0][0] if spans else clock.local(day, MORNING)


def _before(calendar: Calendar, due_at: datetime, hours: float) -> datetime:
    """So many working hours before a moment: the last one from which they still fit."""
    left, day = timedelta(hours=float(hours)), clock.day_of(due_at)
    for back in range(60):
        for begin, end in reversed(calendar.spans(day - timedelta(days=back))):
            end = min(end, due_at)
            if begin < end:
                if left <= end - begin:
                    return end - left
                left -= end - begin
    return due_at - timedelta(hours=float(hours))


def _is_paused(day: date, pauses: Sequence[Span]) -> bool:
    end = clock.end_of(day)
    return any(span.since < end and (span.until is None or span.until >= end) for span in pauses)


def _paused_minutes(calendar: Calendar, term: Term, pauses: Sequence[Span]) -> float:
    ended = [span for span in pauses if span.until is not None]
    return sum(
        calendar.between(max(span.since, term.start), max(span.until, term.start))
        for span in ended
        if span.until
    )


@dataclass(frozen=True)
class Woken:
    """What is said at a moment: warnings (moment, late), the miss, the report upward."""

    warnings: Sequence[tuple[datetime, bool]] = ()
    missed: bool = False
    escalated: bool = False
    late: bool = False


@dataclass(frozen=True)
class State:
    """What the sweep knows of a due."""

    due_at: datetime | None
    warn_at: Sequence[datetime]
    warned: int
    missed: bool
    escalated: bool
    wake_at: datetime | None


def wake(state: State, now: datetime) -> Woken:
    """What has come due by now; each warning once, the miss once, the report upward once."""
    passed = [moment for moment in state.warn_at[state.warned :] if moment <= now]
    warnings = [(moment, now - moment > LATE_AFTER) for moment in passed]
    missed = not state.missed and state.due_at is not None and state.due_at <= now
    upward = state.missed and not state.escalated and state.wake_at is not None
    escalated = upward and state.wake_at is not None and state.wake_at <= now
    moment = state.due_at if missed else state.wake_at
    late = (missed or escalated) and moment is not None and now - moment > LATE_AFTER
    return Woken(warnings, missed, escalated, late)


def next_wake(due_at: datetime | None, warn_at: Sequence[datetime], warned: int) -> datetime | None:
    """The next moment at which something is said before the miss."""
    return warn_at[warned] if warned < len(warn_at) else due_at


def days_for(days: int | Mapping[str, int] | None, facts: Mapping[str, Any]) -> int | None:
    """The days that hold for a region; None where the clause does not speak of it."""
    if isinstance(days, Mapping):
        return days.get(str(facts.get("region", "")))
    return days


def figures(kind: str, amount: Any) -> dict[str, int]:
    """Days, or minutes of working time, as a due keeps them: `figures("hours", 1.5)`."""
    if kind == "days":
        return {"days": int(amount)}
    return {"minutes": round(float(amount) * (60 if kind == "hours" else 1))}


def row_figures(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], picked: str
) -> dict[str, int] | None:
    """The time in the row of a table whose first cell is `picked`, else in the row for `any`."""
    first = columns[0]
    for wanted in (picked, ANY_ROW):
        for row in rows:
            if str(row.get(first)) != wanted:
                continue
            for kind in TIMES:
                if row.get(kind) is not None:
                    return figures(kind, row[kind])
    return None
