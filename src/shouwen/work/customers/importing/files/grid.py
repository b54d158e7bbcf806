"""Cells of one sheet, and the limits under which a sheet is read. Pure."""

import dataclasses
from typing import Any

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 60
MOST_CELLS = 150_000
MOST_SIGNS = 8_000_000
"""Signs in all cells together: one long shared text can stand in every cell of a small file."""
LONGEST_CELL = 2000
HEADING_WITHIN = 15
"""The headings are sought in that many rows; above them may stand a title, a date, a note."""

Position = tuple[int, int]
"""Row and column, both from 1, as people count them."""


@dataclasses.dataclass(frozen=True)
class Merged:
    """Cells merged into one, both corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def touches(self, row: int) -> bool:
        """Whether the row is one of them."""
        return self.top <= row <= self.bottom

    def __str__(self) -> str:
        return f"{name_of(self.top, self.left)}:{name_of(self.bottom, self.right)}"


@dataclasses.dataclass(frozen=True)
class Grid:
    """One sheet as read. `formulas`, `faults` and `percents` are positions of such cells."""

    rows: list[list[Any]]
    sheet: str = ""
    encoding: str = ""
    formulas: frozenset[Position] = frozenset()
    faults: frozenset[Position] = frozenset()
    percents: frozenset[Position] = frozenset()
    merged: tuple[Merged, ...] = ()
    other_sheets: tuple[str, ...] = ()


def letters(column: int) -> str:
    """`A` for 1, `AA` for 27."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def name_of(row: int, column: int) -> str:
    """`B12` for row 12, column 2."""
    return f"{letters(column)}{row}"


def position(name: str) -> Position | None:
    """Row and column of `B12`; None when it is no cell name."""
    column, index = 0, 0
    while index < len(name) and "A" <= name[index] <= "Z":
        column = column * 26 + ord(name[index]) - 64
        index += 1
    digits = name[index:]
    if not index or index > 3 or not digits.isascii() or not digits.isdigit() or len(digits) > 7:
        return None
    return int(digits), column


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing: no value, or blanks only."""
    return value is None or (isinstance(value, str) and not value.strip())
