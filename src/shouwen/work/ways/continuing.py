"""In what a matter went on: merged into another one, or taken up anew.

    continuing.register("case", line)

`line(pk)` of a storey above gives the matter and those in which it went on, oldest first. What the
customer says later belongs to the last of them, and he reads the answers of all.
"""

from collections.abc import Callable

from shouwen.work.interactions.models import Interaction

Line = Callable[[int], list[int]]
_lines: dict[str, Line] = {}


def register(kind: str, line: Line) -> None:
    """Say in what matters of a kind go on."""
    _lines[kind] = line


def end_of(kind: str, pk: int) -> int:
    """The matter in which one went on last; itself while it is its own."""
    line = _lines.get(kind)
    return line(pk)[-1] if line else pk


def matters_of(row: Interaction) -> list[tuple[str, int]]:
    """The matter of an interaction and those in which it went on, oldest first; none without."""
    if row.matter_id is None:
        return []
    line = _lines.get(row.matter_kind)
    found = line(row.matter_id) if line else [row.matter_id]
    return [(row.matter_kind, pk) for pk in found]
