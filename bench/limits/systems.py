"""The limit as systems among the others, so that it is loaded and measured with them."""

import json
import sys
import time
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import psycopg

from bench import cluster, places, rows
from bench.measuring.client import Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import PAGE, System

from . import statements

NOTHING = "it does nothing"


class Echo(System):
    """granian, two processes, no database."""

    key, title, role, place = "echo", "bare HTTP echo", "limit", 9

    def version(self) -> str:
        return f"granian {metadata.version('granian')}"

    interface = "HTTP; a body is given back"
    absent: Mapping[str, str] = dict.fromkeys(
        (
            "contact", "deep_page", "detail", "search_two", "search_four", "step", "statistics",
            "desk", "sweep",
        ),
        NOTHING,
    )  # fmt: skip

    def install(self) -> None:
        cluster.fresh(self.base)

    def load(self) -> None:
        cluster.fresh(self.database, self.base)

    def start(self) -> Server:
        words = ["--host", places.HOST, "--port", str(self.port), "--workers", "2"]
        words += ["--interface", "rsgi", "--no-ws", "--log-level", "warning"]
        command = [sys.executable, "-m", "granian", "bench.limits.echo:app", *words]
        return Server.start(self.key, self.port, command, cwd=places.ROOT)

    async def sign_in(self, session: Session) -> None:
        return

    def create(self, row: Row) -> Call:
        made = {"customer": row.customer, "title": row.title, "body": row.body}
        body = json.dumps(made, ensure_ascii=False).encode()
        return (Request("POST", "/", body),)

    def first_page(self, unit: int) -> Call:
        return (Request.get("/"),)

    def deep_page(self, page: int) -> Call:
        raise NotImplementedError

    def detail(self, number: int) -> Call:
        raise NotImplementedError

    def search(self, word: str) -> Call:
        raise NotImplementedError

    def step(self, number: int) -> Call:
        raise NotImplementedError

    def desk(self) -> Call:
        raise NotImplementedError


class ByHand(Echo):
    """A process and a connection for each client; `hand.py` drives it."""

    key, title, place = "hand", "SQL by hand", 8

    def version(self) -> str:
        return f"psycopg {psycopg.__version__}"

    interface = "psycopg 3, one prepared statement and one transaction a request"
    absent: Mapping[str, str] = {"contact": "a case and a contact are one row here"}

    def expected(self, work: str) -> int | None:
        """A search gives the first page and counts no more."""
        return PAGE if work.startswith("search") else super().expected(work)

    def load(self) -> None:
        cluster.fresh(self.database, self.base)
        rows.copy_into(self.database, self.size, skew=self.skew)
        text = Path(__file__).with_name("statements.sql").read_text(encoding="utf-8")
        cluster.script(self.database, text, followups=rows.FOLLOWUPS, followed=rows.FOLLOWED)
        self._index_texts()
        cluster.settle(self.database)

    def _index_texts(self) -> None:
        """What a worker would have done by now."""
        with (
            rows.file_of(self.size, skew=self.skew).open(encoding="utf-8") as file,
            cluster.cursor(self.database) as cursor,
            cursor.copy(statements.SEARCHED) as copy,
        ):
            for line in file:
                number, *_, due, _outcome, _title, body = line.rstrip("\n").split("\t")
                copy.write_row((int(number), due, statements.pairs(body)))
        cluster.script(self.database, statements.PAIRS_INDEX)

    def sweep(self, cases: int) -> tuple[float, int]:
        name = self.open_copy(cases)
        cluster.script(
            name,
            "UPDATE matter SET state = CASE WHEN id <= {cases} THEN 0 ELSE 9 END,"
            " due = now() - interval '1 minute'",
            cases=cases,
        )
        cluster.settle(name)
        with cluster.cursor(name) as cursor:
            began = time.perf_counter()
            cursor.execute(statements.SWEEP)
            seconds = time.perf_counter() - began
            assert cursor.rowcount == cases, f"{cursor.rowcount} of {cases}"
        return seconds, cases
