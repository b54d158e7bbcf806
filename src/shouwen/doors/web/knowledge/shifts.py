"""The days that were counted: how many enquiries have their record, and which lack one."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.org import queries as org
from shouwen.work.interactions.models import Channel
from shouwen.work.knowledge import queries
from shouwen.work.knowledge import shifts as kept
from shouwen.work.knowledge.models import ShiftCheck

from .forms import ShiftFilters

MOST = 200


def _rows(filters: ShiftFilters, divisions: set[int]) -> QuerySet[ShiftCheck]:
    found = queries.checks(divisions)
    wanted = filters.asked("missing")
    return found.filter(settled_at__isnull=wanted == "open") if wanted else found


def _state(row: ShiftCheck) -> tuple[str, str]:
    if row.settled_at is None:
        return "late", _("待补齐")
    return ("done", _("已补齐")) if row.missing else ("done", _("齐全"))


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("day", _("日期"), kind="day",
               link=lambda row: reverse("knowledge:shift", args=[row.pk])),
        Column("enquiries", _("咨询"), kind="number"),
        Column("records", _("有记录"), kind="number"),
        Column("missing", _("缺记录"), kind="number"),
        Column("state", _("状态"), kind="badge", read=_state),
    ]  # fmt: skip


SHIFTS = Listing(
    "shifts", gettext_lazy("咨询记录清点"), ShiftFilters, _rows, _columns, ("-day", "-id"),
    lambda: Empty(
        _("还没有清点"), _("每日到公司规定的钟点清点咨询与记录,缺的交值班班长补齐。"), "checklist"
    ),
    lambda row: "" if row.settled_at else "late", "knowledge/list.html",
)  # fmt: skip


@require_GET
def index(request: Request) -> HttpResponse:
    """The days, the newest first."""
    return listing.show(request, SHIFTS, way="shifts", clause="R3-29")


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    return listing.export(request, SHIFTS)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One day: what still lacks its record, by agent."""
    divisions = org.divisions_visible(request.person)
    row = ShiftCheck.objects.filter(division_id__in=divisions, pk=pk).first()
    if row is None:
        raise Http404
    found = kept.without_record(kept.enquiries(row.division_id, row.since, row.until))
    listed = list(found.select_related("text", "taker", "customer").order_by("taker", "id")[:MOST])
    agents = [(org.person(pk) if pk else None, n) for pk, n in kept.by_agent(found)]
    channels = dict(Channel.choices)
    columns = [
        Column("number", _("往来编号")),
        Column("taker", _("经办人"), kind="person"),
        Column("at", _("时间"), kind="moment"),
        Column("channel", _("渠道"), read=lambda one: str(channels[one.channel])),
        Column("who", _("咨询人"), read="text.name"),
        Column("body", _("所问问题"), read=lambda one: one.text.said[:80]),
        Column("make", _("记录"), read=lambda one: _("去登记"), link=_make),
    ]
    empty = Empty(_("记录齐全"), _("这一天的咨询都有记录。"), "circle-check")
    context = {
        "check": row,
        "table": Table(columns, listed, request, empty, caption=_("缺记录的咨询")),
        "agents": agents,
        "badge": _state(row),
    }
    return render(request, "knowledge/shift.html", context)


def _make(one: Any) -> str:
    return f"{reverse('intake:new')}?kind=consultation&phone={one.text.phone}"
