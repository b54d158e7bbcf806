"""Numbers without gap and without repeat: one counter row a series and period.

The row is locked until the caller's transaction ends; a rollback gives the number back. Take the
number last, so that writers of the same series wait for a moment only.
"""

from datetime import date, datetime
from typing import Literal

from django.db import connection, transaction

from shouwen.ground.foundation import clock

from .models import Serial

Period = Literal["month", "year"]
_COUNT = (
    f"INSERT INTO {Serial._meta.db_table} (series, period, last) VALUES (%s, %s, %s) "  # noqa: S608
    "ON CONFLICT (series, period) DO UPDATE "
    f"SET last = {Serial._meta.db_table}.last + EXCLUDED.last RETURNING last"
)
"""One statement begins a series, counts it on, and locks its row."""


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
    return next_numbers(series, pattern, period, on, 1)[0]


def next_numbers(
    series: str, pattern: str, period: Period, on: date | datetime, many: int
) -> list[str]:
    """The next so many numbers of a series, at least one; in one statement, however many."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number belongs to what it numbers: atomic")
    day = clock.day_of(on) if isinstance(on, datetime) else on
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [series, period_of(period, day), many])
        last = int(cursor.fetchone()[0])
    return [written(pattern, day, n) for n in range(last - many + 1, last + 1)]
