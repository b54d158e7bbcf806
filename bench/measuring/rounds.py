"""Interleaved rounds: outside the work, inside the system, so that one work's figures lie close
in time whatever else the machine does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bench.measuring import loop, results
from bench.measuring.runners import Runner
from bench.measuring.works import BY_KEY


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    run: int
    size: int
    skew: bool
    rounds: int
    seconds: float
    works: Sequence[str]
    clients: Sequence[int]


async def measure(runners: Sequence[Runner], plan: Plan) -> None:
    """Start everything, go round, stop everything."""
    ready: list[Runner] = []
    try:
        for runner in runners:
            try:
                await runner.open()
                ready.append(runner)
            except Exception as error:
                runner.close()
                results.keep("failed", system=runner.key, size=plan.size, why=_short(error))
        for turn in range(1, plan.rounds + 1):
            for work in plan.works:
                for clients in plan.clients:
                    for runner in ready:
                        await _cell(runner, plan, turn, work, clients)
    finally:
        for runner in ready:
            runner.close()


async def _cell(runner: Runner, plan: Plan, turn: int, work: str, clients: int) -> None:
    place: dict[str, Any] = {
        "run": plan.run,
        "system": runner.key,
        "size": plan.size,
        "skew": plan.skew,
        "round": turn,
        "work": work,
        "code": BY_KEY[work].code,
        "clients": clients,
    }
    if why := runner.why_not(work):
        if turn == 1 and clients == plan.clients[0]:
            results.keep("absent", **place, why=why)
        return
    before = loop.calibrate()
    try:
        figures = await runner.measure(work, clients, seconds=plan.seconds, turn=turn)
    except Exception as error:  # one that breaks must not stop the others
        results.keep("failed", **place, why=_short(error))
        return
    calibration = round((before + loop.calibrate()) / 2, 2)
    results.keep("round", **place, calibration=calibration, **figures)


def _short(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"[:500]
