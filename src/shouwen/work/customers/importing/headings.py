"""Which row holds the headings, and which column is which field. Pure."""

import dataclasses
import re
import unicodedata
from typing import Any, get_args

from pydantic import BaseModel

from shouwen.ground.foundation.refusal import N_, Reason, Refused, refuse, refuse_any
from shouwen.ground.foundation.words import Words, listed

from .files.grid import HEADING_WITHIN, Grid, Merged, is_blank, letters

FEWEST_KNOWN = 2
"""A row with at least that many known headings is the heading row."""
IGNORED = {"问题", "problem", "序号", "no.", "no", "#"}
"""Columns that carry nothing to import: the one our own error sheet adds, running numbers."""


@dataclasses.dataclass(frozen=True)
class Heading:
    """How a field may be headed; `zh` and `en` stand in templates, exports and messages."""

    zh: str
    en: str
    also: tuple[str, ...] = ()
    example: str = ""
    help: str = ""

    def __str__(self) -> str:
        return str(Words(zh=self.zh, en=self.en))


@dataclasses.dataclass(frozen=True)
class Columns:
    """Where the fields stand: heading row and columns count from 1."""

    row: int
    places: dict[str, int]
    unknown: tuple[str, ...]


def headings_of(model: type[BaseModel]) -> dict[str, Heading]:
    """The heading of every field of a row model, in order."""
    found = {}
    for name, field in model.model_fields.items():
        marks = [one for one in field.metadata if isinstance(one, Heading)]
        for part in get_args(field.annotation):
            marks.extend(one for one in get_args(part) if isinstance(one, Heading))
        found[name] = marks[0]
    return found


def is_needed(model: type[BaseModel], name: str) -> bool:
    """Whether a field must be in the file."""
    return bool(model.model_fields[name].is_required())


def find(grid: Grid, model: type[BaseModel]) -> Columns:
    """The heading row, wherever it stands under titles; refuses merged, doubled, missing ones."""
    known = _names(model)
    row = _heading_row(grid, known)
    _refuse_merged(grid, row)
    places: dict[str, int] = {}
    doubled, unknown = [], []
    for column, cell in enumerate(grid.rows[row - 1], 1):
        name = folded(cell)
        if not name or name in IGNORED:
            continue
        field = known.get(name)
        if field is None:
            unknown.append(str(cell).strip())
        elif field in places:
            doubled.append(Reason(N_("两列都是“%(heading)s”"), field="file", facts=_told(cell)))
        else:
            places[field] = column
    refuse_any([*doubled, *_missing(model, places)])
    return Columns(row, places, tuple(unknown))


def folded(cell: Any) -> str:
    """A heading as it is compared: without blanks, stars and what stands in brackets."""
    if is_blank(cell):
        return ""
    text = unicodedata.normalize("NFKC", str(cell)).casefold()
    text = re.sub(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]", "", text)
    return re.sub(r"[\s*:：_]+", "", text)


def _names(model: type[BaseModel]) -> dict[str, str]:
    found = {}
    for field, heading in headings_of(model).items():
        for name in (heading.zh, heading.en, *heading.also):
            found[folded(name)] = field
    return found


def _heading_row(grid: Grid, known: dict[str, str]) -> int:
    """The row with most known headings among the first ones; the upper one of two alike."""
    best, most = 0, 0
    for number, row in enumerate(grid.rows[:HEADING_WITHIN], 1):
        count = len({known[name] for name in map(folded, row) if name in known})
        if count > most:
            best, most = number, count
    if most < min(FEWEST_KNOWN, len(known)):
        raise refuse(
            N_("前 %(rows)s 行里找不到表头"),
            field="file",
            instead=N_("请用本页的模板，或把表头改成模板里的名称"),
            rows=HEADING_WITHIN,
        )
    return best


def _refuse_merged(grid: Grid, row: int) -> None:
    """Titles above may be merged; the heading row may not, nor may it be one of two storeys."""
    wrong = [area for area in grid.merged if area.touches(row) and not _one_cell(area)]
    if wrong:
        raise refuse(
            N_("表头第 %(row)s 行有合并单元格：%(areas)s"),
            field="file",
            instead=N_("取消合并，一列一个表头，再上传"),
            row=row,
            areas=listed(wrong[:5]),
        )


def _one_cell(area: Merged) -> bool:
    return area.top == area.bottom and area.left == area.right


def _missing(model: type[BaseModel], places: dict[str, int]) -> list[Reason]:
    gone = [
        str(heading)
        for name, heading in headings_of(model).items()
        if is_needed(model, name) and name not in places
    ]
    if not gone:
        return []
    message = N_("缺少必需的列：%(headings)s")
    return [Reason(message, field="file", facts={"headings": listed(gone)})]


def _told(cell: Any) -> dict[str, Any]:
    return {"heading": str(cell).strip()[:30]}


def nothing_below(columns: Columns) -> Refused:
    """Headings without rows."""
    return refuse(N_("表头第 %(row)s 行下面没有数据"), field="file", row=columns.row)


def place(columns: Columns, field: str) -> str:
    """The letter of a field's column, for messages."""
    return letters(columns.places[field]) if field in columns.places else ""
