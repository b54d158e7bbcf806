from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from shouwen.doors.web import paging
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Empty, Table
from shouwen.ground import bounded
from shouwen.ground.foundation import clock
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case
from shouwen.work.cases.queries import Filters

from . import exporting, saved, tables, words
from .filtering import FilterForm

TITLES = {
    "open": gettext_lazy("处理中"),
    "mine": gettext_lazy("我的"),
    "unit": gettext_lazy("我单位的"),
    "late": gettext_lazy("已逾期"),
    "soon": gettext_lazy("今天到期"),
    "closed": gettext_lazy("已结案"),
    "all": gettext_lazy("全部"),
}
BY_DUE = ("due_at", "id")
NEWEST = ("-id",)
SERIOUS = 8
"""How many serious events stand on top; all of them are in the list by their terms."""
CARDS = 12
"""How many cards of one stage the board shows; the rest is a link to the list."""


@require_GET
def listing(request: Request) -> HttpResponse:
    """The list: by view, by filter, page by page."""
    form = FilterForm(request)
    filters = form.filters()
    now = clock.now()
    found = cases.listed(request.person, filters, now)
    found = found.select_related(*tables.JOINED).only(*tables.READ)
    page = paging.page_of(found, request, order=BY_DUE if filters.by_due else NEWEST)
    context = {
        "form": form,
        "page": page,
        "serious": _serious(request, filters, now) if filters.by_due and not page.newer else None,
        "table": tables.case_table(page.rows, request, _empty(form)),
        "tabs": _tabs(filters.view, cases.counts_by_view(request.person, now)),
        "view": filters.view,
        "saved": saved.views_of(request.person, "caselists:list"),
    }
    return render(request, "caselists/list.html", context)


def _serious(request: Request, filters: Filters, now: datetime) -> Table | None:
    """Serious events stand on top of every list of what is open (R2-15)."""
    found = cases.on_top(request.person, filters, now)
    found = found.select_related(*tables.JOINED).only(*tables.READ)
    rows = list(found[:SERIOUS])
    return tables.case_table(rows, request, None) if rows else None


def _empty(form: FilterForm) -> Empty:
    if form.used:
        return Empty(
            _("没有符合条件的案件"),
            _("放宽筛选条件，或看别的视图。"),
            "filter-off",
            "?",
            _("清除筛选"),
        )
    return Empty(_("这里还没有案件"), _("受理之后，案件按期限先后列在这里。"), "folders")


def _tabs(chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"key": key, "title": title, "count": _shown(counts.get(key)), "chosen": key == chosen}
        for key, title in TITLES.items()
    ]


def _shown(count: int | None) -> str:
    return "" if count is None else bounded.shown(count)


@require_GET
def export(request: Request) -> HttpResponse:
    """The same list as a workbook, without pages."""
    filters = FilterForm(request).filters()
    found = cases.listed(request.person, filters).select_related(
        "customer", "unit", "salesperson", "first_owner", "liable_unit"
    )
    names = tables.all_words()
    rows = found[: exporting.MOST].iterator(chunk_size=1000)
    lines = (tables.line(case, names) for case in rows)
    return exporting.answer(request, pgettext("room", "案件"), tables.headings(), lines)


@require_GET
def board(request: Request) -> HttpResponse:
    """Open complaints by stage, those due first on top."""
    shown: dict[str, list[Case]] = {}
    for case in cases.board(request.person, CARDS):
        shown.setdefault(case.stage, []).append(case)
    counts = cases.counts_by_stage(request.person)
    columns = [
        {"key": key, "title": title, "count": counts[key], "cases": _cards(shown.get(key, []))}
        for key, title in words.stages()
    ]
    context = {"columns": columns, "total": sum(counts.values())}
    return render(request, "caselists/board.html", context)


@require_GET
def board_export(request: Request) -> HttpResponse:
    """All cards of the board as a workbook, column by column."""
    places = {key: place for place, (key, _title) in enumerate(words.stages())}
    found = cases.on_board(request.person).select_related(
        "customer", "unit", "salesperson", "first_owner", "liable_unit"
    )
    rows = sorted(found[: exporting.MOST], key=lambda case: places.get(case.stage, len(places)))
    names = tables.all_words()
    lines = (tables.line(case, names) for case in rows)
    return exporting.answer(request, _("案件看板"), tables.headings(), lines)


def _cards(found: list[Case]) -> list[dict[str, Any]]:
    return [
        {"case": case, "term": tables.term_of(case), "url": tables.address(case)} for case in found
    ]
