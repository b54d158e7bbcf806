"""A cold start to the first page, and the memory of the processes at rest and after use."""

import asyncio
import time

from bench.measuring import loop, results
from bench.measuring.client import Request, Session
from bench.systems.base import System

USE = ("detail", "first_page", "create")
CLIENTS = 4


def measure(system: System, seconds: float) -> None:
    """Start it alone, wait for its first page, use it, and look at its memory."""
    asyncio.run(_measure(system, seconds))


async def _measure(system: System, seconds: float) -> None:
    began = time.perf_counter()
    server = system.start()
    try:
        await _first_page(system)
        ready = time.perf_counter() - began
        rest = server.memory()
        sessions = [Session(system.port) for _ in range(CLIENTS)]
        for session in sessions:
            await system.sign_in(session)
        await system.prepare(sessions[0])
        for work in USE:
            if not system.why_not(work):
                make = system.maker(work, 9)
                await loop.run(sessions, make, lambda _: "", seconds=seconds)
        used = server.memory()
        results.keep(
            "cold", system=system.key, size=system.size, first_page_s=round(ready, 2),
            rest_mb=round(rest["all_mb"]), rest_worker_mb=round(rest["largest_mb"]),
            used_mb=round(used["all_mb"]), used_worker_mb=round(used["largest_mb"]),
            processes=len(server.members()),
        )  # fmt: skip
    finally:
        server.stop()


async def _first_page(system: System) -> None:
    """Ask until the page is there."""
    until = time.perf_counter() + 120
    while time.perf_counter() < until:
        session = Session(system.port)
        try:
            answer = await session.send(Request.get(system.first_page_path))
        except OSError:
            await asyncio.sleep(0.01)
        else:
            if answer.status < 500:
                return
        finally:
            session.close()
    raise RuntimeError(f"{system.key} shows no first page")
