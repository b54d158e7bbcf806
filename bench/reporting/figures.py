"""What the rounds say: medians and spread over the quiet ones, and ratios between systems."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bench.measuring.works import BY_KEY, SWEEP

Line = dict[str, Any]
QUIET = 1.25
"""A round is quiet when the fixed loop took at most so many times its shortest time of the run."""
RATE_CLIENTS = 4
ALONE = 1
WHOLE_SWEEP = 100_000


class Spread(NamedTuple):
    """A median with the smallest and the largest value behind it."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of some values, at least one."""
        return cls(statistics.median(values), min(values), max(values))


class Place(NamedTuple):
    """Where a figure belongs."""

    system: str
    work: str
    size: int
    clients: int
    skew: bool = False


@dataclass(frozen=True)
class Cell:
    """One system at one kind of work, with so many clients, over the rounds."""

    rounds: int
    quiet: int
    p50: Spread
    p95: Spread
    rate: Spread
    web: float
    database: float
    bytes: int
    found: int | None
    expected: int | None
    wrong: int

    @property
    def complete(self) -> bool:
        """Whether it found what there was to find, and answered without a mistake."""
        all_there = self.found is None or self.expected is None or self.found >= self.expected
        return all_there and not self.wrong

    @property
    def disturbed(self) -> bool:
        """Whether no round was quiet."""
        return not self.quiet


@dataclass
class Figures:
    """Everything the report needs."""

    cells: dict[Place, Cell] = field(default_factory=dict)
    sweeps: dict[tuple[str, int], Line] = field(default_factory=dict)
    costs: dict[tuple[str, str, int, bool], Line] = field(default_factory=dict)
    colds: dict[tuple[str, int], Line] = field(default_factory=dict)
    visits: dict[tuple[str, str, str], Line] = field(default_factory=dict)
    absent: dict[tuple[str, str], str] = field(default_factory=dict)
    installed: dict[str, Line] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    machine: Line = field(default_factory=dict)
    runs: dict[tuple[int, bool], int] = field(default_factory=dict)

    def value(self, system: str, work: str, size: int, *, skew: bool = False) -> float | None:
        """Seconds that one piece of work takes: the inverse of the rate where it writes."""
        if work == SWEEP.key:
            line = self.sweeps.get((system, size))
            return reckoned(line) if line else None
        writes = BY_KEY[work].writes
        clients = RATE_CLIENTS if writes else ALONE
        cell = self.cells.get(Place(system, work, size, clients, skew))
        if cell is None:
            return None
        return 1 / cell.rate.median if writes else cell.p50.median / 1000

    def is_complete(self, system: str, work: str, size: int) -> bool:
        """Whether its answers held everything."""
        cells = [cell for place, cell in self.cells.items() if place[:3] == (system, work, size)]
        return all(cell.complete for cell in cells)

    def best(self, systems: Iterable[str], work: str, size: int) -> str | None:
        """The fastest of some systems among those whose answers are complete."""
        done = {
            system: value
            for system in systems
            if (value := self.value(system, work, size)) and self.is_complete(system, work, size)
        }
        return min(done, key=lambda system: done[system]) if done else None

    def ratio(self, ours: str, other: str, work: str, size: int) -> float | None:
        """How many times as long the other one takes."""
        mine, theirs = self.value(ours, work, size), self.value(other, work, size)
        return theirs / mine if mine and theirs else None


def reckoned(line: Line) -> float:
    """Seconds of a whole sweep, also where only a part was taken."""
    return float(line["seconds"]) * WHOLE_SWEEP / float(line["taken"])


def gather(lines: Iterable[Line]) -> Figures:
    """Read the results: the newest run of each size, the newest line of everything else."""
    figures, rounds = Figures(), defaultdict[tuple[int, bool], list[Line]](list)
    for line in lines:
        match line["kind"]:
            case "round" if "run" in line and "p50" in line:
                rounds[line["size"], line["skew"]].append(line)
            case "machine":
                figures.machine = line
            case _:
                _keep(figures, line)
    for key, found in rounds.items():
        newest = max(line["run"] for line in found)
        figures.runs[key] = newest
        figures.cells |= cells([line for line in found if line["run"] == newest])
    return figures


def _keep(figures: Figures, line: Line) -> None:
    system, size = line.get("system", ""), line.get("size", 0)
    match line["kind"]:
        case "sweep":
            figures.sweeps[system, size] = line
        case "cost":
            figures.costs[system, line["work"], size, line["skew"]] = line
        case "cold":
            figures.colds[system, size] = line
        case "visit":
            figures.visits[system, line["page"], line["visit"]] = line
        case "absent":
            figures.absent[system, line["work"]] = line["why"]
        case "installed":
            figures.installed[system] = line
        case "missing":
            figures.missing[system] = line["why"]


def cells(lines: Sequence[Line]) -> dict[Place, Cell]:
    """The cells of one run."""
    shortest = min(line["calibration"] for line in lines)
    groups: dict[Place, list[Line]] = defaultdict(list)
    for line in lines:
        place = (line["system"], line["work"], line["size"], line["clients"], line["skew"])
        groups[Place(*place)].append(line)
    return {place: cell(group, QUIET * shortest) for place, group in groups.items()}


def cell(lines: Sequence[Line], limit: float) -> Cell:
    """One cell from its rounds; where none was quiet, from all of them."""
    quiet = [line for line in lines if line["calibration"] <= limit]
    used = quiet or lines
    last = used[-1]
    return Cell(
        rounds=len(lines),
        quiet=len(quiet),
        p50=Spread.of([line["p50"] for line in used]),
        p95=Spread.of([line["p95"] for line in used]),
        rate=Spread.of([line["rate"] for line in used]),
        web=statistics.median(line["cpu_web"] for line in used),
        database=statistics.median(line["cpu_db"] for line in used),
        bytes=int(statistics.median(line["bytes"] for line in used)),
        found=last.get("found"),
        expected=last.get("expected"),
        wrong=sum(line["wrong"] for line in lines),
    )
