"""Which period of a project's calls a day lies in, counted from its delivery. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
"""How many months the periods of a clause last."""


@dataclass(frozen=True)
class Rhythm:
    """What one clause asks: a call each period, in a span of months after delivery."""

    clause: str
    per: str
    role: str
    from_months: int = 0
    until_months: int | None = None


@dataclass(frozen=True)
class Period:
    """One period with its clause; both days belong to it."""

    rhythm: Rhythm
    first: date
    last: date

    @property
    def key(self) -> str:
        """Its name: the day it begins."""
        return self.first.isoformat()


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def periods(delivered_on: date, rhythms: Sequence[Rhythm], since: date) -> Iterator[Period]:
    """The periods that end on or after a day, one after another without gap or overlap.

    They begin on the day after delivery. A rhythm begins where the one before it ends; without an
    end it goes on for ever.
    """
    for rhythm in sorted(rhythms, key=lambda one: one.from_months):
        step, months = MONTHS[rhythm.per], rhythm.from_months
        end = rhythm.until_months
        while end is None or months < end:
            upto = months + step if end is None else min(months + step, end)
            first = after_months(delivered_on, months) + timedelta(days=1)
            last = after_months(delivered_on, upto)
            if last >= since:
                yield Period(rhythm, first, last)
            months = upto
