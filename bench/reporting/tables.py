"""The tables of the report."""

from collections.abc import Iterator, Sequence

from bench.measuring.works import BY_KEY, SWEEP, WORKS, Work
from bench.registry import SYSTEMS

from .figures import ALONE, RATE_CLIENTS, WHOLE_SWEEP, Cell, Figures, Place
from .writing import NOT_MEASURED, kilobytes, number, table, times

OURS = "shouwen"
PEERS = [system.key for system in SYSTEMS if system.role == "peer"]
LIMIT = "hand"
TITLES = {system.key: system.title for system in SYSTEMS}
GOAL, REACH = 5, 3
"""At least so many times as fast as the best peer; at most so many times the limit by hand."""
SHOWN = sorted((work for work in (*WORKS, SWEEP) if work.key != "contact"), key=lambda w: w.code)


def name_of(work: Work) -> str:
    """W2 第一千页 · page 1,000 …"""
    return f"{work.code} {work.chinese} · {work.english}"


def unit_of(work: Work) -> str:
    """In what it is told."""
    if work is SWEEP:
        return "s"
    return f"/s at {RATE_CLIENTS} clients" if work.writes else "ms, 1 client"


def told(figures: Figures, system: str, work: Work, size: int) -> str:
    """A figure in its unit, with its spread; a word where there is none."""
    if why := figures.missing.get(system):
        return f"not installed: {why}"
    if work is SWEEP:
        value = figures.value(system, work.key, size)
        taken = figures.sweeps.get((system, size), {})
        part = taken and taken["taken"] < WHOLE_SWEEP
        return (
            number(value) + (f" (reckoned from {taken['taken']:,})" if part else "")
            if value
            else _none(figures, system, work)
        )
    cell = figures.cells.get(Place(system, work.key, size, _clients(work)))
    if cell is None:
        return _none(figures, system, work)
    spread = cell.rate if work.writes else cell.p50
    text = f"{number(spread.median)} ({number(spread.low)}–{number(spread.high)})"
    return text + marks(cell)


def marks(cell: Cell) -> str:
    """What has to be known beside a figure."""
    found = ""
    if cell.found is not None and cell.expected is not None and cell.found < cell.expected:
        found = f", **finds {cell.found} of {cell.expected}**"
    wrong = f", **{cell.wrong} wrong answers**" if cell.wrong else ""
    return found + wrong + (" ~" if cell.disturbed else "")


def _clients(work: Work) -> int:
    return RATE_CLIENTS if work.writes else ALONE


def _none(figures: Figures, system: str, work: Work) -> str:
    why = figures.absent.get((system, work.key))
    return f"none: {why}" if why else NOT_MEASURED


def ratios(figures: Figures, size: int) -> str:
    """The one table: ours beside each peer and the limit, as ratios."""
    heads = ["work", "in", "ours", *(TITLES[key] for key in PEERS), "best peer", "limit by hand"]
    lines = []
    for work in SHOWN:
        best = figures.best(PEERS, work.key, size)
        lines.append([
            name_of(work), unit_of(work), told(figures, OURS, work, size),
            *(_beside(figures, key, work, size) for key in PEERS),
            _goal(figures, best, work, size), _limit(figures, work, size),
        ])  # fmt: skip
    return table(heads, lines)


def _beside(figures: Figures, system: str, work: Work, size: int) -> str:
    ratio = figures.ratio(OURS, system, work.key, size)
    text = told(figures, system, work, size)
    return f"**{times(ratio)}** {text}" if ratio else text


def _goal(figures: Figures, best: str | None, work: Work, size: int) -> str:
    ratio = figures.ratio(OURS, best, work.key, size) if best else None
    if best is None:
        known = any(figures.value(key, work.key, size) for key in PEERS)
        return "none answers completely" if known else NOT_MEASURED
    if ratio is None:
        return NOT_MEASURED
    return f"{TITLES[best]}: {times(ratio)}, goal of {GOAL}× {_said(ratio >= GOAL)}"


def _limit(figures: Figures, work: Work, size: int) -> str:
    ratio = figures.ratio(LIMIT, OURS, work.key, size)
    text = told(figures, LIMIT, work, size)
    if ratio is None:
        return text
    return f"{text}; ours takes {times(ratio)}, goal of {REACH}× {_said(ratio <= REACH)}"


def _said(reached: bool) -> str:
    return "reached" if reached else "not reached"


def by_size(figures: Figures, sizes: Sequence[int]) -> str:
    """How each work grows with the cases, for every system."""
    lines = []
    for work in WORKS:
        cells = [_growth(figures, key, work, sizes) for key in _measured()]
        lines.append([f"{work.code} {work.english}", *cells])
    return table(["work", *(TITLES[key] for key in _measured())], lines)


def _measured() -> list[str]:
    return [OURS, *PEERS, LIMIT]


def _growth(figures: Figures, system: str, work: Work, sizes: Sequence[int]) -> str:
    cells = [figures.cells.get(Place(system, work.key, size, _clients(work))) for size in sizes]
    if not any(cells):
        return _none(figures, system, work)
    return " / ".join(
        number(cell.rate.median if work.writes else cell.p50.median) if cell else "–"
        for cell in cells
    )


def loads(figures: Figures, size: int, clients: Sequence[int]) -> str:
    """Latency alone, throughput with more clients, and what a request costs the processors."""
    heads = ["work", "system", "p50 ms", "p95 ms", *(f"/s, {n} clients" for n in clients),
             "CPU ms web + database", "bytes"]  # fmt: skip
    return table(heads, _loads(figures, size, clients))


def _loads(figures: Figures, size: int, clients: Sequence[int]) -> Iterator[list[str]]:
    for work in WORKS:
        for system in [*_measured(), "echo"]:
            alone = figures.cells.get(Place(system, work.key, size, ALONE))
            if alone is None:
                continue
            rates = [figures.cells.get(Place(system, work.key, size, n)) for n in clients]
            yield [
                f"{work.code} {work.english}", TITLES[system] + marks(alone),
                number(alone.p50.median), number(alone.p95.median),
                *(number(one.rate.median) if one else "–" for one in rates),
                f"{number(alone.web)} + {number(alone.database)}", f"{alone.bytes:,}",
            ]  # fmt: skip


def skewed(figures: Figures, size: int) -> str:
    """One customer and one unit with half of all, beside the even data."""
    heads = ["work", *(TITLES[key] for key in _measured())]
    lines = []
    for work in WORKS:
        cells = []
        for key in _measured():
            even = figures.value(key, work.key, size)
            odd = figures.value(key, work.key, size, skew=True)
            cells.append(f"{times(odd / even)} as long" if odd and even else NOT_MEASURED)
        lines.append([f"{work.code} {work.english}", *cells])
    return table(heads, lines)


def starts(figures: Figures, size: int) -> str:
    """Cold start and memory."""
    heads = ["system", "first page, s", "processes", "MB at rest", "MB after use",
             "largest process, MB"]  # fmt: skip
    lines = []
    for key in [OURS, *PEERS, "echo"]:
        line = figures.colds.get((key, size))
        told_ = [NOT_MEASURED] * 5
        if line:
            names = ("first_page_s", "processes", "rest_mb", "used_mb", "used_worker_mb")
            told_ = [str(line[name]) for name in names]
        lines.append([TITLES[key], *told_])
    return table(heads, lines)


def visits(figures: Figures) -> str:
    """What a browser fetches."""
    heads = ["system", "page", "first visit", "repeated visit"]
    lines = []
    for key in [OURS, *PEERS]:
        for page in ("list", "case"):
            found = [figures.visits.get((key, page, visit)) for visit in ("first", "repeated")]
            why = figures.absent.get((key, "browser"), NOT_MEASURED)
            lines.append([TITLES[key], page, *(_visit(line) if line else why for line in found)])
    return table(heads, lines)


def _visit(line: dict[str, int]) -> str:
    return f"{line['requests']} requests, {kilobytes(line['bytes'])}"


def title(key: str) -> str:
    """The name of a kind of work."""
    return name_of(BY_KEY[key])
