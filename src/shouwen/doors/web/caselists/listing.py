"""A list declared once: its page with filters, and the same rows as a workbook.

PARTS = Listing("parts", _l("料号"), PartFilters, rows, columns, ("-id",), empty,
                template="parts/list.html")
listing.show(request, PARTS)
listing.export(request, PARTS)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.customers.workbooks import Money

from . import exporting


@dataclass(frozen=True)
class Listing:
    """One list: its filters, its rows for a reader, its columns, the order it is read in."""

    key: str
    title: Any
    filters: Callable[[Any, set[int]], Any]
    rows: Callable[[Any, set[int]], QuerySet[Any]]
    columns: Callable[[list[Any]], list[Column]]
    order: tuple[str, ...]
    empty: Callable[[], Empty]
    state: Callable[[Any], str] | None = None
    template: str = ""


def show(request: Request, listing: Listing, **more: Any) -> HttpResponse:
    """One page of a list; `more` is what its template shows beside it."""
    filters, found = _chosen(request, listing)
    page = page_of(found, request, order=listing.order)
    rows = table(request, listing, page.rows)
    context = {"at": listing.key, "filters": filters, "page": page, "table": rows, **more}
    return render(request, listing.template, context)


def table(request: Request, listing: Listing, rows: list[Any]) -> Table:
    """Some rows as the list shows them."""
    return Table(
        listing.columns(rows), rows, request, listing.empty(), caption=listing.title,
        row_state=listing.state,
    )  # fmt: skip


def export(request: Request, listing: Listing) -> HttpResponse:
    """What the list shows, as a workbook."""
    _filters, found = _chosen(request, listing)
    rows = list(found.order_by(*listing.order)[: exporting.MOST])
    columns = listing.columns(rows)
    lines = [[_cell(column, row) for column in columns] for row in rows]
    headings = [str(column.title) for column in columns]
    return exporting.answer(request, str(listing.title), headings, lines)


def _chosen(request: Request, listing: Listing) -> tuple[Any, QuerySet[Any]]:
    divisions = set(org.divisions_visible(request.person))
    filters = listing.filters(request.GET, divisions)
    return filters, listing.rows(filters, divisions)


def _cell(column: Column, row: Any) -> Any:
    found = column.read(row) if callable(column.read) else _path(row, column.read or column.key)
    if column.kind == "money" and found is not None:
        return Money(found)
    if column.kind == "moment" and found is not None:
        return clock.day_of(found)
    if column.kind == "due" and found is not None:
        return found.last_day
    if column.kind == "badge":
        return str(found[1]) if found else ""
    return found if isinstance(found, int | float) or hasattr(found, "isoformat") else _text(found)


def _path(row: Any, path: str) -> Any:
    for step in path.split("."):
        row = getattr(row, step, None)
        row = row() if callable(row) and not hasattr(row, "_meta") else row
    return row


def _text(value: Any) -> Any:
    return "" if value is None else getattr(value, "name", None) or str(value)
