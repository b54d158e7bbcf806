"""Numbers and tables as Markdown."""

from collections.abc import Iterable, Sequence

NOT_MEASURED = "not measured"
LARGE, MIDDLE = 100, 10


def number(value: float | None) -> str:
    """Three figures that matter; a word where there is none."""
    if value is None:
        return NOT_MEASURED
    if value >= LARGE:
        return f"{value:,.0f}"
    if value >= MIDDLE:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 1 else f"{value:.2g}"


def times(value: float | None) -> str:
    """A ratio."""
    return "–" if value is None else f"{number(value)}×"


def size_of(size: int) -> str:
    """10k, 100k, 1M."""
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"


def kilobytes(count: float) -> str:
    """Bytes for people."""
    return f"{number(count / 1000)} kB"


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a bar inside a cell would end it."""
    rows = [list(heads), ["---"] * len(heads), *(list(line) for line in lines)]
    return "\n".join(f"| {' | '.join(_cell(one) for one in row)} |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
