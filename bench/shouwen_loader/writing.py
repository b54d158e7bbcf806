"""Lines into the database: two processes, one chain, every table by COPY.

Triggers, checks and keys stay on. A large load takes the plain indexes and the foreign keys off and
makes them anew at its end from the definitions that the database itself gave: it then holds every
row against them at once instead of one by one.
"""

import multiprocessing
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from .rendering import Portion, Rendered, Renderer
from .tables import Table, ask, newest, say

SEAL = "journal_seal"
MANY = 5_000
"""Cases from which on indexes are made at the end."""
PROCESSES = 2


def connect() -> psycopg.Connection[Any]:
    """A connection of its own to the product's database."""
    known = connection.settings_dict
    found = psycopg.connect(
        dbname=known["NAME"], user=known["USER"] or None, password=known["PASSWORD"] or None,
        host=known["HOST"] or None, port=known["PORT"] or None,
    )  # fmt: skip
    found.execute("SET TimeZone = 'UTC'")
    # The load is one act: what counts is that its end is on the disk, which VACUUM sees to.
    found.execute("SET synchronous_commit = off")
    found.commit()
    return found


def write(
    to: psycopg.Connection[Any], tables: Sequence[Table], made: Rendered, seals: Sequence[str]
) -> None:
    """One portion in one transaction."""
    by_index = {one.index: one for one in tables}
    for index, lines in made.lines.items():
        table = by_index[index]
        _copy(to, f"COPY {table.name} ({table.quoted}) FROM STDIN", lines)
    _copy(to, f"COPY {SEAL} (id, entry_id, hash) FROM STDIN", seals)
    to.commit()


def _copy(to: psycopg.Connection[Any], statement: str, lines: Sequence[str]) -> None:
    with to.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for start in range(0, len(lines), 2000):
            copy.write("".join(lines[start : start + 2000]))


class Chain:
    """Where the chain stands; handed from one process to the next with each portion."""

    def __init__(self) -> None:
        found = ask(f"SELECT id, hash FROM {SEAL} ORDER BY id DESC LIMIT 1")
        self.number, self.hash = found[0] if found else (0, "0" * 64)

    def seals(self, made: Rendered) -> list[str]:
        """The next links."""
        links, self.hash = made.seals(self.hash, self.number + 1)
        self.number += len(links)
        return links


def write_portions(
    tables: Sequence[Table], renderer: Renderer, portions: Sequence[Portion],
    chain: Chain, said: Callable[[int], None],
) -> None:  # fmt: skip
    """All portions: each process makes every second one, and the chain goes round among them."""
    count = min(PROCESSES, len(portions))
    if count <= 1:
        to = connect()
        for portion in portions:
            made = renderer.portion(portion)
            write(to, tables, made, chain.seals(made))
            said(portion.start + len(portion.copies))
        to.close()
        return
    connection.close()
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe(duplex=False) for _ in range(count)]
    told, tell = context.Pipe(duplex=False)
    workers = [
        context.Process(
            target=_work,
            args=(tables, renderer, portions[place::count], chain,
                  pipes[place][0], pipes[(place + 1) % count][1], tell),
        )
        for place in range(count)
    ]  # fmt: skip
    pipes[0][1].send((chain.number, chain.hash))
    for worker in workers:
        worker.start()
    _follow(workers, told, len(portions), said)
    chain.number, chain.hash = pipes[len(portions) % count][0].recv()


def _work(
    tables: Sequence[Table], renderer: Renderer, portions: Sequence[Portion], chain: Chain,
    before: Connection, after: Connection, tell: Connection,
) -> None:  # fmt: skip
    to = connect()
    for portion in portions:
        made = renderer.portion(portion)
        chain.number, chain.hash = before.recv()
        seals = chain.seals(made)
        after.send((chain.number, chain.hash))
        write(to, tables, made, seals)
        tell.send(portion.start + len(portion.copies))
    to.close()


def _follow(
    workers: Sequence[Any], told: Connection, count: int, said: Callable[[int], None]
) -> None:
    done = 0
    while done < count:
        if told.poll(1):
            said(told.recv())
            done += 1
        elif any(worker.exitcode for worker in workers):
            for worker in workers:
                worker.terminate()
            raise SystemExit("a process of the load failed; what it had written stays")
    for worker in workers:
        worker.join()


# -- indexes and foreign keys ----------------------------------------------------------------------

_PLAIN = """
SELECT x.indexrelid::regclass::text, pg_get_indexdef(x.indexrelid)
FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid
WHERE t.relname = ANY(%s) AND NOT x.indisprimary
AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid)
ORDER BY 1
"""
_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'u') AND conrelid = ANY(%s::regclass[]) ORDER BY contype DESC, 1, 2
"""
_ALL = """
SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND i.indisvalid
UNION ALL
SELECT conrelid::regclass::text, conname || pg_get_constraintdef(oid) || convalidated::text
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger
WHERE NOT tgisinternal
"""

_CASTS = re.compile(r"::[a-z ]+(\[\])?|[()]")


@contextmanager
def without_indexes(tables: Sequence[str], wanted: bool) -> Iterator[None]:
    """Take indexes and references of the written tables off, and make them anew in the end."""
    if not wanted:
        yield
        return
    indexes = ask(_PLAIN, list(tables))
    keys = ask(_KEYS, list(tables))
    # References first: a unique key that something refers to cannot go before them.
    for table, name, _definition in sorted(keys, key=lambda key: key[2].startswith("UNIQUE")):
        say(_sql("ALTER TABLE {} DROP CONSTRAINT {}", table, name))
    for name, _definition in indexes:
        say(f"DROP INDEX {name}")
    yield
    _make_anew(indexes, keys)


def require_same(before: set[tuple[str, str]]) -> None:
    """Nothing of the database's own watchfulness was lost."""
    if changed := before ^ catalogue():
        names = ", ".join(sorted(" ".join(one) for one in changed))
        raise RuntimeError(f"not as it was before the load: {names}")


def catalogue() -> set[tuple[str, str]]:
    """Every index, constraint and trigger; the database writes casts otherwise the second time."""
    return {(table, _CASTS.sub("", definition)) for table, definition in ask(_ALL)}


def _sql(statement: str, *names: str) -> str:
    found = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
    return found.as_string(None)


def _make_anew(indexes: Sequence[tuple[Any, ...]], keys: Sequence[tuple[Any, ...]]) -> None:
    """Indexes of one table are made side by side, keys wait for each other; the longest first."""
    made = [definition for _name, definition in indexes]
    in_turn(sorted(made, key=lambda definition: "USING gin" not in definition))
    for is_unique in (True, False):
        in_turn([
            _sql("ALTER TABLE {} ADD CONSTRAINT {} ", table, name) + definition
            for table, name, definition in keys
            if definition.startswith("UNIQUE") == is_unique
        ])  # fmt: skip


def in_turn(statements: Sequence[str]) -> None:
    """Statements shared out among two processes; each commits by itself."""
    connection.close()
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    for statement in [*statements, *[""] * PROCESSES]:
        queue.put(statement)
    workers = [context.Process(target=_run, args=(queue,)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("an index or a key could not be made: see above")


def _run(queue: Any) -> None:
    to = connect()
    to.autocommit = True
    to.execute("SET maintenance_work_mem = '512MB'")
    while statement := queue.get():
        to.execute(statement)
    to.close()


# -- the end ---------------------------------------------------------------------------------------


def go_on_from(tables: Sequence[Table]) -> None:
    """Sequences count on behind the highest id."""
    for table in tables:
        if table.sequence and (last := newest(table)):
            say("SELECT setval(%s, %s)", table.sequence, last)
    last = ask(f"SELECT coalesce(max(id), 0) FROM {SEAL}")[0][0]
    if last:
        say("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", SEAL, last)


def tidy(tables: Sequence[str]) -> None:
    """What autovacuum would do in its time: visibility, statistics, the list of the search."""
    in_turn([f"VACUUM (ANALYZE) {name}" for name in tables])
