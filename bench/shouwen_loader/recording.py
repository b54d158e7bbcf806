"""Let a story be played, read back every row it wrote, and undo it.

All of it happens in one transaction that is rolled back: the ids, numbers and digests of a recorded
story are marks, known wherever they stand, and never come into the database.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from unittest import mock

from django.db import connection, transaction

from shouwen.engines.documents import actions, digests, issuing, numbers
from shouwen.engines.documents.numbers import period_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org import roster
from shouwen.outcomes.conduct import findings
from shouwen.work.interactions import actions as interactions
from shouwen.work.reception import letters, visits
from shouwen.work.surveys import asking

from .tables import FIRST_MARK, Table, ask, holding, marked

FIRST_NUMBER = 8_300_000_000_000
STEP = 5
"""Acts begin at minutes that no clause names: fixed hours, midnight, half past."""
LARGE = 200_000
"""Rows from which on a table is not searched for changes of what stood before."""


@dataclass(frozen=True)
class Given:
    """A number that was taken from a series without gaps."""

    series: str
    pattern: str
    period: str
    at: datetime


@dataclass
class Recorded:
    """Rows as COPY writes them, by table: those of the customer, then those of the case."""

    began: datetime
    ended: datetime
    customer: dict[int, list[str]] = field(default_factory=dict)
    case: dict[int, list[str]] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    """What each digest is the digest of."""


class Changed(Exception):  # noqa: N818 - what is wrong is what was changed
    """A story changed rows that stood before it: copies of it would not be whole."""


def record(
    tables: list[Table],
    founded: datetime,
    began: datetime,
    make_customer: Callable[[], Any],
    play: Callable[[Any, Rehearsal], Any],
) -> Recorded:
    """Play a story for a customer of its own and give back what both wrote."""
    found = Recorded(began, began)
    try:
        with marked(tables), _taken(found), transaction.atomic():
            first = _transaction()
            with rehearsal(founded):
                customer = make_customer()
                _settle()
            found.customer = _rows(tables, {})
            with _to_the_minute(), rehearsal(began) as day:
                play(customer, day)
                found.ended = day.at
            found.case = _rows(tables, found.customer)
            _require_nothing_changed(tables, first)
            transaction.set_rollback(True)
    finally:
        roster.forget()
    return found


def _settle() -> None:
    from shouwen.engines.search import actions as search

    while search.index_waiting():
        pass


# -- what is taken instead -------------------------------------------------------------------------


@contextmanager
def _taken(found: Recorded) -> Iterator[None]:
    """Numbers are marks and are noted with their series; digests are noted with their text."""

    def next_number(series: str, pattern: str, period: numbers.Period, on: date | datetime) -> str:
        at = on if isinstance(on, datetime) else clock.local(on)
        found.given.append(Given(series, pattern, period, at))
        return str(FIRST_NUMBER + len(found.given))

    def next_numbers(
        series: str, pattern: str, period: numbers.Period, on: date | datetime, many: int
    ) -> list[str]:
        return [next_number(series, pattern, period, on) for _each in range(many)]

    class Sha256:
        def __init__(self, text: bytes) -> None:
            self.text = text

        def hexdigest(self) -> str:
            digest = hashlib.sha256(self.text).hexdigest()
            found.digests[digest] = self.text.decode()
            return digest

    with mock.patch.object(digests, "hashlib", mock.Mock(sha256=Sha256)):
        takers = (actions, asking, interactions, issuing, letters, numbers, visits)
        patches: list[Any] = [
            *(mock.patch.object(taker, "next_number", next_number) for taker in takers),
            *(
                mock.patch.object(each, "next_numbers", next_numbers)
                for each in (findings, numbers)
            ),
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()


@contextmanager
def _to_the_minute() -> Iterator[None]:
    """The clock of a story stands on whole minutes, so that its copies may differ by seconds."""

    def move(day: Rehearsal, to: datetime) -> None:
        day.at = on_the_minute(to)

    with mock.patch.object(Rehearsal, "move", move):
        yield


def on_the_minute(moment: datetime) -> datetime:
    """The whole minute, one later where clauses might name it."""
    moment = moment.replace(second=0, microsecond=0)
    return moment if moment.minute % STEP else moment.replace(minute=moment.minute + 1)


# -- what was written ------------------------------------------------------------------------------


def _rows(tables: list[Table], known: dict[int, list[str]]) -> dict[int, list[str]]:
    """The rows with ids of the tables' ranges, in the order of their ids, but those known."""
    found = {}
    for table in holding(tables, f"{{key}} > {FIRST_MARK}"):
        lines = _copied(table)
        first = len(known.get(table.index, ()))
        if lines[first:]:
            found[table.index] = lines[first:]
    return found


def _copied(table: Table) -> list[str]:
    query = (
        f"COPY (SELECT {table.quoted} FROM {table.name} "
        f"WHERE {table.key} > {FIRST_MARK} ORDER BY {table.key}) TO STDOUT"
    )
    with connection.cursor() as cursor, cursor.cursor.copy(query) as copy:
        text = b"".join(bytes(block) for block in copy).decode()
    return text.splitlines() if "\r" not in text else text.split("\n")[:-1]


def _transaction() -> int:
    number: int = ask("SELECT pg_current_xact_id()::xid::text::bigint")[0][0]
    return number


def _require_nothing_changed(tables: list[Table], first: int) -> None:
    """Rows from before that were written again since the transaction began."""
    sizes = dict(ask("SELECT relname, reltuples FROM pg_class WHERE relkind = 'r'"))
    small = [one for one in tables if sizes[one.name] <= LARGE]
    condition = f"{{key}} < {FIRST_MARK} AND xmin::text::bigint >= {first}"
    if changed := [one.name for one in holding(small, condition)]:
        raise Changed(", ".join(changed))


__all__ = ["Changed", "Given", "Recorded", "on_the_minute", "period_of", "record"]
