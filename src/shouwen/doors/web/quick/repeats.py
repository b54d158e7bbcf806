"""Second calls about one open matter, by month, with whoever owns the matter (R5-19)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web import links
from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.cases.centre import one_go
from shouwen.work.cases.models import Case
from shouwen.work.interactions import queries


@dataclass(frozen=True)
class Line:
    """One matter about which the customer had to call again."""

    case: Case
    times: int

    @property
    def url(self) -> str:
        """Its page."""
        return links.url("case", self.case.pk)

    @property
    def unit(self) -> str:
        """Where it is dealt with."""
        return self.case.unit.name if self.case.unit else ""


def _month(request: Request) -> date:
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _lines(request: Request, first: date) -> list[Line]:
    """The matters of a month, those called about most often first; two statements a division."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    times: dict[int, int] = {}
    for division in org.divisions_visible(request.person):
        for row in queries.count_repeats(division, first, last):
            counted: Any = row
            if counted["matter_kind"] == "case":
                times[counted["matter_id"]] = counted["times"]
    found = Case.objects.select_related("customer", "first_owner", "unit").in_bulk(times)
    lines = [Line(case, times[pk]) for pk, case in found.items()]
    return sorted(lines, key=lambda line: (-line.times, line.case.pk))


def _columns() -> list[Column]:
    return [
        Column("label", _("编号"), read="case.label", link="url"),
        Column("title", _("事由"), read="case.title"),
        Column("customer", _("客户"), read="case.customer.name"),
        Column("owner", _("首问责任人"), kind="person", read="case.first_owner"),
        Column(
            "unit", _("在何处"), read=lambda line: line.case.unit.name if line.case.unit else "—"
        ),
        Column("times", _("再次来电"), kind="number"),
    ]


def _shares(request: Request, first: date) -> list[one_go.Share]:
    """How much of what is finished in one go was; one statement a division."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return [
        share
        for division in org.divisions_visible(request.person)
        for share in one_go.shares(division, first, last)
    ]


def _share_columns() -> list[Column]:
    return [
        Column("owner", _("首问责任人"), kind="person"),
        Column("taken", _("应一次办结"), kind="number"),
        Column("again", _("客户再次来电"), kind="number"),
        Column("rate", _("一次办结率"), kind="percent"),
    ]


@require_GET
def show(request: Request) -> HttpResponse:
    """One month."""
    first = _month(request)
    lines = _lines(request, first)
    empty = Empty(
        _("这个月没有客户为同一事再次来电"),
        _("受理时点“就是这件事”，就记在这里。"),
        "circle-check",
    )
    table = Table(_columns(), lines, request, empty, caption=_("再次来电"))
    none = Empty(
        _("这个月没有应一次办结的事项"),
        _("哪些类别应一次办结，由公司在规定值的类别表中设定。"),
        "circle-check",
    )
    shares = Table(
        _share_columns(), _shares(request, first), request, none, caption=_("一次办结率")
    )
    context = {"table": table, "shares": shares, "month": first}
    return render(request, "quick/repeats.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """The month as a workbook."""
    first = _month(request)
    headings = [str(column.title) for column in _columns()]
    rows = [
        [
            line.case.label, line.case.title, line.case.customer.name, line.case.first_owner.name,
            line.unit, line.times,
        ]
        for line in _lines(request, first)
    ]  # fmt: skip
    return exporting.answer(request, f"{_('再次来电')} {first:%Y-%m}", headings, rows)
