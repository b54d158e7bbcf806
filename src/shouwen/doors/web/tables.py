"""Tables of the product, drawn by `drawing.tables`.

table = Table(
    [Column("number", _("编号"), link="url", sort=True), Column("due", _("期限"), kind="due"),
     Column("loss_cents", _("损失"), kind="money")],
    page.rows, request=request, empty=Empty(_("还没有案件"), _("受理之后在这里。")),
)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

Reader = str | Callable[[Any], Any]
NUMBERS = {"number", "money", "percent"}


@dataclass(frozen=True)
class Column:
    """One column.

    `kind`: text number money percent day moment when due person clause badge copy html.

    `read` is a path (`customer.name`) or a function of the row, by default the key;
    `link` likewise gives the address the cell leads to; `badge` cells are `(state, word)`.
    """

    key: str
    title: Any
    kind: str = "text"
    read: Reader = ""
    link: Reader = ""
    sort: bool = False
    phone: bool = True
    """Shown on a phone too."""

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Empty:
    """What stands where nothing is yet, and how it gets there."""

    title: Any
    hint: Any = ""
    icon: str = "file-text"
    url: str = ""
    action: Any = ""


@dataclass(frozen=True)
class Cell:
    """One value with its column."""

    column: Column
    value: Any
    url: str = ""


@dataclass(frozen=True)
class Head:
    """A column's head: how it is sorted now, and the address that sorts it the other way."""

    column: Column
    sorted: str = ""
    url: str = ""


@dataclass
class Table:
    """Columns and rows; `row_state` may name a state (`late`, `soon`) that marks the row."""

    columns: list[Column]
    rows: Iterable[Any]
    request: HttpRequest | None = None
    empty: Empty | None = None
    caption: Any = ""
    row_state: Callable[[Any], str] | None = None
    footer: dict[str, Any] = field(default_factory=dict)
    stacks: bool = True
    """On a phone every row becomes a small card; tables of figures stay tables and scroll."""

    @property
    def heads(self) -> list[Head]:
        """The head line."""
        now = self.request.GET.get("sort", "") if self.request else ""
        return [self._head(column, now) for column in self.columns]

    def _head(self, column: Column, now: str) -> Head:
        if not column.sort or self.request is None:
            return Head(column)
        way = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "none")
        query = self.request.GET.copy()
        for name in ("after", "before"):
            query.pop(name, None)
        query["sort"] = f"-{column.key}" if way == "ascending" else column.key
        return Head(column, way, f"?{query.urlencode()}")

    @property
    def lines(self) -> list[tuple[str, list[Cell]]]:
        """Each row's state and cells."""
        return [
            (self.row_state(row) if self.row_state else "", [_cell(c, row) for c in self.columns])
            for row in self.rows
        ]

    @property
    def sums(self) -> list[Cell]:
        """The foot line, one cell a column."""
        return [Cell(column, self.footer.get(column.key, "")) for column in self.columns]


def sort_order(request: HttpRequest, columns: list[Column], default: str) -> str:
    """The column the address sorts by, when it is one of those that may be sorted."""
    wanted = request.GET.get("sort", "")
    allowed = {column.key for column in columns if column.sort}
    return wanted if wanted.lstrip("-") in allowed else default


def _cell(column: Column, row: Any) -> Cell:
    url = _read(row, column.link) if column.link else ""
    return Cell(column, _read(row, column.read or column.key), url or "")


def _read(row: Any, reader: Reader) -> Any:
    if callable(reader):
        return reader(row)
    for step in reader.split("."):
        row = row.get(step) if isinstance(row, dict) else getattr(row, step, "")
        row = row() if callable(row) and not hasattr(row, "_meta") else row
        if row is None:
            return None
    return row
