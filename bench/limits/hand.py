"""Drives the statements: a process and a connection for each client, one transaction a request."""

import multiprocessing
import random
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import psycopg

from bench import cluster, rows
from bench.limits import statements as sql
from bench.limits.systems import ByHand
from bench.measuring.loop import Tally
from bench.measuring.runners import Figures, Runner
from bench.systems.base import COMMENT
from bench.wording import FOUR, TWO, Writer

Piece = Callable[[], list[Any]]
WARM = 3


class HandRunner(Runner):
    """The limit in the rounds."""

    def __init__(self, system: ByHand) -> None:
        self.system, self.key = system, system.key

    async def open(self) -> None:
        if not cluster.exists(self.system.database):
            raise RuntimeError(f"{self.system.database} is not loaded")

    def why_not(self, work: str) -> str:
        return self.system.why_not(work)

    async def measure(self, work: str, clients: int, *, seconds: float, turn: int) -> Figures:
        fork = multiprocessing.get_context("spawn")
        ready, given = fork.Barrier(clients + 1), fork.Queue()
        seeds = [turn * 1000 + clients * 50 + client for client in range(clients)]
        made = [
            fork.Process(target=_client, args=(self.system, work, seed, seconds, ready, given))
            for seed in seeds
        ]
        for process in made:
            process.start()
        ready.wait()
        before = cluster.cpu_seconds()
        parts = [given.get() for _ in made]
        for process in made:
            process.join()
        tally = Tally(wall=max(wall for _, wall, _, _ in parts))
        tally.seconds = [one for seconds_, _, _, _ in parts for one in seconds_]
        tally.sizes = [0]
        done = len(tally.seconds)
        used = {
            "cpu_web": round(1000 * sum(cpu for _, _, cpu, _ in parts) / done, 3),
            "cpu_db": round(1000 * (cluster.cpu_seconds() - before) / done, 3),
        }
        found = {"found": parts[0][3], "expected": self.system.expected(work)}
        found = {} if _writes(work) else found
        return {**tally.figures(), **used, **found}

    def close(self) -> None:
        return


def _writes(work: str) -> bool:
    return work in ("create", "step")


def _client(system: ByHand, work: str, seed: int, seconds: float, ready: Any, given: Any) -> None:
    """One process: warm up, wait for the others, then work until time is over."""
    with cluster.connect(system.database) as connection:
        connection.prepare_threshold = 0
        piece = _piece(connection, system, work, seed)
        shown = [len(piece()) for _ in range(WARM)]
        ready.wait()
        lasting: list[float] = []
        began, cpu = time.perf_counter(), time.process_time()
        while (start := time.perf_counter()) < began + seconds:
            piece()
            lasting.append(time.perf_counter() - start)
        used = time.process_time() - cpu
        given.put((lasting, time.perf_counter() - began, used, shown[-1]))


def _piece(connection: psycopg.Connection, system: ByHand, work: str, seed: int) -> Piece:
    chance, cursor = random.Random(seed), connection.cursor()

    def run(statement: str, *values: Any) -> list[Any]:
        return cursor.execute(statement, values).fetchall()

    if work == "create":
        writer = Writer(seed, sentences=2000)
        return lambda: _create(run, rows.new_row(chance, writer))
    if work == "step":
        numbers = count(rows.FOLLOWED + 1 + seed * 7919 % max(1, system.size // 2))
        last = max(1, system.size - rows.FOLLOWED)
        return lambda: run(sql.STEP, rows.FOLLOWED + 1 + next(numbers) % last, COMMENT)
    place = (system.page_number() - 1) * 25
    key = run(sql.DEEP_KEY, place)[0] if work == "deep_page" else ()
    return {
        "first_page": lambda: run(sql.FIRST_PAGE, chance.randint(1, rows.UNITS)),
        "deep_page": lambda: run(sql.DEEP_PAGE, *key),
        "detail": lambda: _detail(run, chance.randint(1, rows.FOLLOWED)),
        "search_two": lambda: run(sql.SEARCH, sql.pairs(TWO), f"%{TWO}%"),
        "search_four": lambda: run(sql.SEARCH, sql.pairs(FOUR), f"%{FOUR}%"),
        "statistics": lambda: run(sql.STATISTICS),
        "desk": lambda: run(sql.DESK),
    }[work]


def _create(run: Callable[..., list[Any]], row: rows.Row) -> list[Any]:
    return run(sql.CREATE, row.customer, row.unit, row.severity, row.title, row.body)


def _detail(run: Callable[..., list[Any]], number: int) -> list[Any]:
    run(sql.DETAIL, number)
    return run(sql.EVENTS, number)
