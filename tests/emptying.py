"""Empty the tables after a test that committed: only those that have rows, past their triggers."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = {"django_content_type", "auth_permission"}
"""What Django derives from the models, the same for every test."""


def empty(database: BaseDatabaseWrapper) -> None:
    """Delete what a test left; Django's own flush goes over all tables and lays these two anew."""
    tables = database.introspection.django_table_names(only_existing=True, include_views=False)
    names = {table: database.ops.quote_name(table) for table in sorted({*tables} - KEPT)}
    looks = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - our own names
        for table, name in names.items()
    )
    filled = column(database, " UNION ALL ".join(looks))
    if filled:
        with transaction.atomic(using=database.alias), without_triggers(database, filled):
            execute(database, [f"DELETE FROM {names[table]}" for table in filled])  # noqa: S608


@contextmanager
def without_triggers(
    database: BaseDatabaseWrapper, tables: Collection[str] | None = None
) -> Iterator[None]:
    """Lift our own triggers, on all tables or on some, as somebody with the keys could."""
    if database.vendor == "postgresql":
        query = (
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE NOT tgisinternal"
        )
        guarded = [name for name in column(database, query) if tables is None or name in tables]
        # A table with checks still to come cannot be altered: let them come.
        check = "SET CONSTRAINTS ALL IMMEDIATE"
        lift = [check, *(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in guarded)]
        lift.append("SET CONSTRAINTS ALL DEFERRED")
        restore = [check, *(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in guarded)]
    else:
        triggers = _rows(
            database, "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
        )
        mine = [(name, sql) for name, on, sql in triggers if tables is None or on in tables]
        lift = [f"DROP TRIGGER {name}" for name, _sql in mine]
        restore = [sql for _name, sql in mine]
    execute(database, lift)
    try:
        yield
    finally:
        execute(database, restore)


def column(database: BaseDatabaseWrapper, query: str) -> list[str]:
    """What the first column of a query says."""
    return [row[0] for row in _rows(database, query)]


def execute(database: BaseDatabaseWrapper, statements: list[str]) -> None:
    """One statement after the other."""
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _rows(database: BaseDatabaseWrapper, query: str) -> list[tuple[str, ...]]:
    with database.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
