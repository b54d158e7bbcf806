"""The closed loop: each client sends its next request when the last one was answered."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bench.measuring.client import Answer, Request, Session

Call = tuple[Request, ...]
"""What one piece of work sends, one after another; most need one request, some two."""
Check = Callable[[Sequence[Answer]], str]
"""What is wrong with the answers; empty when they are right."""
MOST = 1_000_000


@dataclass
class Tally:
    """What came of a run."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    wall: float = 0.0

    def figures(self) -> dict[str, float | int | str]:
        """The same in milliseconds and rates."""
        done = sorted(self.seconds)
        return {
            "requests": len(done),
            "rate": round(len(done) / self.wall, 3),
            "p50": round(1000 * statistics.median(done), 3),
            "p95": round(1000 * percentile(done, 0.95), 3),
            "bytes": int(statistics.median(self.sizes)),
            "wrong": len(self.wrong),
            **({"why": self.wrong[0][:300]} if self.wrong else {}),
        }


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def run(
    sessions: Sequence[Session],
    make: Callable[[], Call],
    check: Check,
    *,
    seconds: float,
    most: int = MOST,
) -> Tally:
    """Work for so many seconds, or until so many pieces were done."""
    tally, pieces = Tally(), iter(islice(iter(make, None), most))
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:  # when one fails the others are called off
        for session in sessions:
            group.create_task(_client(session, pieces, check, began + seconds, tally))
    tally.wall = time.perf_counter() - began
    return tally


async def _client(
    session: Session, pieces: Iterator[Call], check: Check, until: float, tally: Tally
) -> None:
    while time.perf_counter() < until and (call := next(pieces, None)):
        began = time.perf_counter()
        answers = [await session.send(request) for request in call]
        tally.seconds.append(time.perf_counter() - began)
        tally.sizes.append(sum(len(answer.body) for answer in answers))
        if problem := check(answers):
            tally.wrong.append(problem)


def calibrate() -> float:
    """Milliseconds of a fixed loop: how busy the machine is with other people's work."""
    began = time.perf_counter()
    kept = 0
    for number in range(400_000):
        kept += number & 7
    return 1000 * (time.perf_counter() - began)
