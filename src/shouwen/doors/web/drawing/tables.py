"""Draws a `Table`: sortable head, aligned figures, words for when it is empty.

Its cost grows with the cells shown, some microseconds each; see `marks` for why it is Python.
"""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from shouwen.doors.web.tables import Cell, Column, Head, Table

from . import marks

ARROWS = {"ascending": "chevron-up", "descending": "chevron-down"}


def _badge(value: Any) -> str:
    return marks.badge(*value) if value else ""


def _percent(value: Any) -> str:
    return f"{conditional_escape(value)} %" if value not in (None, "") else ""


def _money(value: Any) -> str:
    return marks.money(value) if value != "" else ""


def _plain(value: Any) -> str:
    return marks.NOTHING if value is None else conditional_escape(localize(value))


DRAWN: dict[str, Callable[[Any], str]] = {
    "money": _money,
    "day": marks.day,
    "moment": marks.moment,
    "when": marks.when,
    "due": lambda value: marks.due(value, bare=True),
    "person": marks.person,
    "clause": marks.clause,
    "badge": _badge,
    "copy": marks.copied,
    "percent": _percent,
}
"""How a value of each kind of column is shown."""


def draw(table: Table) -> SafeString:
    """The table as HTML, or what stands in its place while it is empty."""
    lines = table.lines
    if not lines:
        return _empty(table)
    label = escape(table.caption or gettext("表格"))
    caption = f'<caption class="sr">{label}</caption>' if table.caption else ""
    stacks = " stacks" if table.stacks else ""
    head = "".join(map(_head, table.heads))
    body = "".join(_line(state, cells) for state, cells in lines)
    return SafeString(
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="paper-table{stacks}">{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody>{_foot(table)}</table></div>"
    )


def _empty(table: Table) -> SafeString:
    if table.empty is None:
        return SafeString("")
    return render_to_string("web/_empty.html", {"empty": table.empty})


def _class(column: Column) -> str:
    names = ["is-number"] * column.is_number + ["no-phone"] * (not column.phone)
    return f' class="{" ".join(names)}"' if names else ""


def _head(head: Head) -> str:
    title = conditional_escape(head.column.title)
    if not head.url:
        return f'<th scope="col"{_class(head.column)}>{title}</th>'
    arrow = marks.icon(ARROWS.get(head.sorted, "selector"))
    return (
        f'<th scope="col"{_class(head.column)} aria-sort="{head.sorted}">'
        f'<a href="{escape(head.url)}">{title}{arrow}</a></th>'
    )


def _line(state: str, cells: list[Cell]) -> str:
    marked = f' class="row-{state}"' if state else ""
    return f"<tr{marked}>{''.join(_cell(cell, n > 0) for n, cell in enumerate(cells))}</tr>"


def _foot(table: Table) -> str:
    if not table.footer:
        return ""
    cells = (_cell(cell, n > 0 and cell.value != "") for n, cell in enumerate(table.sums))
    return f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"


def _cell(cell: Cell, labelled: bool) -> str:
    """One value; on a phone its column's title stands before it."""
    column = cell.column
    label = f' data-label="{escape(column.title)}"' if labelled else ""
    shown = DRAWN.get(column.kind, _plain)(cell.value)
    if cell.url:
        shown = f'<a href="{escape(cell.url)}">{shown}</a>'
    return f"<td{_class(column)}{label}>{shown}</td>"
