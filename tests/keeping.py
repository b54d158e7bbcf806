"""Lay what a costly set-up wrote as rows: made by the verbs once a process, copied from then on."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from shouwen.ground.journal.models import Entry
from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.models import Edition

Made = TypeVar("Made")
Row = tuple[Any, ...]
STARTS = 4
"""From how many states of the database one set-up is kept; what begins anew each time is not."""


@dataclass(frozen=True)
class _Written:
    """What a set-up added to one table, and what it changed there."""

    model: type[models.Model]
    columns: list[str]
    added: list[Row]
    changed: list[Row]


_kept: dict[object, tuple[list[_Written], Any]] = {}
_starts: Counter[object] = Counter()


def lay(key: object, make: Callable[[], Made]) -> Made:
    """What `make` gives, its rows made by the verbs or copied from the first time.

    The same key means the same set-up on the same ground: what else a fixture needs is there
    before it at each call. The journal and the editions tell whether it is the same ground.
    """
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first()
    state = (key, newest, Edition.objects.count())
    if state in _kept:
        written, made = _kept[state]
        _copy(written)
        return deepcopy(made)
    if _starts[key] == STARTS:
        return make()
    _starts[key] += 1
    before = {model: _rows(model) for model in _tables()}
    made = make()
    _kept[state] = _changes(before), deepcopy(made)
    return made


def _tables() -> list[type[models.Model]]:
    return [one for one in apps.get_models(include_auto_created=True) if not one._meta.proxy]


def _rows(model: type[models.Model]) -> dict[Any, Row]:
    """The rows of a table by their keys."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(model._meta.db_table)}")  # noqa: S608 - our names
        key = _columns(cursor).index(_quoted(_key_of(model)))
        return {row[key]: row for row in cursor.fetchall()}


def _changes(before: dict[type[models.Model], dict[Any, Row]]) -> list[_Written]:
    found = []
    for model, old in before.items():
        new = _rows(model)
        assert old.keys() <= new.keys(), f"a set-up removed rows of {model._meta.db_table}"
        added = [row for key, row in new.items() if key not in old]
        changed = [row for key, row in new.items() if key in old and row != old[key]]
        if added or changed:
            found.append(_Written(model, _names(model), added, changed))
    return found


def _names(model: type[models.Model]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(model._meta.db_table)} LIMIT 0")  # noqa: S608
        return _columns(cursor)


def _columns(cursor: Any) -> list[str]:
    return [_quoted(column[0]) for column in cursor.description]


def _key_of(model: type[models.Model]) -> str:
    assert model._meta.pk is not None
    return str(model._meta.pk.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _copy(written: list[_Written]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for one in written:
            table = _quoted(one.model._meta.db_table)
            places = ", ".join(["%s"] * len(one.columns))
            insert = f"INSERT INTO {table} ({', '.join(one.columns)}) VALUES ({places})"  # noqa: S608
            if one.added:
                cursor.executemany(insert, one.added)
            _change(cursor, table, one)
        grown = [one.model for one in written if one.added]
        for statement in connection.ops.sequence_reset_sql(no_style(), grown):
            cursor.execute(statement)
    policy.forget()
    roster.forget()


def _change(cursor: Any, table: str, one: _Written) -> None:
    key = _quoted(_key_of(one.model))
    sets = ", ".join(f"{name} = %s" for name in one.columns)
    for row in one.changed:
        at = row[one.columns.index(key)]
        cursor.execute(f"UPDATE {table} SET {sets} WHERE {key} = %s", [*row, at])  # noqa: S608
