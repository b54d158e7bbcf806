"""Days, weeks, months, quarters, years: which one a day lies in, and when its duty is due. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Every = Literal["day", "working_day", "week", "month", "quarter", "year"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Period:
    """One period with the name under which papers speak of it: `2026-02`, `2026-Q1`, `2026-W11`."""

    key: str
    first: date
    last: date


def period_of(every: Every, day: date) -> Period:
    """The period a day lies in."""
    if every in ("day", "working_day"):
        return Period(day.isoformat(), day, day)
    if every == "week":
        monday = day - timedelta(days=day.weekday())
        year, week, _weekday = day.isocalendar()
        return Period(f"{year}-W{week:02}", monday, monday + timedelta(days=6))
    if every == "month":
        return Period(f"{day:%Y-%m}", day.replace(day=1), _end_of_month(day.year, day.month))
    if every == "quarter":
        quarter = (day.month + 2) // 3
        last = _end_of_month(day.year, quarter * 3)
        return Period(f"{day.year}-Q{quarter}", date(day.year, quarter * 3 - 2, 1), last)
    return Period(f"{day.year}", date(day.year, 1, 1), date(day.year, 12, 31))


def before(every: Every, period: Period) -> Period:
    """The period before."""
    return period_of(every, period.first - timedelta(days=1))


def after(every: Every, period: Period) -> Period:
    """The period after."""
    return period_of(every, period.last + timedelta(days=1))


def opening(every: Every, period: Period, *, opens_day: int = 1, month: int | None = None) -> date:
    """The first day on which the duty of a period stands on the desk."""
    if every == "year" and month:
        return date(period.first.year, month, min(opens_day, 28))
    return min(period.first + timedelta(days=opens_day - 1), period.last)


def closing(
    every: Every,
    period: Period,
    *,
    due_day: int | None = None,
    inclusive: bool = True,
    month: int | None = None,
    weekday: str = "",
) -> date:
    """The last day on which it is in time. 十日前 takes in the tenth unless told otherwise."""
    if weekday:
        return period.first + timedelta(days=WEEKDAYS.index(weekday))
    if every == "year" and month:
        return _end_of_month(period.first.year, month)
    if due_day is None:
        return period.last
    last = min(period.first + timedelta(days=due_day - 1), period.last)
    return last if inclusive else last - timedelta(days=1)


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
