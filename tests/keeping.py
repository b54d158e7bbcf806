"""Lay what a costly set-up wrote as rows: made by the verbs once a process, copied from then on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy


@dataclass(frozen=True)
class _Rows:
    """What stands in one table."""

    model: type[models.Model]
    columns: list[str]
    rows: list[tuple[Any, ...]]


_kept: dict[object, list[_Rows]] = {}


def lay(key: object, make: Callable[[], object]) -> None:
    """Run `make` in a database that has none of its rows, or copy what it wrote the last time."""
    if key in _kept:
        _copy(_kept[key])
        return
    empty = [model for model in apps.get_models(include_auto_created=True) if _is_empty(model)]
    make()
    _kept[key] = [found for model in empty if (found := _read(model)).rows]


def _is_empty(model: type[models.Model]) -> bool:
    return not model._meta.proxy and not model._base_manager.exists()


def _read(model: type[models.Model]) -> _Rows:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quote(model._meta.db_table)}")  # noqa: S608 - our own names
        names = [quote(column[0]) for column in cursor.description]
        return _Rows(model, names, list(cursor.fetchall()))


def _copy(kept: list[_Rows]) -> None:
    with connection.cursor() as cursor:
        for found in kept:
            table = connection.ops.quote_name(found.model._meta.db_table)
            places = ", ".join(["%s"] * len(found.columns))
            names = ", ".join(found.columns)
            insert = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608
            cursor.executemany(insert, found.rows)
        models_kept = [found.model for found in kept]
        for statement in connection.ops.sequence_reset_sql(no_style(), models_kept):
            cursor.execute(statement)
    policy.forget()
    roster.forget()
