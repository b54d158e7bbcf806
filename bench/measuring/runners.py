"""One system under one kind of load, whatever it is driven by."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from bench import cluster
from bench.measuring import loop
from bench.measuring.client import Answer, Session
from bench.measuring.works import CLIENTS
from bench.processes import Server
from bench.systems.base import System

Figures = dict[str, Any]
WARM = 2
SLOWEST = 8.0
"""Seconds that one request of every client may take in all; slower work is measured alone."""


class Runner(ABC):
    """Starts a system, drives it, stops it."""

    key: str

    @abstractmethod
    async def open(self) -> None:
        """Start it and sign everybody in."""

    @abstractmethod
    def why_not(self, work: str) -> str:
        """Why it does not do this work; empty when it does."""

    @abstractmethod
    async def measure(self, work: str, clients: int, *, seconds: float, turn: int) -> Figures:
        """The figures of one cell."""

    @abstractmethod
    def close(self) -> None:
        """Stop it."""


class HttpRunner(Runner):
    """Any system behind HTTP, with as many signed-in users as there are clients."""

    def __init__(self, system: System, clients: int = max(CLIENTS)) -> None:
        self.system, self.key = system, system.key
        self.sessions = [Session(system.port) for _ in range(clients)]
        self.server: Server | None = None
        self.seen: dict[str, Figures] = {}

    async def open(self) -> None:
        if not self.system.is_loaded:
            raise RuntimeError(f"{self.system.database} is not loaded")
        self.server = self.system.start()
        self.server.wait()
        for session in self.sessions:
            await self.system.sign_in(session)
        await self.system.prepare(self.sessions[0])

    def why_not(self, work: str) -> str:
        return self.system.why_not(work)

    async def measure(self, work: str, clients: int, *, seconds: float, turn: int) -> Figures:
        assert self.server is not None
        make = self.system.maker(work, turn * 100 + clients)
        alone = await self._warm(work, make)
        if clients > 1 and alone * clients / 2 > SLOWEST:
            return {"skipped": "too slow for so many clients"}
        web, database = self.server.cpu_seconds(), cluster.cpu_seconds()
        try:
            tally = await loop.run(
                self.sessions[:clients],
                make,
                lambda answers: self.system.check(work, answers),
                seconds=seconds,
            )
        except BaseException:
            for session in self.sessions:  # some wait for answers that nobody wants any more
                session.close()
            raise
        done = max(1, len(tally.seconds))
        used = {
            "cpu_web": round(1000 * (self.server.cpu_seconds() - web) / done, 3),
            "cpu_db": round(1000 * (cluster.cpu_seconds() - database) / done, 3),
        }
        return {**tally.figures(), **used, **self.seen[work]}

    async def _warm(self, work: str, make: Callable[[], loop.Call]) -> float:
        """Some pieces before the clock runs; what they show is counted the first time."""
        known, answers, began = work in self.seen, [], 0.0
        for _ in range(1 if known else WARM):
            began = time.perf_counter()
            answers = [await self.sessions[0].send(request) for request in make()]
        alone = time.perf_counter() - began
        if problem := self.system.check(work, answers):
            raise RuntimeError(problem)
        if not known:
            self.seen[work] = await self._look(work, answers)
        return alone

    async def _look(self, work: str, answers: Sequence[Answer]) -> Figures:
        """How much the work finds, and how much there is to find."""
        if proof := self.system.proof(work):
            answers = [await self.sessions[0].send(request) for request in proof]
        found, wanted = self.system.found(work, answers), self.system.expected(work)
        return {} if found is None else {"found": found, "expected": wanted}

    def close(self) -> None:
        for session in self.sessions:
            session.close()
        if self.server:
            self.server.stop()
