"""What came in and nobody deals with yet, with its age; and everything else that was said."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.drawing import marks
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.engines.dues import queries as dues
from shouwen.ground.foundation import clock
from shouwen.work.customers import access as customers
from shouwen.work.customers import phones
from shouwen.work.interactions import queries
from shouwen.work.interactions.access import visible
from shouwen.work.interactions.models import Interaction

from .forms import QueueFilters

OLDEST_FIRST = ("id",)


def _found(request: Request) -> tuple[QueueFilters, QuerySet[Interaction], tuple[str, ...]]:
    filters = QueueFilters(request.GET)
    view = filters.asked("view") or ""
    found = queries.unrouted(request.person) if not view else _everything(request, view)
    for name in ("channel", "nature"):
        if asked := filters.asked(name):
            found = found.filter(**{name: asked})
    return filters, found.filter(filters.within("at")), ("-id",) if view else OLDEST_FIRST


def _everything(request: Request, view: str) -> QuerySet[Interaction]:
    found = visible(request.person).select_related("text", "customer", "taker")
    return found.filter(taker=request.person) if view == "mine" else found


@require_GET
def show(request: Request) -> HttpResponse:
    """One page of the queue, the oldest first."""
    filters, found, order = _found(request)
    page = page_of(found, request, order=order)
    empty = Empty(
        _("没有待分派的往来"),
        _("电话、来信、来访、网站和接口来的事，还没有归入事项的，按先后列在这里。"),
        "inbox",
    )
    late = _late(page.rows)
    table = Table(
        _columns(request, clock.now(), late), page.rows, request, empty, caption=_("往来"),
        row_state=lambda row: "late" if row.pk in late else "",
    )  # fmt: skip
    context = {"filters": filters, "page": page, "table": table, "query": request.GET.urlencode()}
    return render(request, "quick/queue.html", context)


def _late(rows: Iterable[Interaction]) -> set[int]:
    """Those that should have been passed on by now (R2-04, R5-18); one statement."""
    found = dues.of_matters("interaction", [row.pk for row in rows if not row.routed_at])
    return {pk for pk, owed in found.items() if any(one.missed_at for one in owed)}


def _columns(request: Request, now: datetime, late: Collection[int] = frozenset()) -> list[Column]:
    clear = customers.phone_divisions(request.person)

    def waits(row: Interaction) -> str:
        if row.routed_at:
            return ""
        since = age(row.at, now)
        if row.pk not in late:
            return since
        return marks.badge("late", _("%(age)s，超过规定") % {"age": since})

    def phone(row: Interaction) -> str:
        text = row.text.phone
        return text if row.division_id in clear else phones.masked(text)

    return [
        Column("number", _("编号"), link=lambda row: reverse("quick:interaction", args=[row.pk])),
        Column("at", _("往来时间"), kind="when", read=lambda row: row),
        Column("age", _("已等"), read=waits),
        Column("channel", _("渠道"), read=way_of),
        Column("nature", _("性质"), read="get_nature_display"),
        Column("who", _("客户"), read=who),
        Column("phone", _("电话"), read=phone, phone=False),
        Column("body", _("内容"), read=words),
        Column("taker", _("登记人"), read=lambda row: row.taker.name if row.taker else "—"),
    ]


def way_of(row: Interaction) -> str:
    """The published channel it came by, as it was called then, else the kind of channel."""
    from shouwen.ground.foundation.words import language

    more = row.text.more
    named = more.get("way_en") if language() == "en" else more.get("way_zh")
    return str(named or more.get("way_zh") or row.channel_word)


def words(row: Interaction) -> str:
    """What it is about, in a line."""
    return row.text.subject or Truncator(row.text.said).chars(60)


def who(row: Interaction) -> str:
    """The customer on record, else who spoke."""
    return row.customer.name if row.customer else row.text.name or _("不明")


def age(since: datetime, now: datetime) -> str:
    """How long it waits, in the unit people think in."""
    waited = max(now - since, timedelta())
    if waited < timedelta(hours=1):
        return _("%(n)s 分钟") % {"n": int(waited.total_seconds() // 60)}
    if waited < timedelta(days=2):
        return _("%(n)s 小时") % {"n": int(waited.total_seconds() // 3600)}
    return _("%(n)s 天") % {"n": waited.days}


@require_GET
def export(request: Request) -> HttpResponse:
    """What the queue shows, as a workbook; numbers masked as on the screen."""
    _filters, found, order = _found(request)
    rows = list(found.order_by(*order)[: exporting.MOST])
    columns = _columns(request, clock.now())
    lines = [[_cell(column, row) for column in columns] for row in rows]
    return exporting.answer(request, _("往来"), [str(one.title) for one in columns], lines)


def _cell(column: Column, row: Interaction) -> Any:
    if column.kind == "when":
        shape = "%Y-%m-%d" if row.is_dated else "%Y-%m-%d %H:%M"
        return row.at.astimezone(clock.COMPANY_ZONE).strftime(shape)
    if callable(column.read):
        return column.read(row)
    if column.read == "get_nature_display":
        return row.get_nature_display()
    return getattr(row, column.key)
