"""Numbers without gap and without repeat: one counter row a series and period.

The row is locked until the caller's transaction ends; a rollback gives the number back. Take the
number last, so that writers of the same series wait for a moment only.
"""

from datetime import date, datetime
from typing import Literal

from django.db import connection, transaction
from django.db.models import F

from shouwen.ground.foundation import clock

from .models import Serial

Period = Literal["month", "year"]


def period_of(period: Period, day: date) -> str:
    """`2025-05`, or `2025`: when a series begins again."""
    return f"{day:%Y-%m}" if period == "month" else f"{day:%Y}"


def written(pattern: str, day: date, n: int) -> str:
    """The number as it is written; past its width it grows: 99, 100."""
    year = f"{day.year:04}"
    return pattern.format(yy=year[2:], yyyy=year, mm=f"{day.month:02}", dd=f"{day.day:02}", n=n)


def next_number(series: str, pattern: str, period: Period, on: date | datetime) -> str:
    """The next number of a series, within the caller's transaction.

    `on` is the company's day, or a moment that falls on it.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number belongs to what it numbers: atomic")
    day = clock.day_of(on) if isinstance(on, datetime) else on
    counter = Serial.objects.filter(series=series, period=period_of(period, day))
    if not counter.update(last=F("last") + 1):
        row = Serial(series=series, period=period_of(period, day))
        Serial.objects.bulk_create([row], ignore_conflicts=True)
        counter.update(last=F("last") + 1)
    return written(pattern, day, counter.values_list("last", flat=True).get())
