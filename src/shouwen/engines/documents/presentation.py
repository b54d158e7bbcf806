"""A section as people see it: labelled cells, tables, notes. The page and the print share it.

Everything is text here already, in the reader's language; nothing is escaped, that is the door's
and the printer's part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from shouwen.ground.foundation import clock, money, words
from shouwen.ground.foundation.refusal import N_

from .checks import number, shown_number
from .conditions import Data, holds, is_empty
from .definitions import FieldDef, SectionDef
from .names import Names

OPTIONS = 8
"""Up to so many choices are printed as boxes, as on paper."""


@dataclass(frozen=True)
class Cell:
    """One blank: its label and what stands in it. `options` are boxes with their ticks."""

    key: str
    label: str
    kind: str
    text: str
    clause: str = ""
    capitals: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    wide: bool = False

    @property
    def is_empty(self) -> bool:
        """Nobody has filled it in."""
        return not self.text and not any(chosen for _label, chosen in self.options)


@dataclass(frozen=True)
class Column:
    """One column of a table; figures stand to the right."""

    key: str
    label: str
    kind: str
    total: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it is written to the right."""
        return self.kind in {"integer", "quantity", "percent", "money"}


@dataclass(frozen=True)
class Table:
    """A field of rows; amounts and shares are added up below."""

    key: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    clause: str = ""

    @property
    def lines(self) -> tuple[tuple[tuple[Column, str], ...], ...]:
        """The rows, each text beside its column."""
        return tuple(tuple(zip(self.columns, row, strict=True)) for row in self.rows)

    @property
    def is_empty(self) -> bool:
        """No row yet."""
        return not self.rows


@dataclass(frozen=True)
class Note:
    """Words that are printed on the form itself."""

    key: str
    text: str

    is_empty = False


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    key: str
    label: str
    old: str
    new: str


Block = Cell | Table | Note


def blocks(section: SectionDef, data: Data, names: Names) -> list[Block]:
    """The section, field by field. A blank that is not asked for here is left out."""
    return [
        _block(field, data.get(field.key), names)
        for field in section.fields
        if _is_asked(field, data)
    ]


def rows(found: list[Block]) -> list[list[Block]]:
    """Blocks as the lines of a paper: two short cells beside each other, the rest alone."""
    lines: list[list[Block]] = []
    for block in found:
        short = isinstance(block, Cell) and not block.wide
        waiting = lines[-1] if lines and len(lines[-1]) == 1 else None
        if short and waiting and isinstance(waiting[0], Cell) and not waiting[0].wide:
            waiting.append(block)
        else:
            lines.append([block])
    return lines


def describe_changes(section: SectionDef, old: Data, new: Data, names: Names) -> list[Change]:
    """What changed between two states of a section, in the words of the form."""
    return [
        Change(
            field.key,
            str(field.label),
            shown(field, old.get(field.key), names),
            shown(field, new.get(field.key), names),
        )
        for field in section.fields
        if old.get(field.key) != new.get(field.key)
    ]


def shown(field: FieldDef, value: Any, names: Names) -> str:
    """One value as text; a table row by row."""
    if is_empty(value):
        return ""
    if field.type == "lines":
        return "\n".join(" · ".join(filter(None, row)) for row in _cells(field, value, names))
    return _SHOWN.get(field.type, _text)(field, value, names)


def _block(field: FieldDef, value: Any, names: Names) -> Block:
    label, clause = str(field.label), field.clause
    if field.type == "note" or (field.type == "bool" and field.text is not None):
        return Note(field.key, str(field.text))
    if field.type == "lines":
        rows_ = value or []
        columns = tuple(
            Column(column.key, str(column.label), column.type, _total(column, rows_))
            for column in field.columns
        )
        return Table(field.key, label, columns, tuple(_cells(field, rows_, names)), clause)
    text, options = shown(field, value, names), _options(field, value)
    capitals = money.capitals(value) if field.capitals and not is_empty(value) else ""
    if capitals and words.language() == "en":
        capitals = ""
    wide = field.type in {"longtext", "files"} or len(text) > 40 or _length(options) > 24
    return Cell(field.key, label, field.type, text, clause, capitals, options, wide)


def _is_asked(field: FieldDef, data: Data) -> bool:
    """A conditional blank shows when it is asked for or filled in, a remark when it is ticked."""
    if field.type == "bool" and field.text is not None:
        return bool(data.get(field.key))
    conditional = bool(field.required_if) and not field.required
    return not conditional or not is_empty(data.get(field.key)) or holds(field.required_if, data)


def _options(field: FieldDef, value: Any) -> tuple[tuple[str, bool], ...]:
    if field.type == "bool" and field.text is None:
        yes, no = gettext(N_("是")), gettext(N_("否"))
        return ((yes, value is True), (no, value is False))
    if field.type not in {"choice", "choices"} or len(field.choices) > OPTIONS:
        return ()
    chosen = value if isinstance(value, list) else [value]
    return tuple((str(label), key in chosen) for key, label in field.choices.items())


def _length(options: tuple[tuple[str, bool], ...]) -> int:
    return sum(len(label) + 3 for label, _chosen in options)


def _cells(field: FieldDef, rows_: list[Data], names: Names) -> list[tuple[str, ...]]:
    return [
        tuple(shown(column, row.get(column.key), names) for column in field.columns)
        for row in rows_
    ]


def _total(column: FieldDef, rows_: list[Data]) -> str:
    """The sum below a column, when there is something to add."""
    figures = [number(row.get(column.key)) for row in rows_]
    found = [figure for figure in figures if figure is not None]
    if not column.total or len(found) < 2:
        return ""
    return shown_number(sum(found), column.type)


def _text(field: FieldDef, value: Any, names: Names) -> str:
    return names.option(field.options_from, str(value)) if field.options_from else str(value)


def _figure(field: FieldDef, value: Any, names: Names) -> str:
    text = shown_number(value, field.type)
    return f"¥{text}" if field.type == "money" else text


def _day(field: FieldDef, value: Any, names: Names) -> str:
    return on_paper(date.fromisoformat(value))


def _moment(field: FieldDef, value: Any, names: Names) -> str:
    """Midnight is a day of which nobody knows the hour: that of a letter."""
    moment = datetime.fromisoformat(value).astimezone(clock.COMPANY_ZONE)
    return f"{on_paper(moment.date())} {moment:%H:%M}".removesuffix(" 00:00")


def on_paper(day: date) -> str:
    """`2026年3月1日`, or `1 March 2026`."""
    if words.language() == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def _chosen(field: FieldDef, value: Any, names: Names) -> str:
    keys = value if isinstance(value, list) else [value]
    return ", ".join(str(field.choices.get(key, key)) for key in keys)


def _yes_or_no(field: FieldDef, value: Any, names: Names) -> str:
    if field.text is not None:
        return str(field.text) if value else ""
    return gettext(N_("是")) if value else gettext(N_("否"))


_SHOWN: dict[str, Callable[[FieldDef, Any, Names], str]] = {
    "integer": _figure,
    "quantity": _figure,
    "percent": _figure,
    "money": _figure,
    "date": _day,
    "datetime": _moment,
    "choice": _chosen,
    "choices": _chosen,
    "bool": _yes_or_no,
    "person": lambda _field, value, names: names.person(value),
    "unit": lambda _field, value, names: names.unit(value),
    "file": lambda _field, value, names: ", ".join(map(names.file, value)),
    "files": lambda _field, value, names: ", ".join(map(names.file, value)),
}
