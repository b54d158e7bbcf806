"""When a letter may leave, and when to try again. Pure."""

from datetime import datetime, time, timedelta

from shouwen.ground.foundation import clock

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""Waits between attempts; after the last one the letter is given up, visibly."""


def quiet_until(moment: datetime, begins: time, ends: time) -> datetime | None:
    """The end of the quiet hours a moment lies in, or None."""
    local = moment.astimezone(clock.COMPANY_ZONE)
    day, now = local.date(), local.time()
    if begins <= ends:
        return clock.local(day, ends) if begins <= now < ends else None
    if now >= begins:
        return clock.local(day + timedelta(days=1), ends)
    return clock.local(day, ends) if now < ends else None


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts, or None: it is given up."""
    return now + BACK_OFF[attempts - 1] if attempts <= len(BACK_OFF) else None
