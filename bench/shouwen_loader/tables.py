"""The tables of the installed models, as the database has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection

FIRST_MARK, STEP = 7_100_000_000_000, 1_000_000_000
"""In a recorded story the ids of each table come from a range of its own, so that an id is known
wherever it stands: in a column, in JSON, in a path."""
NOT_COPIED = {"journal_seal", "search_searchwaiting", "documents_serial", "django_session"}
"""Sealed anew, worked off, counted on; sessions belong to no case."""


@dataclass(frozen=True)
class Table:
    """One table; without a sequence its rows carry the id of the row they belong to."""

    index: int
    name: str
    key: str
    columns: tuple[str, ...]
    sequence: str

    @property
    def mark(self) -> int:
        """The first id of the table's range."""
        return FIRST_MARK + self.index * STEP

    @cached_property
    def quoted(self) -> str:
        """The columns as SQL."""
        return ", ".join(map(connection.ops.quote_name, self.columns))


def all_tables() -> list[Table]:
    """Every table of a model whose key is a big number, in a fixed order."""
    models = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    found: list[Table] = []
    for name, model in sorted(models.items()):
        key = model._meta.pk
        if name not in NOT_COPIED and key.rel_db_type(connection) == "bigint":
            column = str(key.column)
            sequence = _sequence(name, column)
            found.append(Table(len(found), name, column, _columns(name), sequence))
    return found


def _columns(name: str) -> tuple[str, ...]:
    rows = ask(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
        name,
    )
    return tuple(row[0] for row in rows)


def _sequence(name: str, key: str) -> str:
    return ask("SELECT pg_get_serial_sequence(%s, %s)", name, key)[0][0] or ""


def ask(query: str, *values: Any) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def say(statement: str, *values: Any) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def marked(tables: list[Table]) -> Iterator[None]:
    """New rows get ids of the tables' own ranges; afterwards the sequences go on where they were.

    A sequence knows no rollback: it is set back by hand.
    """
    own = [table for table in tables if table.sequence]
    before = _state(own)
    _set({one.sequence: (one.mark + 1, False) for one in own})
    try:
        yield
    finally:
        _set(before)


def _state(tables: list[Table]) -> dict[str, tuple[int, bool]]:
    parts = [
        f"SELECT '{one.sequence}', last_value, is_called FROM {one.sequence}" for one in tables
    ]
    return {name: (last, called) for name, last, called in ask(" UNION ALL ".join(parts))}


def _set(state: dict[str, tuple[int, bool]]) -> None:
    parts = [f"setval('{name}', {last}, {called})" for name, (last, called) in state.items()]
    say(f"SELECT count(*) FROM (VALUES {', '.join(f'({part})' for part in parts)}) v")


def holding(tables: list[Table], condition: str) -> list[Table]:
    """The tables with rows for which a condition is true; `{key}` in it is the table's key."""
    parts = [
        f"SELECT {one.index} WHERE EXISTS (SELECT 1 FROM {one.name} "
        f"WHERE {condition.format(key=one.key)})"
        for one in tables
    ]
    found = {row[0] for row in ask(" UNION ALL ".join(parts))}
    return [one for one in tables if one.index in found]


def newest(table: Table) -> int:
    """The highest id in use."""
    found: int = ask(f"SELECT coalesce(max({table.key}), 0) FROM {table.name}")[0][0]
    return found
