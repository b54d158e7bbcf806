"""Write xlsx files that nothing can be run from. Pure.

Text is written as text and marked with Excel's own quote prefix, so that what begins like a formula
stays what it is even when a cell is edited; the value itself is not changed.
"""

import dataclasses
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Format, Workbook
from xlsxwriter.worksheet import Worksheet

from shouwen.ground.foundation import clock

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_BANNED_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
WIDEST, NARROWEST = 48, 8


@dataclasses.dataclass(frozen=True)
class Money:
    """Cents, shown as an amount with two decimals."""

    cents: int


@dataclasses.dataclass(frozen=True)
class Marked:
    """A cell to be seen: red, with a note that says why."""

    value: Any
    note: str


@dataclasses.dataclass(frozen=True)
class Sheet:
    """One sheet: headings, rows, and for some columns the only values that may be typed."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    choices: Mapping[int, Sequence[str]] = dataclasses.field(default_factory=dict)
    needed: frozenset[int] = frozenset()


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula, in full-width signs too."""
    return unicodedata.normalize("NFKC", text).lstrip(" ").startswith(DANGEROUS)


def workbook(*sheets: Sheet) -> bytes:
    """The file, ready to be sent."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, _OPTIONS) as book:
        writer = _Writer(book)
        for sheet in sheets:
            writer.add(sheet)
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.formats: dict[tuple[str, bool, bool], Format] = {}
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.head = book.add_format({**head, "bg_color": "#EEF0F6"})
        self.needed = book.add_format({**head, "bg_color": "#DCE1F2"})

    def add(self, sheet: Sheet) -> None:
        page = self.book.add_worksheet(sheet.title.translate(_BANNED_IN_NAMES)[:31])
        page.freeze_panes(1, 0)
        widths = [_width(heading) for heading in sheet.headings]
        for column, heading in enumerate(sheet.headings):
            look = self.needed if column in sheet.needed else self.head
            page.write_string(0, column, heading, look)
        for row, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values):
                self._cell(page, row, column, value)
                if column < len(widths):
                    widths[column] = max(widths[column], _width(value))
        for column, width in enumerate(widths):
            page.set_column(column, column, min(max(width, NARROWEST), WIDEST))
        for column, allowed in sheet.choices.items():
            rule = {"validate": "list", "source": list(allowed), "error_type": "warning"}
            page.data_validation(1, column, 5000, column, rule)

    def _cell(self, page: Worksheet, row: int, column: int, value: Any) -> None:
        marked = isinstance(value, Marked)
        plain = value.value if isinstance(value, Marked) else value
        if isinstance(value, Marked):
            page.write_comment(row, column, value.note[:1000])
        if isinstance(plain, bool) or plain is None or isinstance(plain, str):
            text = "" if plain is None else str(plain)
            look = self._format("", marked, is_dangerous(text))
            if text:
                page.write_string(row, column, text, look)
            elif marked:
                page.write_blank(row, column, None, look)
        elif isinstance(plain, datetime):
            local = plain.astimezone(clock.COMPANY_ZONE).replace(tzinfo=None)
            page.write_datetime(row, column, local, self._format("yyyy-mm-dd hh:mm", marked))
        elif isinstance(plain, date):
            page.write_datetime(row, column, plain, self._format("yyyy-mm-dd", marked))
        elif isinstance(plain, Money):
            amount = Decimal(plain.cents) / 100
            page.write_number(row, column, float(amount), self._format("#,##0.00", marked))
        elif isinstance(plain, int | float | Decimal):
            page.write_number(row, column, float(plain), self._format("General", marked))
        else:
            raise TypeError(f"no cell for {type(plain).__name__}")

    def _format(self, numbers: str, marked: bool, quoted: bool = False) -> Format:
        key = (numbers, marked, quoted)
        if key not in self.formats:
            look: dict[str, Any] = {"num_format": numbers} if numbers else {"num_format": "@"}
            if marked:
                look |= {"bg_color": "#F9D7D2", "font_color": "#9C1C10"}
            made = self.book.add_format(look)
            if quoted:
                made.set_quote_prefix()
            self.formats[key] = made
        return self.formats[key]


def _width(value: Any) -> int:
    """How wide a cell is in signs; a Chinese sign takes two."""
    text = str(value.value if isinstance(value, Marked) else value or "")
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text[:60]) + 2
