"""The only clock. Nothing else reads the wall clock, so a whole day can be rehearsed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COMPANY_ZONE = ZoneInfo(os.environ.get("SHOUWEN_TIME_ZONE", "Asia/Shanghai"))
_rehearsed: ContextVar["Rehearsal | None"] = ContextVar("rehearsed", default=None)


class Rehearsal:
    """A moment that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def move(self, to: datetime) -> None:
        """Go to another moment, earlier or later."""
        self.at = to

    def wait(self, **amount: float) -> None:
        """Let time pass: `wait(days=1, minutes=15)`."""
        self.at += timedelta(**amount)


def now() -> datetime:
    """This moment in UTC, or the rehearsed one."""
    rehearsal = _rehearsed.get()
    return rehearsal.at if rehearsal else datetime.now(UTC)


def outside() -> datetime:
    """This moment outside of any rehearsal: a browser stays signed in by no rule of the company."""
    return datetime.now(UTC)


def today() -> date:
    """The company's calendar day."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The company's calendar day of a moment."""
    return moment.astimezone(COMPANY_ZONE).date()


def local(day: date, at: time = time.min) -> datetime:
    """A moment of the company's day, aware."""
    return datetime.combine(day, at, tzinfo=COMPANY_ZONE)


def end_of(day: date) -> datetime:
    """The first moment after the day: due before it, late from it on."""
    return local(day + timedelta(days=1))


def wait(amount: timedelta) -> None:
    """Let time pass inside a rehearsal; outside of one there is nothing to hurry."""
    rehearsal = _rehearsed.get()
    if rehearsal is None:
        raise RuntimeError("only a rehearsed clock can be moved")
    rehearsal.at += amount


@contextmanager
def rehearsal(at: datetime | str) -> Iterator[Rehearsal]:
    """Run as if it were another moment; text without a zone is company time."""
    moment = datetime.fromisoformat(at) if isinstance(at, str) else at
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=COMPANY_ZONE)
    token = _rehearsed.set(Rehearsal(moment))
    try:
        current = _rehearsed.get()
        assert current is not None
        yield current
    finally:
        _rehearsed.reset(token)
