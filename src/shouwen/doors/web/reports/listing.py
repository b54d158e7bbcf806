"""The sheets by month, and the page of a month that has none yet."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import paging
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.outcomes.reports import access, queries, rows
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report

from . import reading

SIZE = 12


@require_GET
def index(request: Request) -> HttpResponse:
    """Every sheet, the newest month first, and the months that wait for theirs."""
    found = _filtered(request)
    page = paging.page_of(found, request, order=("-period", "-id"), size=SIZE)
    context = {
        "page": page,
        "table": Table(_columns(), page.rows, request, _empty(), caption=_("客诉案件统计表")),
        "states": [(key, word) for key, (_sign, word) in reading.STATES.items()],
        "state": request.GET.get("state", ""),
        "year": request.GET.get("year", ""),
        "running": clock.today().isoformat()[:7],
        "divisions": org.divisions_under(request.person, "R4"),
        **_waiting(request),
    }
    return render(request, "reports/index.html", context)


def _filtered(request: Request) -> QuerySet[Report]:
    found = access.visible(request.person)
    state, year = request.GET.get("state", ""), request.GET.get("year", "")
    if state in reading.STATES:
        found = found.filter(state=state)
    else:
        found = found.exclude(state=Report.State.REPLACED)
    if year.isascii() and year.isdigit():
        found = found.filter(period__startswith=f"{year[:4]}-")
    return found


def _waiting(request: Request) -> dict[str, Any]:
    """The months this person could draw up: the last one before all, and those left out earlier."""
    now, last = clock.now(), rows.month_before(clock.today().isoformat()[:7])
    found = []
    for division in org.divisions_under(request.person, "R4"):
        if not access.is_drawer(request.person, division, now):
            continue
        sheets = access.visible(request.person).filter(division=division)
        drawn = set(sheets.values_list("period", flat=True))
        begun = min(one.since for one in org.adoptions(division) if one.regulation == "R4")
        found += [
            {"division": division, "period": period}
            for period in queries.months_before(division.pk, clock.today())
            if period not in drawn and rows.month(period).last >= begun
        ]
    return {
        "due": next((one for one in found if one["period"] == last), None),
        "waiting": [one for one in found if one["period"] != last],
    }


def _columns() -> list[Column]:
    return [
        Column("period", _("月份"), link=lambda one: reverse("reports:sheet", args=[one.pk])),
        Column("division", _("公司单位"), read="division.name", phone=False),
        Column("state", _("状态"), kind="badge", read=lambda one: reading.STATES[one.state]),
        Column("cases", _("结案件数"), kind="number", read=lambda one: len(one.rows)),
        Column("loss", _("损失金额"), kind="money", read=_loss),
        Column("edition", _("版次"), kind="number"),
        Column("drawn_up_at", _("编制"), kind="moment", phone=False),
        Column("submitted_at", _("送会签"), kind="moment"),
        Column("finalised_at", _("定案于"), kind="moment", phone=False),
    ]


def _loss(report: Report) -> int:
    return sum(row["loss_cents"] for row in report.rows)


def _empty() -> Empty:
    return Empty(
        _("还没有统计表"),
        _("每月一日起，生产管理组把上月结案的客诉汇总在这里，十日前送各主管会签。"),
        "chart-bar",
    )


@require_GET
def month(request: Request, division: int, period: str) -> HttpResponse:
    """Where the duty of a month leads: its sheet, or what it will be drawn up from."""
    unit = _division(request, division)
    try:
        days = rows.month(period)
    except ValueError:
        raise Http404(period) from None
    found = access.visible(request.person).filter(division=unit, period=days.key)
    if sheet := found.exclude(state=Report.State.REPLACED).first():
        return redirect("reports:sheet", sheet.pk)
    now, query = clock.now(), f"division={unit.pk}&period={days.key}"
    context = {
        "division": unit,
        "period": days.key,
        "count": queries.closed_in([unit.pk], days.first, days.last).count(),
        "list": f"{reverse('reports:counted', args=['closed'])}?{query}",
        "over": clock.today() > days.last,
        "mine": access.is_drawer(request.person, unit, now),
        "who": [org.role_title(role, unit) for role in access.drawers(now)],
    }
    return render(request, "reports/month.html", context)


def _division(request: Request, pk: int) -> Unit:
    if pk not in org.divisions_visible(request.person):
        raise Http404(pk)
    return org.unit_by_id(pk)


@require_POST
def draw_up(request: Request) -> HttpResponse:
    """Draw a month up."""
    unit = _division(request, number_of(request.POST.get("division", "")) or 0)
    made = reports.draw_up(unit, request.POST.get("period", ""), by=request.person)
    messages.success(request, _("统计表已编制，请逐件检查后送会签。"))
    return redirect("reports:sheet", made.pk)
