"""The base of the collection-rate bonus: one page a salesperson and month (R4-81)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from shouwen.doors.web import refusals
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.outcomes.assessment import queries as assessed
from shouwen.outcomes.reports import access, bonuses, rows, rules
from shouwen.outcomes.reports import actions as reports
from shouwen.work.customers.workbooks import Money, Sheet, workbook

from .papers import XLSX, attachment

UNPROCESSABLE = 422


def _month(text: str) -> str:
    """The month the address asks for, else the last one that is over."""
    try:
        return rows.month(text).key
    except ValueError:
        return rows.month_before(clock.today().isoformat()[:7])


@require_GET
def index(request: Request) -> HttpResponse:
    """The bases this person may see in a month: his own, those he leads, or all of them."""
    period, seen = _month(request.GET.get("period", "")), org.divisions_under(request.person, "R4")
    wanted = request.GET.get("division", "")
    division = next((one for one in seen if str(one.pk) == wanted), seen[0] if seen else None)
    lines = _lines(request, division, period) if division else []
    context = {
        "period": period,
        "division": division,
        "divisions": seen,
        "table": Table(_list_columns(), lines, request, _nobody(), caption=_("回收率奖金基数")),
        "before": rows.month_before(period),
    }
    return render(request, "reports/bonuses.html", context)


def _lines(request: Request, division: Unit, period: str) -> list[dict[str, Any]]:
    """What is due and what was written down, read once for everybody who sells or sold here."""
    now = clock.now()
    live = bonuses.bases(division, period)
    kept = bonuses.written_in(division, period)
    selling = {one.pk: one for one in org.people("sales", division, now)}
    left = {pk: org.person(pk) for pk in sorted({*live, *kept} - set(selling))}
    return [
        _line(one, division, period, live, kept)
        for one in (selling | left).values()
        if access.may_read_bonus(request.person, one, division, now)
    ]


def _line(
    person: Person, division: Unit, period: str, live: dict[int, rules.Bonus], kept: dict[int, Any]
) -> dict[str, Any]:
    report = kept.get(person.pk)
    base = bonuses.read(report) if report else live.get(person.pk) or rules.bonus([])
    return {
        "person": person,
        "base": base,
        "state": ("done", _("已写定")) if report else ("off", _("未写定")),
        "url": reverse("reports:bonus", args=[division.pk, person.pk, period]),
    }


def _list_columns() -> list[Column]:
    return [
        Column("person", _("业务员"), kind="person", link="url"),
        Column("receivable", _("应收账款"), kind="money", read="base.receivable_cents"),
        Column("excluded", _("客诉扣除"), kind="money", read="base.excluded_cents"),
        Column("net", _("计奖基数"), kind="money", read="base.base_cents"),
        Column("collected", _("已收回"), kind="money", read="base.collected_cents"),
        Column("rate", _("回收率"), kind="percent", read="base.rate"),
        Column("state", _("状态"), kind="badge"),
    ]


def _nobody() -> Empty:
    return Empty(
        _("没有您可以查看的奖金基数"),
        _("业务员看自己的，主管看所属人员的，会计和总经理室看全部。"),
        "lock",
    )


def _gate(request: Request, division: int, person: int, period: str) -> tuple[Unit, Person, str]:
    """The records of an address, for whoever may see them; 404 for everybody else."""
    try:
        month, who = rows.month(period).key, org.person(person)
    except (ValueError, Person.DoesNotExist):
        raise Http404 from None
    now = clock.now()
    if division not in org.divisions_visible(request.person):
        raise Http404
    unit = org.unit_by_id(division)
    if not (
        bonuses.sells(who, unit, now) and access.may_read_bonus(request.person, who, unit, now)
    ):
        raise Http404
    return unit, who, month


@require_http_methods(["GET", "POST"])
def show(request: Request, division: int, person: int, period: str) -> HttpResponse:
    """The base of one salesperson; a POST writes it down."""
    unit, who, month = _gate(request, division, person, period)
    if request.method == "GET":
        return _page(request, unit, who, month)
    request.about = unit
    reason = request.POST.get("reason", "")
    try:
        reports.compute_bonus(unit, who, month, reason=reason, by=request.person)
    except Refused as refused:
        refusals.keep(request, refused)
        return _page(request, unit, who, month, refused, reason)
    messages.success(request, _("奖金基数已写定。"))
    return redirect("reports:bonus", division, person, month)


def _page(
    request: Request,
    division: Unit,
    person: Person,
    period: str,
    refused: Refused | None = None,
    reason: str = "",
) -> HttpResponse:
    editions = bonuses.written(division, person, period)
    now = bonuses.base_of(person, division, period)
    base = bonuses.read(editions[0]) if editions else now
    context = {
        "division": division,
        "who": person,
        "period": period,
        "before": rows.month_before(period),
        "base": base,
        "table": Table(
            _line_columns(), base.lines, request, _nothing_due(), caption=_("当月应收账款"),
            row_state=lambda one: "soon" if one.excluded_cents else "",
            footer=_footer(base) if base.lines else {},
        ),
        "editions": editions,
        "notices": assessed.deductions_of(person, division, period),
        "changed": bool(editions) and (now.base_cents, now.collected_cents)
        != (base.base_cents, base.collected_cents),
        "now": now,
        "computes": access.computes_bonus(request.person, division, clock.now()),
        "over": clock.today() > rows.month(period).last,
        "reason": reason,
        "reasons": [refusals.say(one) for one in refused.reasons] if refused else [],
    }  # fmt: skip
    status = UNPROCESSABLE if refused else 200
    return render(request, "reports/bonus.html", context, status=status)


def _line_columns() -> list[Column]:
    return [
        Column("invoice", _("发票号码")),
        Column("customer", pgettext("column", "客户")),
        Column("order", _("订单"), phone=False),
        Column("part", _("料号")),
        Column("due_on", _("应收日")),
        Column("amount", _("应收金额"), kind="money", read="amount_cents"),
        Column("collected", _("已收金额"), kind="money", read="collected_cents"),
        Column("excluded", _("扣除"), kind="money", read="excluded_cents"),
        Column(
            "complaint", _("客诉编号"), read=lambda one: one.complaint or "—",
            link=lambda one: f"/cases/{one.case}/" if one.case else "",
        ),
    ]  # fmt: skip


def _footer(base: rules.Bonus) -> dict[str, Any]:
    return {
        "invoice": _("合计"),
        "amount": base.receivable_cents,
        "collected": base.collected_cents,
        "excluded": base.excluded_cents,
    }


def _nothing_due() -> Empty:
    return Empty(_("这个月没有到期的应收账款"), _("发票的应收日落在这个月，就列在这里。"), "coins")


@require_GET
def export(request: Request, division: int, person: int, period: str) -> HttpResponse:
    """The same as a workbook; that it was taken out is journalled."""
    unit, who, month = _gate(request, division, person, period)
    editions = bonuses.written(unit, who, month)
    base = bonuses.read(editions[0]) if editions else bonuses.base_of(who, unit, month)
    columns = _line_columns()
    lines: list[list[Any]] = [
        [one.invoice, one.customer, one.order, one.part, one.due_on, Money(one.amount_cents),
         Money(one.collected_cents), Money(one.excluded_cents), one.complaint]
        for one in base.lines
    ]  # fmt: skip
    sums: list[list[Any]] = [
        [_("应收账款"), Money(base.receivable_cents)],
        [_("客诉扣除"), Money(base.excluded_cents)],
        [_("计奖基数"), Money(base.base_cents)],
        [_("已收回"), Money(base.collected_cents)],
        [_("回收率"), f"{base.rate} %" if base.rate is not None else "—"],
        [_("状态"), _("已写定") if editions else _("未写定")],
    ]
    data = workbook(
        Sheet(month, [_("项目"), who.name], sums),
        Sheet(_("当月应收账款"), [str(column.title) for column in columns], lines),
    )
    journal.record("bonus.exported", unit, by=request.person, person=who.pk, period=month)
    return attachment(data, XLSX, f"{_('回收率奖金基数')}-{who.name}-{month}.xlsx")
