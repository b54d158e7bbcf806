"""What will happen at the demo's service centre: each contact of the year before it is played.

Drawn from a fixed seed, so that two installations of one day tell one story. Every month has
every way in which a customer can turn to the centre, and so has the week that ends today.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from shouwen.doors.demo.company import months_before
from shouwen.ground.foundation import clock

from . import sayings
from .sayings import Saying

SEED = 3_56
MONTHS, MONTH_DAYS = 12, 28
"""The year in calendar months, and the days of each on which something is told."""
EACH_MONTH = ("phone", "phone", "quick", "mail", "letter", "fax", "visit", "web", "api")
THIS_WEEK = ("phone", "visit", "web", "mail", "phone", "api", "letter", "quick", "fax")
"""Drawn once more for the last days, so that everybody finds work on his desk."""
ONCE = {
    "merged": 9, "unmerged": 47, "split": 6, "akin": 23, "second_call": 14,
    "reopened": 18, "anew": 74, "bounced": 152, "away": 83, "advert": 58, "unreadable": 1,
    "missed_call": 1, "upheld": 33, "grievance": 2, "expert": 120, "task": 28, "major": 61,
    "uncooperative": 39, "waiting": 0,
}  # fmt: skip
"""What happens now and then, and how many days ago it did."""
REPAIRS, REPAIR_MONTHS = ("phone", "web", "phone", "quick", "phone"), 6
"""What breaks in a month besides, for so many months: the centre lives on repairs."""
FIRST_ONCE, FIRST_REPAIR = 1000, 2000
"""Their plans are counted from here."""
LAST_DAYS = 4
A_WHILE, OPENS = timedelta(minutes=20), 9
AGENTS = ("liangxiaoman", "fuxinyi", "mengzihan")
ANYBODY = ("pengzhigang", "heyunxia", "niuxiaobing", "qiansuansuan", "leiguoqiang")
"""Who works elsewhere in the house and is asked by a customer all the same (R5-16)."""
KINDS = {
    "phone": ("consultation", "consultation", "consultation", "repair", "complaint", "request"),
    "quick": ("repair", "complaint", "consultation", "consultation"),
    "mail": ("consultation", "consultation", "request", "complaint"),
    "letter": ("complaint", "consultation", "consultation", "request"),
    "fax": ("request", "consultation"),
    "visit": ("consultation", "consultation", "consultation", "complaint", "request"),
    "web": ("repair", "repair", "complaint", "request"),
    "api": ("repair", "request", "consultation"),
}
"""What comes by which way."""
AROUND_THE_CLOCK = ("web", "mail", "api")
LATE, UNHAPPY, HANDED_ON = 0.12, 0.15, 0.08


@dataclass(frozen=True)
class Plan:
    """One contact before it happens."""

    index: int
    opened_at: datetime
    way: str
    saying: Saying
    customer: int
    """Its place among the customers of the centre."""
    taker: str
    """Whoever is turned to, or who takes on what a machine took in."""
    late: bool
    content: bool
    """What the customer says when he is called back the first time."""
    handed_on: bool
    aside: str = ""
    """A story of its own, told once."""

    @property
    def is_even(self) -> bool:
        """Every other one: where a story has two ways to go."""
        return self.index % 2 == 0


def plans(at: datetime, homes: int, shops: int) -> list[Plan]:
    """Every contact up to a moment, oldest first; the same for the same day."""
    draw = random.Random(SEED)  # noqa: S311 - a story, not a secret
    today = clock.day_of(at)
    drawn = [
        (months_before(today, ago) + timedelta(days=draw.randrange(MONTH_DAYS)), way)
        for ago in range(MONTHS, 0, -1)
        for way in EACH_MONTH
    ]
    drawn += [
        (today - timedelta(days=place % LAST_DAYS), way) for place, way in enumerate(THIS_WEEK)
    ]
    made = [_plan(draw, index, day, way, homes, shops) for index, (day, way) in enumerate(drawn)]
    for place, (aside, ago) in enumerate(ONCE.items(), FIRST_ONCE):
        plan = _plan(draw, place, today - timedelta(days=ago), "phone", homes, 1)
        plan = replace(plan, aside=aside, late=False, content=True, handed_on=False)
        made.append(plan if ago else replace(plan, opened_at=_just_now(at, plan.opened_at)))
    made += _repairs(today, homes, shops)
    return sorted((one for one in made if one.opened_at < at), key=lambda one: one.opened_at)


def _repairs(today: date, homes: int, shops: int) -> list[Plan]:
    """Repairs of the last months, drawn apart so that the other stories stay as they are."""
    draw = random.Random(SEED + 1)  # noqa: S311 - a story, not a secret
    months = [(ago, way) for ago in range(REPAIR_MONTHS, 0, -1) for way in REPAIRS]
    return [
        _plan(
            draw, index, months_before(today, ago) + timedelta(days=draw.randrange(MONTH_DAYS)),
            way, homes, shops, kind="repair",
        )
        for index, (ago, way) in enumerate(months, FIRST_REPAIR)
    ]  # fmt: skip


def _just_now(at: datetime, drawn: datetime) -> datetime:
    """A while ago while the house is open; else at the hour that was drawn."""
    return min(drawn, at - A_WHILE) if at.astimezone(clock.COMPANY_ZONE).hour >= OPENS else drawn


def _plan(
    draw: random.Random, index: int, day: date, way: str, homes: int, shops: int, kind: str = ""
) -> Plan:
    kind = kind or draw.choice(KINDS[way])
    saying = draw.choice([one for one in sayings.SAYINGS if one.kind == kind])
    return Plan(
        index, clock.local(day, _hour(draw, way)), way, saying,
        homes + draw.randrange(shops) if way == "fax" else draw.randrange(homes + shops),
        draw.choice(ANYBODY if way == "quick" else AGENTS),
        draw.random() < LATE, draw.random() >= UNHAPPY, draw.random() < HANDED_ON,
    )  # fmt: skip


def _hour(draw: random.Random, way: str) -> time:
    first, hours = (8, 13) if way in AROUND_THE_CLOCK else (9, 8)
    return time(first + draw.randrange(hours), draw.randrange(60))
