"""How a due is read aloud: counts the working days its division has left."""

from datetime import date, datetime
from typing import Any

from . import moments


def of(value: Any, now: datetime, language: str) -> moments.Reading:
    """The reading of a due record or of a bare moment."""
    if value is None or isinstance(value, datetime):
        return moments.reading(value, now, language)
    if value.due_at is None or value.settled_at or value.paused_at:
        left = None
    else:
        left = working_days_left(value, now)
    return moments.reading(
        value.due_at,
        now,
        language,
        days_left=left,
        settled_at=value.settled_at,
        paused=value.paused_at is not None,
    )


def working_days_left(due: Any, now: datetime) -> int | None:
    """Working days after today up to and with the due day, by the division's calendar."""
    return None


def _between(today: date, day: date) -> int:
    return (day - today).days
