"""The whole load, from the company to the last link of the chain."""

import time as machine
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.test.utils import override_settings

from shouwen.doors.demo.company import Company
from shouwen.doors.jobs.everyday import ANCHOR
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal
from shouwen.ground.journal import anchor, chain
from shouwen.work.customers.models import Customer, Shipment

from . import company, recording, schedule, stories, templates, writing
from .rendering import Customers, Renderer, portions
from .schedule import Story
from .stories import Archetype
from .tables import Table, all_tables, newest
from .words import Writer

PORTION = 2_000
JUST_NOW = timedelta(minutes=5)
CLOSED_DAYS_AGO = 56
"""When the closed stories happened; their copies happened some weeks earlier."""


@dataclass(frozen=True)
class Wish:
    """What is wanted of a load."""

    cases: int
    skew: bool = False
    seed: int = 1
    portion: int = PORTION


@dataclass(frozen=True)
class Loaded:
    """What a load wrote."""

    cases: int
    by_table: dict[str, int]
    """How many rows of each table."""
    first: dict[str, int]
    """With which id they begin, where a table has ids of its own."""

    @property
    def rows(self) -> int:
        """All of them."""
        return sum(self.by_table.values())


Said = Callable[[str], None]


def load(wish: Wish, archetypes: Sequence[Archetype], said: Said) -> Loaded:
    """Play, copy, seal."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        firm = company.stand()
        company.quiet(clock.now())
        chain.seal_all(look_back=None)
        tables = all_tables()
        told = _Told(said)
        told.stories(len(archetypes))
        recorded = _record_all(tables, firm, archetypes, told)
    return _Load(wish, tables, firm, recorded, told).run()


class _Told:
    """Says how far the load has come and how long each part took."""

    def __init__(self, said: Said) -> None:
        self.said, self.began, self.cases = said, machine.monotonic(), 0
        self.last = self.began

    def part(self, what: str) -> None:
        now = machine.monotonic()
        self.said(f"{what}: {now - self.last:.1f} s")
        self.last = now

    def stories(self, count: int) -> None:
        self.part("company")
        self.said(f"{count} stories to play")

    def portion(self, cases: int) -> None:
        self.cases = max(self.cases, cases)
        seconds = machine.monotonic() - self.last
        self.said(f"  {self.cases} cases after {seconds:.0f} s")


@dataclass
class _Recordings:
    stories: list[Story]
    customers: dict[str, templates.Template]


def _record_all(
    tables: list[Table], firm: Company, archetypes: Sequence[Archetype], told: _Told
) -> _Recordings:
    founded = clock.local(company.first_day(firm) + timedelta(days=2), time(9, 3))
    made = _Recordings([], {})
    for one in archetypes:
        found = _record(tables, firm, one, founded)
        made.stories.append(Story(one, templates.of_case(tables, found, one.name)))
        if one.buyer not in made.customers:
            made.customers[one.buyer] = templates.of_customer(tables, found, one.buyer, founded)
        told.said(f"  {one.name}: {sum(map(len, found.case.values()))} rows")
    told.part("stories")
    return made


def _record(
    tables: list[Table], firm: Company, one: Archetype, founded: datetime
) -> recording.Recorded:
    now, buyer = clock.now() - JUST_NOW, stories.BUYERS[one.buyer]
    began = _begin(one, now)

    def play(made: tuple[Customer, Shipment | None], day: Rehearsal) -> None:
        stories.play(one, stories.Stage(firm, made[0], made[1], day, now))

    return recording.record(
        tables, founded, began, lambda: company.make_customer(firm, buyer), play
    )


def _begin(one: Archetype, now: datetime) -> datetime:
    """A working day so many days ago, at the archetype's hour; never in the future."""
    day = clock.day_of(now) - timedelta(days=one.begins if one.is_open else CLOSED_DAYS_AGO)
    # Closed ones begin on different days of the week, by their hour.
    if not one.is_open:
        day += timedelta(days=one.hour % 5 - day.weekday())
    while day.weekday() > 4:
        day -= timedelta(days=1)
    began = recording.on_the_minute(clock.local(day, time(one.hour, (one.hour * 7) % 50)))
    return began if began < now else began - timedelta(days=7)


class _Load:
    """One load: what it needs at hand."""

    def __init__(
        self, wish: Wish, tables: list[Table], firm: Company, made: _Recordings, told: _Told
    ) -> None:
        self.wish, self.tables, self.firm, self.made, self.told = wish, tables, firm, made, told
        self.following = {one.index: newest(one) + 1 for one in tables if one.sequence}
        self.first = {one.name: self.following.get(one.index, 0) for one in tables}
        self.written: Counter[int] = Counter()
        self.chain = writing.Chain()
        self.writer = Writer(wish.seed)

    def run(self) -> Loaded:
        """Customers, cases, seals, counters, sequences."""
        names, before = self._names(), writing.catalogue()
        with writing.without_indexes(names, self.wish.cases >= writing.MANY):
            customers = self._customers()
            self._cases(customers)
            self.told.part("cases")
        self.told.part("indexes and keys")
        end(self.tables, names)
        writing.require_same(before)
        self.told.part("vacuum")
        by_index = {one.index: one.name for one in self.tables}
        written = {by_index[index]: count for index, count in self.written.items()}
        return Loaded(self.wish.cases, written, self.first)

    def _names(self) -> list[str]:
        written = {index for one in self.made.stories for index in one.template.lines}
        written |= {index for one in self.made.customers.values() for index in one.lines}
        return [one.name for one in self.tables if one.index in written] + [writing.SEAL]

    def _customers(self) -> dict[str, Customers]:
        before = Customer.objects.count()
        known = [one.name for one in company.BUYERS]
        shares = max(1, self.wish.cases // schedule.CASES_A_CUSTOMER // len(self.made.customers))
        found = {}
        for name, template in self.made.customers.items():
            first = {table: self.following[table] for table in template.own}
            for table in template.own:
                self.following[table] += shares * template.count(table)
            lives = stories.BUYERS[name].lives_there
            found[name] = Customers(
                template, shares, first, known.index(name) + 1, before, lives
            )  # fmt: skip
        self._write_customers(found)
        return found

    def _write_customers(self, found: dict[str, Customers]) -> None:
        renderer = Renderer(self.tables, self.made.stories, found, self.writer)
        to = writing.connect()
        for one in found.values():
            for start in range(0, one.count, self.wish.portion):
                stop = min(one.count, start + self.wish.portion)
                made = renderer.customer_lines(one, start, stop)
                self._count(one.template, stop - start)
                writing.write(to, self.tables, made, self.chain.seals(made))
        to.close()
        self.told.part(f"{sum(one.count for one in found.values())} customers")

    def _cases(self, customers: dict[str, Customers]) -> None:
        since = company.first_day(self.firm) + company.BEFORE_CASES
        counts = {name: one.count for name, one in customers.items()}
        copies = schedule.draw_up(
            self.made.stories, self.wish.cases, counts, since,
            skew=self.wish.skew, seed=self.wish.seed,
        )  # fmt: skip
        numbers, reached = schedule.give_numbers(self.made.stories, copies)
        some = list(portions(self.made.stories, copies, numbers, self.following, self.wish.portion))
        self.told.part("schedule")
        renderer = Renderer(self.tables, self.made.stories, customers, self.writer)
        writing.write_portions(self.tables, renderer, some, self.chain, self.told.portion)
        schedule.keep_counters(reached)
        for place, count in Counter(copy.story for copy in copies).items():
            self._count(self.made.stories[place].template, count)

    def _count(self, template: templates.Template, copies: int) -> None:
        for table, lines in template.lines.items():
            self.written[table] += len(lines) * copies


def end(tables: Sequence[Table], names: Sequence[str]) -> None:
    """Sequences count on, the newest link is noted as the sealer notes it, tables are tidy."""
    writing.go_on_from(tables)
    settings.HOME.mkdir(exist_ok=True)
    anchor.keep(ANCHOR)
    writing.tidy(names)


def end_again() -> None:
    """The end of a load that was interrupted after its last case."""
    tables = all_tables()
    end(tables, [*(one.name for one in tables), writing.SEAL])
