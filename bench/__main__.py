"""`python -m bench`: every step of the measuring, one by one or all."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench import cluster, places, rows
from bench.limits.hand import HandRunner
from bench.limits.systems import ByHand
from bench.measuring import cold, costs, loop, results
from bench.measuring.rounds import Plan, measure
from bench.measuring.runners import HttpRunner, Runner
from bench.measuring.works import BY_KEY as WORKS
from bench.measuring.works import CLIENTS
from bench.processes import MissingError
from bench.registry import BY_KEY
from bench.reporting import embedded, page
from bench.systems.base import System


def install(options: argparse.Namespace) -> None:
    """Install the systems; one that cannot be had here is skipped in a plain word."""
    for key in options.systems:
        made = BY_KEY[key](options.sizes[0])
        if made.is_installed and not options.again:
            continue
        try:
            made.install()
        except MissingError as missing:
            results.keep("missing", system=key, why=str(missing))
        else:
            _tell_version(made)


def _tell_version(system: System) -> None:
    results.keep("installed", system=system.key, version=system.version())


def load(options: argparse.Namespace) -> None:
    """Load the cases into every system, for every size."""
    for made in _made(options):
        if made.is_loaded and not options.again:
            continue
        rows.file_of(made.size, skew=made.skew)
        began = results.now()
        try:
            made.load()
        except BaseException:
            made.unload()  # half of it would be taken for all of it
            raise
        results.keep(
            "loaded", system=made.key, size=made.size, skew=made.skew,
            seconds=round(results.now() - began, 1),
        )  # fmt: skip


def _run(options: argparse.Namespace, size: int) -> int:
    """Which rounds these belong to: their own, or those a system is added to afterwards."""
    known = [
        line["run"]
        for line in results.read()
        if line["kind"] == "round" and (line["size"], line["skew"]) == (size, options.skew)
    ]
    return max(known) if options.go_on and known else int(time.time())


def rounds(options: argparse.Namespace) -> None:
    """Measure the work in interleaved rounds."""
    for size in options.sizes:
        results.keep_machine()
        for made in _loaded(options):
            _tell_version(made)
        plan = Plan(
            run=_run(options, size),
            size=size,
            skew=options.skew,
            rounds=options.rounds,
            seconds=options.seconds,
            works=options.works,
            clients=options.clients,
        )
        runners = [
            _runner(BY_KEY[key](size, skew=options.skew), max(options.clients))
            for key in options.systems
        ]
        asyncio.run(measure(runners, plan))


def cold_starts(options: argparse.Namespace) -> None:
    """Start each system alone: time to its first page, memory at rest and after use."""
    for made in _loaded(options):
        if made.key != "hand":
            _kept("cold", made, partial(cold.measure, made, options.seconds))


def sweeps(options: argparse.Namespace) -> None:
    """Let each system's own command sweep a copy of its data in which everything is due."""
    for made in _loaded(options):
        if why := made.why_not("sweep"):
            results.keep("absent", system=made.key, size=made.size, work="sweep", why=why)
            continue
        _kept("sweep", made, partial(_sweep, made, options.open))


def _sweep(system: System, cases: int) -> None:
    before = loop.calibrate()
    cases = min(cases, system.size)
    try:
        seconds, taken = system.sweep(cases)
    finally:
        system.close_copy()
    calibration = round((before + loop.calibrate()) / 2, 2)
    results.keep(
        "sweep", system=system.key, size=system.size, work="sweep", code="W7", open=cases,
        taken=taken, seconds=round(seconds, 2),
        calibration=calibration,
    )  # fmt: skip


def tell_costs(options: argparse.Namespace) -> None:
    """Let the database tell what one piece of each work costs it."""
    for made in _loaded(options):
        if made.role in ("ours", "peer"):  # told by the log of the bench's PostgreSQL
            _kept("costs", made, partial(costs.measure, made, options.works))


def browse(options: argparse.Namespace) -> None:
    """Visit pages of each system in a real browser, twice."""
    from bench.measuring import browser

    for made in _loaded(options):
        if made.role != "limit":
            _kept("browser", made, partial(browser.measure, made))


def _kept(step: str, system: System, do: Callable[[], None]) -> None:
    """A system that breaks must not stop the others; what broke is told."""
    try:
        do()
    except Exception as error:
        why = f"{type(error).__name__}: {error}"[:500]
        results.keep("failed", system=system.key, size=system.size, step=step, why=why)


def _loaded(options: argparse.Namespace) -> Iterator[System]:
    for made in _made(options):
        if made.is_loaded:
            yield made


def report(options: argparse.Namespace) -> None:
    """Write `docs/performance.md` from the results."""
    page.write(options.sizes[0] if len(options.sizes) == 1 else MAIN_SIZE)


def report_embedded(options: argparse.Namespace) -> None:
    """Write `docs/performance-sqlite.md` from the results."""
    embedded.write(options.sizes[0] if len(options.sizes) == 1 else MAIN_SIZE)


def stop(options: argparse.Namespace) -> None:
    """Stop the bench's PostgreSQL."""
    cluster.stop()


def _runner(system: System, clients: int) -> Runner:
    return HandRunner(system) if isinstance(system, ByHand) else HttpRunner(system, clients)


def _made(options: argparse.Namespace) -> Iterator[System]:
    for size in options.sizes:
        for key in options.systems:
            if BY_KEY[key](size).is_installed:
                yield BY_KEY[key](size, skew=options.skew)


MAIN_SIZE = 100_000
TERMINATED = 128 + signal.SIGTERM
STEPS: dict[str, Callable[[argparse.Namespace], None]] = {
    "install": install,
    "load": load,
    "cold": cold_starts,
    "rounds": rounds,
    "sweep": sweeps,
    "costs": tell_costs,
    "browser": browse,
    "report": report,
    "embedded": report_embedded,
    "stop": stop,
}


def _words(text: str) -> list[str]:
    return text.split(",")


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line and take the steps."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("steps", nargs="+", choices=[*STEPS, "all"])
    parser.add_argument("--systems", type=_words, default=[*BY_KEY], help=",".join(BY_KEY))
    parser.add_argument("--sizes", type=_numbers, default=[100_000], help="10000,100000,1000000")
    parser.add_argument("--works", type=_words, default=[w for w in WORKS if w != "sweep"])
    parser.add_argument("--clients", type=_numbers, default=[*CLIENTS])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long one cell is measured")
    parser.add_argument("--open", type=int, default=100_000, help="cases that a sweep finds due")
    parser.add_argument("--skew", action="store_true", help="one customer and one unit with half")
    parser.add_argument("--go-on", action="store_true", help="add to the newest rounds of the size")
    parser.add_argument("--again", action="store_true", help="install or load what is there anew")
    options = parser.parse_args(words)
    # Whoever ends us politely lets us stop the servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    places.folder()
    cluster.set_up()
    for step in STEPS if "all" in options.steps else options.steps:
        STEPS[step](options)


if __name__ == "__main__":
    main()
