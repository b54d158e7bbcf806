"""What each piece of work costs the database, and how that grows with the cases."""

from collections.abc import Iterator, Sequence

from bench.measuring.works import WORKS, Work

from .figures import Figures, Line
from .tables import OURS, PEERS, TITLES, name_of
from .writing import kilobytes, number, size_of, table

HEADS = ("system", "cases", "statements", "rows read", "pages touched", "bytes", "whole tables")
STRONG = 3
"""Rows read that grow more than so many times over ten times the cases are worth a word."""
MANY = 1_000
"""A whole table of fewer rows is a list that everybody needs: units, people."""


def sections(figures: Figures, sizes: Sequence[int]) -> Iterator[str]:
    """A section for each kind of work."""
    for work in WORKS:
        yield f"### {name_of(work)}\n"
        lines = [
            _line(figures.costs[key, work.key, size, False], key, size)
            for key in (OURS, *PEERS)
            for size in sizes
            if (key, work.key, size, False) in figures.costs
        ]
        if not lines:
            yield "Not measured.\n"
            continue
        yield table(HEADS, lines) + "\n"
        yield growth(figures, work, sizes)
        yield from _evidence(figures, work, sizes)


def _line(line: Line, key: str, size: int) -> list[str]:
    scans = ", ".join(f"{name} {count:,}" for name, count in line["scans"].items() if count >= MANY)
    return [
        TITLES[key], size_of(size), str(line["statements"]), f"{line['rows_read']:,}",
        f"{line['pages']:,}", kilobytes(line["bytes"]), scans or "none",
    ]  # fmt: skip


def growth(figures: Figures, work: Work, sizes: Sequence[int]) -> str:
    """How many times as many rows ours reads at the largest size as at the smallest."""
    found = [
        (size, figures.costs[OURS, work.key, size, False])
        for size in sorted(sizes)
        if (OURS, work.key, size, False) in figures.costs
    ]
    if not found:
        return "Ours was not measured.\n"
    (small, first), (large, last) = found[0], found[-1]
    scanned = {name: count for name, count in last["scans"].items() if count >= MANY}
    tables = f"reads whole {', '.join(scanned)}" if scanned else "reads no large table whole"
    if small == large:
        return f"Measured at {size_of(small)} only; it {tables}.\n"
    cases, read = large / small, last["rows_read"] / max(1, first["rows_read"])
    return (
        f"From {size_of(small)} to {size_of(large)} cases ({number(cases)}×) ours reads"
        f" {number(read)}× the rows; it {tables}.\n"
    )


def _evidence(figures: Figures, work: Work, sizes: Sequence[int]) -> Iterator[str]:
    """The plans of ours that read most, at the largest size."""
    for size in sorted(sizes, reverse=True):
        line = figures.costs.get((OURS, work.key, size, False))
        if line:
            break
    else:
        return
    yield f"Its statements that read most at {size_of(size)}, as `EXPLAIN ANALYZE` told them:\n"
    for plan in line["plans"]:
        steps = "; ".join(plan["steps"]) or "no table"
        statement = plan["statement"].replace("`", "'")
        yield f"- {plan['rows']:,} rows: {steps}\n  `{statement}`"
    yield ""
