"""Look through the raw cells of a workbook before any reader lays them out in memory. Pure.

One cell far out would make a reader lay out billions of empty ones; a formula's stored result looks
like a value. Both are only visible here.
"""

import dataclasses
import re
from typing import Any
from xml.parsers import expat

from shouwen.ground.foundation.refusal import N_, refuse

from .grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_SIGNS, Position, position
from .unpacking import broken

ROOM_ABOVE = 30
"""Rows that titles, headings and notes may take besides the data rows."""
_PERCENT_FORMATS = {"9", "10"}


@dataclasses.dataclass
class Scan:
    """What the cells of one sheet are, besides their values."""

    formulas: set[Position] = dataclasses.field(default_factory=set)
    faults: set[Position] = dataclasses.field(default_factory=set)
    percents: set[Position] = dataclasses.field(default_factory=set)
    filled: int = 0
    signs: int = 0


def scan(sheet: bytes, text_sizes: list[int], percent_styles: set[str]) -> Scan:
    """Walk one worksheet; refuses one that is too tall, too wide or too full."""
    walker = _Walker(text_sizes, percent_styles)
    _parse(sheet, walker.start, walker.end, walker.text)
    return walker.found


def text_sizes(shared_strings: bytes) -> list[int]:
    """How long each shared text is."""
    sizes: list[int] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            sizes.append(0)
        inside[0] = _local(name) == "t"

    def text(data: str) -> None:
        if inside[0] and sizes:
            sizes[-1] += len(data)

    def end(name: str) -> None:
        inside[0] = False

    _parse(shared_strings, start, end, text)
    return sizes


def percent_styles(styles: bytes) -> set[str]:
    """The style numbers that show a value as a percentage."""
    formats = set(_PERCENT_FORMATS)
    found: set[str] = set()
    state = {"cells": False, "number": 0}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "numFmt" and "%" in re.sub(r'"[^"]*"', "", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif local == "cellXfs":
            state["cells"] = True
        elif local == "xf" and state["cells"]:
            if attributes.get("numFmtId") in formats:
                found.add(str(state["number"]))
            state["number"] += 1

    def end(name: str) -> None:
        if _local(name) == "cellXfs":
            state["cells"] = False

    _parse(styles, start, end, lambda data: None)
    return found


class _Walker:
    """Handlers for one worksheet; counts only cells that hold something."""

    def __init__(self, sizes: list[int], percents: set[str]) -> None:
        self.found = Scan()
        self.sizes, self.percents = sizes, percents
        self.row, self.column = 0, 0
        self.kind, self.style, self.value = "", "", ""
        self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "row":
            given = attributes.get("r", "")
            self.row = int(given) if given.isdigit() and len(given) < 8 else self.row + 1
            self.column = 0
        elif local == "c":
            self._cell(attributes)
        elif local == "f":
            self.found.formulas.add((self.row, self.column))
            self._fill()
        self.inside = local in ("v", "t")

    def _cell(self, attributes: dict[str, str]) -> None:
        place = position(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        if place is None:
            raise broken()
        self.row, self.column = place
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.value = ""

    def text(self, data: str) -> None:
        if self.inside:
            self.value += data
            if len(self.value) > MOST_SIGNS:
                raise _too_full()

    def end(self, name: str) -> None:
        self.inside = False
        if _local(name) == "c" and self.value:
            self._fill()
            self._measure()
            if self.kind == "e":
                self.found.faults.add((self.row, self.column))
            elif self.style in self.percents and self.kind == "n":
                self.found.percents.add((self.row, self.column))

    def _fill(self) -> None:
        if self.row > MOST_ROWS + ROOM_ABOVE:
            raise too_many_rows()
        if self.column > MOST_COLUMNS:
            raise refuse(N_("最多 %(most)s 列"), field="file", most=MOST_COLUMNS)
        self.found.filled += 1
        if self.found.filled > MOST_CELLS:
            raise _too_full()

    def _measure(self) -> None:
        size = len(self.value)
        if self.kind == "s":
            number = int(self.value) if self.value.isdigit() and len(self.value) < 9 else -1
            if not 0 <= number < len(self.sizes):
                raise broken()
            size = self.sizes[number]
        self.found.signs += size
        if self.found.signs > MOST_SIGNS:
            raise _too_full()


def too_many_rows() -> Exception:
    """More data rows than one file may have."""
    return refuse(
        N_("一个文件最多 %(most)s 行"), field="file", instead=N_("分成几个文件导入"), most=MOST_ROWS
    )


def _too_full() -> Exception:
    return refuse(N_("文件内容太多，不接受"), field="file", instead=N_("分成几个文件导入"))


def _local(name: str) -> str:
    """An element's name without its name space."""
    return name.rpartition(" ")[2].rpartition(":")[2]


def _parse(data: bytes, start: Any, end: Any, text: Any) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise broken() from error


def _no_doctype(*_: Any) -> None:
    raise broken()


def sheet_parts(parts: dict[str, bytes]) -> list[str]:
    """The worksheet parts in the order of their tabs, named in lower case."""
    targets: dict[str, str] = {}
    order: list[str] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "").replace("\\", "/").lower()
            full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = full

    def tab(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            key = next((value for at, value in attributes.items() if _local(at) == "id"), "")
            order.append(targets.get(key, ""))

    _parse(parts.get("xl/_rels/workbook.xml.rels", b""), relation, _ignore, _ignore)
    _parse(parts["xl/workbook.xml"], tab, _ignore, _ignore)
    return order


def _ignore(*_: Any) -> None:
    return None
