from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web import paging
from shouwen.doors.web.caselists import tables
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.regulations.record import Month
from shouwen.doors.web.reports.papers import XLSX, attachment
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import service, waiting
from shouwen.work.customers.workbooks import Sheet, workbook
from shouwen.work.surveys import bounds

from . import figures


@require_GET
def index(request: Request) -> HttpResponse:
    """The month by departments and by people."""
    month = Month.of(request.GET.get("month", ""))
    divisions = figures.divisions_of(request.person)
    division = _division(request, divisions)
    context: dict[str, Any] = {
        "month": month,
        "divisions": [org.unit_by_id(pk) for pk in divisions],
        "division": org.unit_by_id(division) if division else None,
        "titles": figures.titles(),
    }
    if division:
        person = request.person
        context["units"] = figures.rows(person, division, month.key, "unit")
        context["people"] = figures.rows(person, division, month.key, "person")
        now = clock.now()
        context["waiting"] = _waiting_table(request, waiting.by_unit(division, month.key))
        context["clauses"] = [one.id for one in bounds.unit_clauses(division, now)]
        personal = bounds.person_clause(division, now)
        context["personal_clause"] = personal.id if personal else ""
        context["assessed"] = figures.assessed(division, month.key)
    return render(request, "service/index.html", context)


def _waiting_columns() -> list[Column]:
    """Times are working hours of the division."""
    return [
        Column("unit", _("协同部门"), read="unit.name"),
        Column("asked", _("请求"), kind="number"),
        Column("answered", _("已答复"), kind="number"),
        Column("open", _("待答复"), kind="number"),
        Column("accepted_after", _("平均接收（工时）"), kind="number", phone=False),
        Column("answered_after", _("平均答复（工时）"), kind="number"),
        Column("longest", _("最长（工时）"), kind="number", phone=False),
    ]


def _waiting_table(request: Request, rows: list[waiting.Waiting]) -> Table:
    empty = Empty(
        _("这个月没有请部门协同"), _("案件上的“协同办理单”在这里按部门统计。"), "users-group"
    )
    return Table(_waiting_columns(), rows, request, empty, caption=_("部门协同的等待时间"))


def _division(request: Request, divisions: list[int]) -> int | None:
    asked = number_of(request.GET.get("division", ""))
    if asked in divisions:
        return asked
    return divisions[0] if divisions else None


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    month = Month.of(request.GET.get("month", ""))
    division = _division(request, figures.divisions_of(request.person))
    if division is None:
        raise Http404
    heads = [part for title in figures.titles() for part in (title, _("目标"), _("上月"))]
    sheets = []
    for by, title in (("unit", _("部门")), ("person", _("人员"))):
        found = figures.rows(request.person, division, month.key, by)
        lines = [
            [row.name, *(p for one in row.figures for p in (one.value, one.target, one.before))]
            for row in found
        ]
        sheets.append(Sheet(title, [title, *heads], lines))
    columns = _waiting_columns()
    lines = [
        [row.unit.name, *(getattr(row, column.key) for column in columns[1:])]
        for row in waiting.by_unit(division, month.key)
    ]
    heads = [str(column.title) for column in columns]
    sheets.append(Sheet(_("部门协同的等待时间"), heads, lines))
    if assessed := figures.assessed(division, month.key):
        sheets.append(assessed.sheet())
    unit = org.unit_by_id(division)
    journal.record("service.exported", unit, by=request.person, month=month.key)
    return attachment(workbook(*sheets), XLSX, f"{_('服务指标')}-{month.key}.xlsx")


@require_GET
def limits(request: Request) -> HttpResponse:
    """The time limits that a rate counts, kept and missed."""
    month, division = _asked(request)
    found = service.limits_of(division, month.key)
    for name in ("unit", "person"):
        if (value := number_of(request.GET.get(name, ""))) is not None:
            found = found.filter(**{f"{name}_id": value})
    if request.GET.get("late"):
        found = found.filter(missed_at__isnull=False)
    page = paging.page_of(found.select_related("person", "unit"), request, order=("-id",))
    columns = [
        Column("name", _("期限"), link=lambda row: reverse("desk:due", args=[row.pk])),
        Column("clause", _("依据"), kind="clause"),
        Column("unit", _("部门"), read="unit.name"),
        Column("person", _("承办人"), read="person.name"),
        Column("due_at", _("到期"), kind="moment"),
        Column("settled_at", _("办结"), kind="moment"),
        Column("state", _("状态"), kind="badge", read=_kept),
    ]
    return _list(request, _("当月办结的期限"), month, found.count(), page, columns)


def _kept(row: Any) -> tuple[str, Any]:
    return ("late", _("逾期")) if row.missed_at else ("done", _("按时"))


@require_GET
def reopened(request: Request) -> HttpResponse:
    """The cases that were taken up again in a month."""
    month, division = _asked(request)
    found = service.reopened_of(division, month.key).select_related("customer", "unit")
    for name, column in (("unit", "unit_id"), ("person", "first_owner_id")):
        if (value := number_of(request.GET.get(name, ""))) is not None:
            found = found.filter(**{column: value})
    page = paging.page_of(found, request, order=("-id",))
    columns = [
        Column("label", _("编号"), link=tables.address),
        Column("title", _("事由")),
        Column("customer", _("客户"), read="customer.name"),
        Column("unit", _("部门"), read="unit.name"),
        Column("opened_at", _("受理"), kind="day"),
    ]
    return _list(request, _("当月重新办理的案件"), month, found.count(), page, columns)


def _asked(request: Request) -> tuple[Month, int]:
    """Month and division of a list; 404 for a division out of sight."""
    division = number_of(request.GET.get("division", ""))
    if division is None or division not in figures.divisions_of(request.person):
        raise Http404
    return Month.of(request.GET.get("month", "")), division


def _list(
    request: Request, title: str, month: Month, count: int, page: Any, columns: list[Column]
) -> HttpResponse:
    empty = Empty(_("没有这样的记录"), _("所计数的件数为零。"), "circle-check")
    table = Table(columns, page.rows, request, empty, caption=title)
    context = {"title": title, "month": month, "count": count, "page": page, "table": table}
    return render(request, "service/counted.html", context)
