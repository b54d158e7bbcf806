"""`python -m bench.shouwen_loader.moving SOURCE`: a loaded PostgreSQL database as one SQLite file.

The product itself makes the tables, with every index and trigger; the rows are those of the source,
written as the product writes them on SQLite. Indexes are taken off and made anew from their own
definitions, references are held against all rows at the end, the search is indexed by the product.
"""

import os
import sys
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import IPv4Address, IPv6Address
from typing import Any

import django
import psycopg
from psycopg import sql
from psycopg.types.json import set_json_loads

MANY = 5_000
KEPT = {"django_migrations", "sqlite_sequence"}


def main() -> None:
    """Move the rows of SOURCE into the product's own database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    django.setup()
    from django.db import connection

    from shouwen.engines.search.actions import rebuild

    if connection.vendor != "sqlite":
        raise SystemExit("the target is a SQLite file: DATABASE_URL=sqlite:///…")
    with psycopg.connect(sys.argv[1]) as source, connection.cursor() as into:
        source.execute("SET TimeZone = 'UTC'")
        set_json_loads(text_of, source)
        moved = _move(source, into)
    print(f"{moved} rows", flush=True)
    print(f"{rebuild()} documents indexed", flush=True)
    with connection.cursor() as into:
        into.execute("ANALYZE")


def _move(source: psycopg.Connection[Any], into: Any) -> int:
    into.execute("PRAGMA foreign_keys = OFF")
    into.execute("PRAGMA synchronous = OFF")  # the load is one act; what counts is its end
    definitions = _indexes(into)
    for name, _definition in definitions:
        into.execute(f'DROP INDEX "{name}"')
    moved = sum(_move_table(source, into, name) for name in _tables(into))
    for _name, definition in definitions:
        into.execute(definition)
    into.execute("PRAGMA foreign_key_check")
    if wrong := into.fetchmany(5):
        raise SystemExit(f"references that lead nowhere: {wrong}")
    into.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return moved


def _tables(into: Any) -> list[str]:
    into.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_index%'"
        " ORDER BY name"
    )
    return [name for (name,) in into.fetchall() if name not in KEPT]


def _indexes(into: Any) -> list[tuple[str, str]]:
    into.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return list(into.fetchall())


def _move_table(source: psycopg.Connection[Any], into: Any, table: str) -> int:
    into.execute(f'PRAGMA table_info("{table}")')
    columns = [row[1] for row in into.fetchall()]
    into.execute(f'SELECT COUNT(*) FROM "{table}"')
    if into.fetchone()[0]:
        into.execute(f'DELETE FROM "{table}"')
    names = ", ".join(f'"{one}"' for one in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    count = 0
    into.execute("BEGIN")
    for rows in _batches(source, table, columns):
        into.executemany(statement, rows)
        count += len(rows)
    into.execute("COMMIT")
    return count


def _batches(
    source: psycopg.Connection[Any], table: str, columns: list[str]
) -> Iterator[list[list[Any]]]:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table))
    with source.cursor(name="moving") as cursor:
        cursor.itersize = MANY
        cursor.execute(query)
        while rows := cursor.fetchmany(MANY):
            yield [list(map(adapted, row)) for row in rows]


def text_of(value: str | bytes) -> str:
    """JSON stays the text it is."""
    return value if isinstance(value, str) else value.decode()


def adapted(value: Any) -> Any:
    """A value as the product's adapter of SQLite writes it."""
    how = _AS.get(type(value))
    return how(value) if how else value


def _moment(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))


_AS: dict[type, Callable[[Any], Any]] = {
    datetime: _moment,
    date: date.isoformat,
    time: str,
    timedelta: lambda value: value // timedelta(microseconds=1),
    Decimal: str,
    uuid.UUID: lambda value: value.hex,
    IPv4Address: str,
    IPv6Address: str,
}


if __name__ == "__main__":
    main()
