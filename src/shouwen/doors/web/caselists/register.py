"""客户抱怨案件登记追踪表: every complaint by the month of its number (R4-29)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web import moments, paging
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers.shipping import plain
from shouwen.work.customers.workbooks import Money

from . import exporting, tables, words


def month_of(request: Request) -> date:
    """The month the address asks for, else this one; its first day."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return clock.today().replace(day=1)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first + timedelta(days=31)).replace(day=1)


def _division(request: Request) -> tuple[Unit | None, list[Unit]]:
    """The division asked for, and all that may be asked for."""
    seen = [org.unit_by_id(pk) for pk in sorted(org.divisions_visible(request.person))]
    wanted = request.GET.get("division", "")
    running = org.divisions_under(request.person, "R4") or seen
    chosen = next((one for one in seen if str(one.pk) == wanted), None)
    return chosen or (running[0] if running else None), seen


def _found(division: Unit | None, month: date) -> QuerySet[Case]:
    if division is None:
        return Case.objects.none()
    found = cases.register(division.pk, month, next_month(month) - timedelta(days=1))
    return found.select_related("salesperson", "liable_unit")


@require_GET
def show(request: Request) -> HttpResponse:
    """One month of the register."""
    month = month_of(request)
    division, divisions = _division(request)
    found = _found(division, month)
    page = paging.page_of(found, request, order=("accepted_at", "id"))
    empty = Empty(_("这个月没有编号的客诉"), _("生产管理组受理编号后，客诉就登记在这里。"), "book")
    context = {
        "page": page,
        "table": Table(_columns(), page.rows, request, empty, caption=_("客户抱怨案件登记追踪表")),
        "month": month,
        "month_text": _month_text(month),
        "previous": (month - timedelta(days=1)).strftime("%Y-%m"),
        "next": next_month(month).strftime("%Y-%m") if next_month(month) <= clock.today() else "",
        "division": division,
        "divisions": divisions,
    }
    return render(request, "caselists/register.html", context)


def _month_text(month: date) -> str:
    from django.utils.translation import get_language

    if moments.english(get_language() or ""):
        return month.strftime("%B %Y")
    return f"{month.year}年{month.month}月"


def _columns() -> list[Column]:
    names = tables.all_words()
    return [
        Column("label", _("编号"), link=tables.address),
        Column("accepted_at", _("受理日期"), kind="day"),
        Column("customer", _("客户"), read="customer.name"),
        Column("goods", _("订单与料号"), read=goods_text, phone=False),
        Column("title", _("事由")),
        Column("stage", _("步骤"), read=lambda case: words.stage_of(case, names["stages"])),
        Column("unit", _("在何处"), read=lambda case: case.unit.name if case.unit else "—"),
        Column("method", _("处理方式"), read=lambda case: names["methods"].get(case.method, "—")),
        Column("amount_cents", _("金额"), kind="money", phone=False),
        Column("due", _("期限"), kind="due", read=tables.term_of),
    ]


def goods_text(case: Case) -> str:
    """Order, part and how many are bad, a product line each."""
    return ";".join(
        f"{line.order_number} {line.part_number} {plain(line.defective)}/{plain(line.quantity)}"
        for line in case.lines.all()
    )


@require_GET
def export(request: Request) -> HttpResponse:
    """The month as a workbook."""
    division, _divisions = _division(request)
    month = month_of(request)
    names = tables.all_words()
    rows = [_line(case, names) for case in _found(division, month)[: exporting.MOST]]
    title = f"{_('客户抱怨案件登记追踪表')} {month:%Y-%m}"
    return exporting.answer(request, title, _headings(), rows)


def _headings() -> list[str]:
    return [
        _("编号"), _("受理日期"), _("客户"), _("业务"), _("订单与料号"), _("事由"), _("异常现象"),
        _("步骤"), _("在何处"), _("责任单位"), _("核决结果"), _("处理方式"), _("金额"), _("期限"),
        _("结案时间"), _("已用天数"),
    ]  # fmt: skip


def _line(case: Case, names: dict[str, dict[str, str]]) -> list[Any]:
    accepted = case.accepted_at
    assert accepted is not None
    until = clock.day_of(case.closed_at or clock.now())
    return [
        case.label, clock.day_of(accepted), case.customer.name, case.salesperson.name,
        goods_text(case), case.title, case.text.description,
        words.stage_of(case, names["stages"]), case.unit.name if case.unit else "",
        case.liable_unit.name if case.liable_unit else "",
        case.get_outcome_display() if case.outcome else "",
        names["methods"].get(case.method, ""),
        Money(case.amount_cents) if case.amount_cents is not None else "",
        case.due_at, case.closed_at, (until - clock.day_of(accepted)).days,
    ]  # fmt: skip
