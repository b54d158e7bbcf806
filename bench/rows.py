"""The cases that every system holds: the same rows for all, written once to a file."""

import random
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from psycopg import sql

from bench import cluster, places
from bench.wording import FOUR, TWO, Writer

UNITS, CUSTOMERS, OUTCOMES = 10, 2_000, 4
FOLLOWED, FOLLOWUPS = 2_000, 10
"""So many of the first cases have so many follow-ups."""
EVERY = 200
"""One body in so many holds a sought word."""
MINE = 200
"""Open cases of the busy person whose desk is looked at."""
MONTHS = 24
OPEN_SHARE = 0.10
LAST = datetime(2026, 11, 1, tzinfo=UTC)
BIG_CUSTOMER = 50_000


@dataclass(frozen=True)
class Row:
    """One case."""

    number: int
    customer: int
    unit: int
    severity: int
    open: int
    mine: int
    created: str
    due: str
    outcome: int
    title: str
    body: str


TABLE = (
    "n int, customer int, unit int, severity int, opn int, mine int, created timestamptz,"
    " due timestamptz, outcome int, title text, body text"
)


def sought_in(number: int) -> str:
    """The word that the body of this case holds."""
    return {0: FOUR, EVERY // 2: TWO}.get(number % EVERY, "")


def expected_hits(size: int, word: str) -> int:
    """How many bodies of a data set hold a sought word."""
    return (size + (EVERY // 2 if word == TWO else 0)) // EVERY


def rows(size: int, *, skew: bool = False, seed: int = 7) -> Iterator[Row]:
    """All cases in the order of their numbers."""
    chance, writer = random.Random(seed), Writer(seed)
    span, left = timedelta(days=MONTHS * 365 / 12), MINE
    mine_share = min(1.0, 2 * MINE / max(1.0, size * OPEN_SHARE))
    for number in range(1, size + 1):
        created = LAST - span * ((size - number) / size)
        is_open = chance.random() < OPEN_SHARE
        mine = int(is_open and left > 0 and number > FOLLOWED and chance.random() < mine_share)
        left -= mine
        yield Row(
            number, _customer(chance, number, skew), _unit(chance, skew), chance.randint(1, 5),
            int(is_open), mine, created.isoformat(),
            (created + timedelta(hours=chance.randint(72, 720))).isoformat(),
            chance.randint(1, OUTCOMES), f"{writer.title()} {number}",
            writer.body(sought_in(number)),
        )  # fmt: skip


def _customer(chance: random.Random, number: int, skew: bool) -> int:
    if skew and number % 2 and number < 2 * BIG_CUSTOMER:
        return 1
    return chance.randint(2 if skew else 1, CUSTOMERS)


def _unit(chance: random.Random, skew: bool) -> int:
    return 1 if skew and chance.random() < 0.5 else chance.randint(2 if skew else 1, UNITS)


def new_row(chance: random.Random, writer: Writer) -> Row:
    """A case that somebody brings now, for the creating workload."""
    now = datetime.now(UTC)
    due = (now + timedelta(days=15)).isoformat()
    return Row(
        0, chance.randint(1, CUSTOMERS), chance.randint(1, UNITS), chance.randint(1, 5), 1, 0,
        now.isoformat(), due, 0, writer.title(), writer.body(),
    )  # fmt: skip


def file_of(size: int, *, skew: bool = False) -> Path:
    """The file of a data set, written when it is not there yet."""
    path = places.folder("data") / f"rows-{size}{'-skew' if skew else ''}.tsv"
    if not path.exists():
        rough = path.with_suffix(".part")
        with rough.open("w", encoding="utf-8") as file:
            file.writelines(
                "\t".join(map(str, astuple(row))) + "\n" for row in rows(size, skew=skew)
            )
        rough.rename(path)
    return path


def copy_into(database: str, size: int, *, skew: bool = False) -> None:
    """Put the rows into `source.rows` of a database, for its own statements to spread."""
    with cluster.cursor(database) as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS source")
        cursor.execute("DROP TABLE IF EXISTS source.rows")
        cursor.execute(sql.SQL("CREATE UNLOGGED TABLE source.rows ({})").format(sql.SQL(TABLE)))
        with (
            file_of(size, skew=skew).open("rb") as file,
            cursor.copy("COPY source.rows FROM STDIN") as copy,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
        cursor.execute("ANALYZE source.rows")
