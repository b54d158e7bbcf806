"""The lists behind the numbers: what a chart or an indicator counts, line by line (R4-01)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from shouwen.doors.web import paging
from shouwen.doors.web.caselists import tables
from shouwen.doors.web.people import Request
from shouwen.doors.web.regulations.indicators import Indicator
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import queries, rows
from shouwen.work.cases.models import Case


@dataclass(frozen=True)
class Counted:
    """One list: what it counts, how it is found, in which order and columns."""

    title: Any
    hint: Any
    found: Callable[[Collection[int], date], QuerySet[Any]]
    order: tuple[str, ...]
    of: str = "cases"


def _closed(divisions: Collection[int], day: date) -> QuerySet[Case]:
    return queries.closed_in(divisions, *queries.year_to(day))


YEAR = gettext_lazy("最近十二个月")
LISTS = {
    "closing": Counted(gettext_lazy("一年内结案的客诉"), YEAR, _closed, ("-closed_at", "-id")),
    "accepted": Counted(
        gettext_lazy("一年内受理的客诉"), YEAR, queries.accepted_in, ("-accepted_at", "-id")
    ),
    "repeated": Counted(
        gettext_lazy("重复客诉"),
        gettext_lazy("同一客户就同一料号、同一客诉项目，在此前一年内已有客诉。"),
        queries.repeated_in,
        ("-accepted_at", "-id"),
    ),
    "improvements": Counted(
        gettext_lazy("一年内到期的改善项目"), YEAR, queries.improvements_in, ("-due_on", "-id"),
        "improvements",
    ),
    "improved": Counted(
        gettext_lazy("确认有效的改善项目"), YEAR, queries.improvements_done, ("-due_on", "-id"),
        "improvements",
    ),
}  # fmt: skip


def divisions_of(person: Any) -> set[int]:
    """The divisions in sight that work by R4."""
    return {one.pk for one in org.divisions_under(person, "R4")}


@require_GET
def show(request: Request, key: str) -> HttpResponse:
    """One list; its length is the number that led here."""
    counted = _of_month(request) if key == "closed" else LISTS.get(key)
    if counted is None:
        raise Http404(key)
    found = counted.found(divisions_of(request.person), clock.today())
    ready = ("case__customer", "owner") if counted.of == "improvements" else (
        "customer", "liable_unit", "salesperson")  # fmt: skip
    page = paging.page_of(found.select_related(*ready), request, order=counted.order)
    columns = _of_improvements() if counted.of == "improvements" else _of_cases()
    empty = Empty(_("没有这样的记录"), _("所计数的件数为零。"), "circle-check")
    context = {
        "title": counted.title,
        "hint": counted.hint,
        "count": found.count(),
        "page": page,
        "table": Table(columns, page.rows, request, empty, caption=counted.title),
    }
    return render(request, "reports/counted.html", context)


def _of_month(request: Request) -> Counted | None:
    """The complaints one division closed in one month."""
    try:
        division = int(request.GET.get("division", ""))
        days = rows.month(request.GET.get("period", ""))
    except ValueError:
        return None
    if division not in divisions_of(request.person):
        return None
    late = bool(request.GET.get("late"))
    title = _("%(period)s 逾期结案的客诉") if late else _("%(period)s 结案的客诉")

    def found(_all: Collection[int], _day: date) -> QuerySet[Case]:
        closed = queries.closed_in([division], days.first, days.last)
        return queries.closed_late(closed) if late else closed

    name = org.unit_by_id(division).name
    return Counted(title % {"period": days.key}, name, found, ("closed_at", "id"))


def _of_cases() -> list[Column]:
    return [
        Column("label", _("编号"), link=tables.address),
        Column("title", _("事由")),
        Column("customer", pgettext("column", "客户"), read="customer.name"),
        Column("accepted_at", _("受理"), kind="day"),
        Column("closed_at", _("结案"), kind="day"),
        Column("days", _("天数"), kind="number", read=_days),
        Column("liable", _("责任单位"), read="liable_unit.name", phone=False),
        Column("amount_cents", _("金额"), kind="money", phone=False),
    ]


def _days(case: Case) -> Any:
    if case.closed_at is None or case.accepted_at is None:
        return None
    return (clock.day_of(case.closed_at) - clock.day_of(case.accepted_at)).days


def _of_improvements() -> list[Column]:
    return [
        Column("case", _("编号"), read="case.label", link=lambda one: tables.address(one.case)),
        Column("customer", pgettext("column", "客户"), read="case.customer.name"),
        Column("plan", _("改善方案")),
        Column("owner", pgettext("column", "负责人"), kind="person"),
        Column("due_on", pgettext("column", "期限"), kind="day"),
        Column("state", _("状态"), read="get_state_display"),
        Column("closed_at", _("结束"), kind="day", phone=False),
    ]


def build(request: Request) -> list[Indicator]:
    """The three figures of R4-01, each over the last twelve months and with its list."""
    divisions, today = divisions_of(request.person), clock.today()
    closed, days = queries.closing_days(divisions, today)
    accepted = queries.accepted_in(divisions, today).count()
    repeated = queries.repeated_in(divisions, today).count()
    listed = queries.improvements_in(divisions, today).count()
    done = queries.improvements_done(divisions, today).count()
    return [
        Indicator(
            _("平均结案用时"),
            _("%(days)s 天") % {"days": days} if days is not None else "—",
            _("最近十二个月结案 %(count)s 件") % {"count": closed},
            _to("closing"),
        ),
        Indicator(
            _("重复率"), _share(repeated, accepted),
            _("受理 %(all)s 件，其中重复 %(count)s 件") % {"all": accepted, "count": repeated},
            _to("repeated"),
        ),
        Indicator(
            _("改善完成率"), _share(done, listed),
            _("到期项目 %(all)s 个，确认有效 %(count)s 个") % {"all": listed, "count": done},
            _to("improvements"),
        ),
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f} %" if whole else "—"


def _to(key: str) -> str:
    return reverse("reports:counted", args=[key])
