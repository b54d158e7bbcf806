"""How a due is read aloud: counts the working days its division has left."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.org import calendars

from . import moments

FAR_DAYS = 120


def of(value: Any, now: datetime, language: str) -> moments.Reading:
    """The reading of a due record or of a bare moment."""
    if value is None:
        return moments.reading(None, now, language)
    if isinstance(value, datetime):
        left = working_days_left(value, now, None)
        return moments.reading(value, now, language, days_left=left)
    left = None
    if value.due_at and not value.settled_at and not value.paused_at:
        left = working_days_left(value.due_at, now, value.division_id)
    return moments.reading(
        value.due_at,
        now,
        language,
        days_left=left,
        settled_at=value.settled_at,
        paused=value.paused_at is not None,
    )


def working_days_left(due_at: datetime, now: datetime, division: int | None) -> int | None:
    """Working days after today up to and with the due day; None when that is too far to matter."""
    day, _hour = moments.last_day(due_at)
    today = clock.day_of(now)
    if not 0 <= (day - today).days <= FAR_DAYS:
        return None
    works_on = calendars.calendar(division).works_on
    return sum(works_on(today + timedelta(days=n)) for n in range(1, (day - today).days + 1))
