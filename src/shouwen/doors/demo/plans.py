"""What will happen in the demo's year: each complaint drawn before it is played.

Drawn from a fixed seed, so that two installations of one day tell one story.
"""

import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shouwen.ground.foundation import clock
from shouwen.work.customers.models import Shipment

from .company import Company

SEED = 4_87
COMPLAINTS = 400
MONTHS = 12
DRAWN = 16
LATELY = timedelta(days=42)
"""For so long something may lie with somebody; what is older has been done."""


@dataclass(frozen=True)
class Plan:
    """One complaint before it happens."""

    index: int
    opened_at: datetime
    days: float
    shipment: int
    fault: int
    """Which of the faults that its part can have, drawn before the part is known."""
    method: str
    amount: int
    upheld: bool
    negligence: bool
    rnd: bool
    tracked: bool
    severity: int
    sent_back: bool
    refiled: bool
    """The customer does not accept the conclusion: a second form is filed."""
    petition: str
    """A department objects to the decision: `upheld`, `rejected`, or nobody does."""
    claim: bool
    """A supplier is liable for a part."""
    halts_at: str = ""
    """The step at which nobody has moved it yet."""


def plans(company: Company, at: datetime) -> list[Plan]:
    """Every complaint of the year up to a moment, oldest first; the same for the same day."""
    draw = random.Random(SEED)  # noqa: S311 - a story, not a secret
    today = clock.day_of(at)
    first = today - timedelta(days=30 * MONTHS)
    days = sorted(draw.randrange((today - first).days) for _ in range(COMPLAINTS))
    found = _shipments(company, today)
    shipped, days_shipped = [pk for pk, _on in found], [on for _pk, on in found]
    made = []
    for index, day in enumerate(days):
        opened = _working_day(first + timedelta(days=day))
        earlier = bisect_left(days_shipped, opened - timedelta(days=3))
        if not earlier:
            continue
        moment = clock.local(min(opened, today), time(8 + draw.randrange(9), draw.randrange(60)))
        made.append(_plan(draw, index, moment, shipped[max(0, earlier - 40) : earlier]))
    return [plan for plan in made if plan.opened_at < at]


def _plan(draw: random.Random, index: int, moment: datetime, shipped: list[int]) -> Plan:
    method = draw.choices(
        ["allowance", "return", "compensation", "exchange", "rework", "none"],
        [34, 24, 10, 6, 10, 16],
    )[0]
    late = draw.random() < 0.13
    return Plan(
        index=index,
        opened_at=moment,
        days=draw.uniform(16, 24) if late else draw.uniform(5, 13),
        shipment=draw.choice(shipped),
        fault=draw.randrange(DRAWN),
        method=method,
        amount=draw.choice([600, 900, 1500, 2400, 3200, 4800, 8600, 15000, 36000, 68000]),
        upheld=method != "none",
        negligence=draw.random() < 0.22,
        rnd=draw.random() < 0.25,
        tracked=draw.random() < 0.3,
        severity=draw.choices([1, 2, 3], [70, 24, 6])[0],
        sent_back=draw.random() < 0.12,
        refiled=draw.random() < 0.06,
        petition=draw.choices(["", "upheld", "rejected"], [93, 2, 5])[0],
        claim=draw.random() < 0.05,
    )


def _shipments(company: Company, today: date) -> list[tuple[int, date]]:
    """Those of the past that are big enough to complain of, by day."""
    found = Shipment.objects.filter(
        order_line__order__division=company.division, shipped_on__lt=today, quantity__gte=20
    )
    return [*found.order_by("shipped_on", "id").values_list("id", "shipped_on")]


def _working_day(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def is_old(moment: datetime, until: datetime) -> bool:
    """Whether whatever began at a moment has long been carried through."""
    return moment < until - LATELY


def in_hours(moment: datetime) -> datetime:
    """Moved into the hours of a working day; later moments stay later on the same day."""
    local = moment.astimezone(clock.COMPANY_ZONE)
    minutes = (local.hour * 60 + local.minute) * 9 // 24
    day = clock.local(_working_day(local.date()), time(8, 30))
    return day + timedelta(minutes=minutes, seconds=local.second)
