"""Which story is copied how often, when, for whom; and the numbers of the series it takes."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shouwen.engines.documents.models import Serial
from shouwen.engines.documents.numbers import period_of, written
from shouwen.ground.foundation import clock

from .stories import Archetype
from .templates import Template

OPEN_SHARE = 0.10
FOLLOWED = 2_000
"""So many cases at most are talked about ten times more."""
CASES_A_CUSTOMER = 50
BIG_CUSTOMER = 0.05
"""With `--skew`: the share of the customer who has the most, and of the unit that has half."""
BIG_UNIT = 0.5
OLDEST_OPEN_WEEKS = 40
SECONDS = 59


@dataclass(frozen=True)
class Story:
    """An archetype, recorded."""

    archetype: Archetype
    template: Template

    @property
    def unit(self) -> str:
        """Where its case stands."""
        return self.template.row["unit_id"]


@dataclass(frozen=True, slots=True)
class Copy:
    """One case to be written."""

    opened: int
    """Seconds; copies are written in this order."""
    story: int
    weeks: int
    """How many weeks before the story it happens."""
    second: str
    """`17.041312`: where in the minutes of the story its acts stand."""
    customer: int


def draw_up(
    stories: Sequence[Story], cases: int, customers: dict[str, int], since: date, *,
    skew: bool, seed: int,
) -> list[Copy]:  # fmt: skip
    """Every copy, oldest first."""
    draw = random.Random(seed)
    big = _Big(stories, cases, customers) if skew else None
    copies = []
    for place, count in enumerate(_counts(stories, cases, skew)):
        story = stories[place]
        for _ in range(count):
            weeks = _weeks(story, since, draw)
            second = f"{draw.randrange(SECONDS):02}.{draw.randrange(1, 1_000_000):06}"
            opened = int((story.template.began - timedelta(weeks=weeks)).timestamp())
            buyer = story.archetype.buyer
            customer = big.customer(buyer, draw) if big else draw.randrange(customers[buyer])
            copies.append(Copy(opened, place, weeks, second, customer))
    copies.sort(key=lambda copy: (copy.opened, copy.second))
    return copies


class _Big:
    """One customer has far more than his part."""

    def __init__(self, stories: Sequence[Story], cases: int, customers: dict[str, int]) -> None:
        counts: dict[str, int] = defaultdict(int)
        for story, count in zip(stories, _counts(stories, cases, skew=True), strict=True):
            counts[story.archetype.buyer] += count
        self.buyer = max(counts, key=lambda name: counts[name])
        self.share = min(1.0, BIG_CUSTOMER * cases / max(1, counts[self.buyer]))
        self.customers = customers

    def customer(self, buyer: str, draw: random.Random) -> int:
        """The big one, or one of the others."""
        if buyer == self.buyer and draw.random() < self.share:
            return 0
        return draw.randrange(min(1, self.customers[buyer] - 1), self.customers[buyer])


def _weeks(story: Story, since: date, draw: random.Random) -> int:
    """Closed ones lie anywhere; an open one lies earlier only if nothing is still to come for it.

    What was left behind is more often of the last months than of last year.
    """
    most = max(0, (clock.day_of(story.template.began) - since).days // 7)
    if not story.archetype.is_open:
        return draw.randint(0, most)
    if not story.archetype.is_stale:
        return 0
    return int(min(most, OLDEST_OPEN_WEEKS) * draw.random() ** 2)


def _counts(stories: Sequence[Story], cases: int, skew: bool) -> list[int]:
    """How many copies each story has; every one at least one as far as it goes."""
    followed = min(FOLLOWED, cases // 50) if cases >= 50 else 0
    shares = [0.0] * len(stories)
    for is_open, is_followed, total in (
        (True, False, cases * OPEN_SHARE - followed / 10),
        (False, False, cases * (1 - OPEN_SHARE) - followed * 9 / 10),
        (True, True, followed / 10),
        (False, True, followed * 9 / 10),
    ):
        group = [
            place
            for place, story in enumerate(stories)
            if (story.archetype.is_open, story.archetype.followed) == (is_open, is_followed)
        ]
        weights = _weights([stories[place] for place in group], skew)
        for place, weight in zip(group, weights, strict=True):
            shares[place] = total * weight
    return _whole(shares, cases)


def _weights(stories: Sequence[Story], skew: bool) -> list[float]:
    """The archetypes' own, adding up to one; with skew the largest unit gets its half."""
    total = sum(story.archetype.weight for story in stories)
    weights = [story.archetype.weight / total for story in stories]
    if not skew or len({story.unit for story in stories}) < 2:
        return weights
    parts: dict[str, float] = defaultdict(float)
    for story, weight in zip(stories, weights, strict=True):
        parts[story.unit] += weight
    first = max(parts, key=lambda unit: parts[unit])
    return [
        weight * (BIG_UNIT / parts[first] if story.unit == first else BIG_UNIT / (1 - parts[first]))
        for story, weight in zip(stories, weights, strict=True)
    ]


def _whole(shares: list[float], total: int) -> list[int]:
    """Whole numbers that add up, none further than one from its share; small ones get their one."""
    counts = [max(int(share), 1 if share > 0 else 0) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda place: counts[place] - shares[place])
    while (left := total - sum(counts)) > 0:
        for place in by_rest[:left]:
            counts[place] += 1
    while sum(counts) > total:
        counts[max(range(len(counts)), key=lambda place: counts[place])] -= 1
    return counts


# -- numbers without gaps --------------------------------------------------------------------------

Numbers = list[tuple[str, ...]]


def give_numbers(
    stories: Sequence[Story], copies: Sequence[Copy]
) -> tuple[Numbers, dict[tuple[str, str], int]]:
    """The numbers of each copy, and how far each counter has come.

    Each series counts on from where the product's own counter stands, in the order of the moments.
    """
    waiting: dict[tuple[str, str], list[tuple[float, int, int]]] = defaultdict(list)
    numbers: list[list[str]] = []
    days = _Days(stories)
    for place, copy in enumerate(copies):
        given = days.of(copy)
        numbers.append([""] * len(given))
        for number, (moment, key) in enumerate(given):
            waiting[key].append((moment + float(copy.second), place, number))
    reached = {}
    counters = {(row.series, row.period): row.last for row in Serial.objects.all()}
    for key, asked in waiting.items():
        asked.sort()
        last = counters.get(key, 0)
        for last, (_moment, place, number) in enumerate(asked, last + 1):  # noqa: B020
            pattern, day = days.pattern(copies[place], number)
            numbers[place][number] = written(pattern, day, last)
        reached[key] = last
    return [tuple(one) for one in numbers], reached


class _Days:
    """When the copies take their numbers; the same for all copies of a story in a week."""

    def __init__(self, stories: Sequence[Story]) -> None:
        self.stories = stories
        self.known: dict[tuple[int, int], list[tuple[float, tuple[str, str]]]] = {}
        self.patterns: dict[tuple[int, int], list[tuple[str, date]]] = {}

    def of(self, copy: Copy) -> list[tuple[float, tuple[str, str]]]:
        """The moments, each with its series and period."""
        key = (copy.story, copy.weeks)
        if key not in self.known:
            given = self.stories[copy.story].template.given
            moments = [one.at - timedelta(weeks=copy.weeks) for one in given]
            self.known[key] = [
                (moment.timestamp(), (one.series, _period(one.period, moment)))
                for one, moment in zip(given, moments, strict=True)
            ]
            self.patterns[key] = [
                (one.pattern, clock.day_of(moment))
                for one, moment in zip(given, moments, strict=True)
            ]
        return self.known[key]

    def pattern(self, copy: Copy, number: int) -> tuple[str, date]:
        """How a number of a copy is written, and for which day."""
        return self.patterns[copy.story, copy.weeks][number]


def _period(period: str, moment: datetime) -> str:
    return period_of("month" if period == "month" else "year", clock.day_of(moment))


def keep_counters(reached: dict[tuple[str, str], int]) -> None:
    """The next number that a verb takes follows on."""
    for (series, period), last in reached.items():
        Serial.objects.update_or_create(series=series, period=period, defaults={"last": last})
