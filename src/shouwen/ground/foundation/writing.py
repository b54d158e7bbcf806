"""Rows that every act writes: `save` with the SQL at hand, which Django writes anew each time.

For models without parents, without signals and without defaults of the database, as ours are. What
is written, and what is refused, is what `save` writes and refuses (decision 16).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import DatabaseError, connections, router
from django.db.models import Field, Model

M = TypeVar("M", bound=Model)
BATCH = 1000


class _Statement(NamedTuple):
    sql: str
    fields: Sequence["Field[Any, Any]"]


def insert(row: M) -> M:
    """Write a new row, as `save(force_insert=True)` does; its key is known afterwards."""
    row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    using = router.db_for_write(type(row), instance=row)
    connection = connections[using]
    statement = _insert(type(row), connection.vendor, row.pk is not None)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, _values(row, statement.fields, connection, add=True))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, using
    return row


def insert_all(rows: Sequence[M]) -> Sequence[M]:
    """Write new rows in one statement."""
    if len(rows) == 1:
        insert(rows[0])
        return rows
    return type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH) if rows else rows


def update(row: Model, *names: str) -> None:
    """Write these fields of a row, as `save(update_fields=names)` does; it must still be there."""
    row._prepare_related_fields_for_save(operation_name="save", fields=_named(type(row), names))  # type: ignore[attr-defined]
    connection = connections[router.db_for_write(type(row), instance=row)]
    statement = _update(type(row), names, connection.vendor)
    values = _values(row, statement.fields, connection, add=False)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, [*values, _key(row, connection)])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{row._meta.label} {row.pk} is no more")


def _values(
    row: Model, fields: Sequence["Field[Any, Any]"], connection: Any, *, add: bool
) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields]


def _key(row: Model, connection: Any) -> Any:
    return row._meta.pk.get_db_prep_save(row.pk, connection)


@cache
def _insert(model: type[Model], vendor: str, keyed: bool) -> _Statement:
    meta: Any = model._meta
    quoted = connections[router.db_for_write(model)].ops.quote_name
    fields = [one for one in meta.local_concrete_fields if keyed or one is not meta.auto_field]
    columns = ", ".join(quoted(one.column) for one in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608
    return _Statement(f"{sql} RETURNING {quoted(meta.pk.column)}", fields)


@cache
def _update(model: type[Model], names: Sequence[str], vendor: str) -> _Statement:
    meta: Any = model._meta
    quoted = connections[router.db_for_write(model)].ops.quote_name
    fields = _named(model, names)
    places = ", ".join(f"{quoted(one.column)} = %s" for one in fields)
    key = quoted(meta.pk.column)
    return _Statement(f"UPDATE {quoted(meta.db_table)} SET {places} WHERE {key} = %s", fields)  # noqa: S608


@cache
def _named(model: type[Model], names: Sequence[str]) -> Sequence[Any]:
    return [model._meta.get_field(name) for name in dict.fromkeys(names)]
