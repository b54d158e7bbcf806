"""The list of calls, one call at a time, the record of all of them, and the rate of each day."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import links
from shouwen.doors.web.caselists import listing
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.callbacks import access, actions, calling, figures, queries, rules
from shouwen.work.callbacks.models import Callback, Result
from shouwen.work.customers.access import may_see_phones
from shouwen.work.customers.care import queries as care
from shouwen.work.interactions import queries as interactions

from . import homes, lists, registers
from .forms import AnswerForm, CorrectionForm

UNPROCESSABLE = 422
SHOWN = 100
"""So many calls stand on the list; the next one comes up when one is done."""
DAYS = 31


@require_GET
def queue(request: Request) -> HttpResponse:
    """What the reader has to call, in turn."""
    now = clock.now()
    waiting = queries.queue(request.person, now)
    if only_today := request.GET.get("show") != "all":
        waiting = waiting.filter(due_at__lte=clock.end_of(clock.day_of(now)))
    rows = list(waiting[:SHOWN])
    empty = Empty(_("今天没有要打的回访电话"), _("之后几天要打的，看“全部待回访”。"), "phone-check")
    columns = [
        Column("customer", pgettext("column", "客户"), read="customer.name", link=lists.address),
        Column("reason", _("类别"), read="get_reason_display"),
        Column("title", _("事由"), read=lists.title_of),
        Column("phone", _("电话"), read=lists.phone_reader(request)),
        Column("due_at", _("期限"), kind="due"),
        Column("tries", _("未通次数"), kind="number"),
    ]
    context = {
        "at": "queue",
        "table": Table(columns, rows, request, empty, caption=_("待回访"), row_state=lists.mark_of),
        "counts": queries.counts(request.person, now),
        "done": queries.done_today(request.person, now),
        "only_today": only_today,
        "has_calls": bool(rows),
    }
    return render(request, "callbacks/queue.html", context)


@require_POST
def take_next(request: Request) -> HttpResponse:
    """The next call, kept from colleagues while it is made; `after` puts the one at hand off."""
    put_off = number_of(request.POST.get("after", "")) or 0
    if put_off:
        actions.drop_taken(access.access_callback(request.person, put_off), by=request.person)
    found = actions.take_next(request.person, after=put_off)
    if found is None:
        messages.info(request, _("没有别的电话要打了"))
        return redirect("callbacks:queue")
    return redirect("callbacks:show", found.pk)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One call: the customer, the matter, what was said before, and what he says now."""
    return _page(request, access.access_callback(request.person, pk))


def _page(
    request: Request,
    callback: Callback,
    form: AnswerForm | None = None,
    correction: CorrectionForm | None = None,
) -> HttpResponse:
    now = clock.now()
    may = access.may_call(request.person, callback, now)
    tries = list(callback.attempts.select_related("by"))
    choices = figures.outcomes(callback.division_id, now)
    speaking = bool(tries) and tries[-1].meaning == rules.REACHED
    if form is None and callback.is_open and may and speaking:
        form = _answer_form(callback)
    clear = may or may_see_phones(request.person, callback.division_id)
    context = {
        "callback": callback, "may": may, "title": lists.title_of(callback),
        "phone": lists.phone_of(callback, clear),
        "matter_url": links.url(*callback.matter),
        "outcomes": [(place, one) for place, one in enumerate(choices, 1)],
        "tries": [(one, _label(one.outcome, choices)) for one in tries],
        "form": form, "earlier": queries.earlier(callback),
        "waiting": queries.waiting_too(callback),
        "contacts": interactions.of_customer(callback.customer)[:5],
        "state": lists.state_of(callback), "satisfied": lists.satisfied_of(callback),
        **_answered(callback, may, correction),
    }  # fmt: skip
    status = UNPROCESSABLE if (form or correction) and request.method == "POST" else 200
    return render(request, "callbacks/call.html", context, status=status)


def _label(outcome: str, choices: tuple[figures.Choice, ...]) -> str:
    return next((_(one.label) for one in choices if one.key == outcome), outcome)


def _answer_form(callback: Callback, data: Any = None) -> AnswerForm:
    now = clock.now()
    return AnswerForm(
        data, lines=figures.lines_of(callback, now), asked=figures.asked_of(callback, now)
    )


def _answered(callback: Callback, may: bool, correction: CorrectionForm | None) -> dict[str, Any]:
    """The result as it was submitted, what was corrected, and the form to correct it."""
    result = Result.objects.filter(callback=callback).select_related("by").first()
    if result is None:
        return {}
    now = clock.now()
    names = {f"marks.{one.key}": one.label for one in figures.lines_of(callback, now)}
    names |= {
        "satisfied": _("满意度"), "words": _("客户原话"), "opinion": _("意见"),
        "suggestion": _("建议"), "problem": _("发现的问题"),
    }  # fmt: skip
    corrections = list(result.corrections.select_related("by"))
    return {
        "result": result,
        "chances": care.opportunities_from(callback),
        "marks": [(names.get(f"marks.{key}", key), mark) for key, mark in result.marks.items()],
        "corrections": [
            (one, names.get(one.field, one.field), _said(one.before), _said(one.after))
            for one in corrections
        ],
        "correcting": correction or (_correction_form(callback, result) if may else None),
        "correction_open": correction is not None,
    }


def _said(value: Any) -> Any:
    if isinstance(value, bool):
        return _("满意") if value else _("不满意")
    return _("不适用") if value is None else value


def _correction_form(callback: Callback, result: Result, data: Any = None) -> CorrectionForm:
    now = clock.now()
    return CorrectionForm(
        data, lines=figures.lines_of(callback, now), asked=figures.asked_of(callback, now),
        stands=calling.standing(result), prefix="right",
    )  # fmt: skip


@require_POST
def outcome(request: Request, pk: int) -> HttpResponse:
    """Note one try; a digit key does."""
    callback = access.access_callback(request.person, pk)
    request.about = callback
    noted = actions.attempt(callback, request.POST.get("outcome", ""), by=request.person)
    if not noted.is_open:
        messages.success(request, _("已计为完成"))
    return redirect("callbacks:show", pk)


@require_POST
def result(request: Request, pk: int) -> HttpResponse:
    """Submit what the customer said."""
    callback = access.access_callback(request.person, pk)
    request.about = callback
    form = _answer_form(callback, request.POST)
    if form.is_valid():
        with at_fields(request, form):
            actions.submit(callback, form.answer(), by=request.person)
            messages.success(request, _("回访结果已提交"))
            return redirect("callbacks:show", pk)
    return _page(request, callback, form)


@require_POST
def correction(request: Request, pk: int) -> HttpResponse:
    """Correct a submitted result; the original stays."""
    callback = access.access_callback(request.person, pk)
    request.about = callback
    found = Result.objects.filter(callback=callback).first()
    if found is None:
        raise Http404
    form = _correction_form(callback, found, request.POST)
    if form.is_valid():
        with at_fields(request, form):
            actions.correct(
                callback, form.changes(), reason=form.cleaned_data["reason"], by=request.person
            )
            messages.success(request, _("已更正，原记录保留"))
            return redirect("callbacks:show", pk)
    return _page(request, callback, correction=form)


@require_GET
def records(request: Request) -> HttpResponse:
    """Every call-back in sight."""
    return listing.show(request, lists.CALLS)


@require_GET
def export(request: Request, key: str) -> HttpResponse:
    """One of the lists as a workbook."""
    wanted = next((one for one in registers.ALL if one.key == key), None)
    if wanted is None:
        raise Http404
    return listing.export(request, wanted)


@require_GET
def rates(request: Request) -> HttpResponse:
    """The rate of each of the last days, division by division."""
    today = clock.today()
    units = homes.bound(request.person, "quota", of="callback.done", base="repair.finished")
    rows = [
        {"division": unit, "day": one.day, "rate": one.rate, "today": one.day == today}
        for unit in units
        for one in queries.day_rates(unit.pk, today - timedelta(days=DAYS), today)
    ]
    empty = Empty(_("最近没有完工的报修"), _("完工一件，就有一件要回访。"), "tool")
    context = {
        "at": "rates",
        "table": Table(_rate_columns(len(units) > 1), rows, request, empty,
                       caption=_("每日回访率"), row_state=_rate_mark),
    }  # fmt: skip
    return render(request, "callbacks/rates.html", context)


def _rate_columns(several: bool) -> list[Column]:
    columns = [
        Column("day", _("日期"), kind="day", link=_day),
        Column("owed", _("完工件数"), kind="number", read="rate.owed"),
        Column("called", _("按时回访"), kind="number", read="rate.called"),
        Column("missing", _("缺漏"), kind="number", read="rate.missing"),
        Column("percent", _("回访率"), kind="percent", read="rate.percent"),
        Column("state", _("状态"), kind="badge", read=_rate_state),
    ]
    if several:
        columns.insert(1, Column("division", _("单位"), read="division.name"))
    return columns


def _day(row: dict[str, Any]) -> str:
    return reverse("callbacks:day", args=[row["division"].pk, row["day"].isoformat()])


def _rate_mark(row: dict[str, Any]) -> str:
    return "late" if row["rate"].missing and not row["today"] else ""


def _rate_state(row: dict[str, Any]) -> tuple[str, Any]:
    if not row["rate"].missing:
        return "done", _("全部回访")
    return ("now", _("进行中")) if row["today"] else ("late", _("有缺漏"))


@require_GET
def rate_of_day(request: Request, division: int, day: str) -> HttpResponse:
    """One day: its rate, and the repairs that keep it down."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if division not in org.divisions_visible(request.person):
        raise Http404
    rows = list(queries.missing(division, wanted))
    empty = Empty(_("这一天没有缺漏"), _("完工的报修都已按时回访。"), "circle-check")
    context = {
        "at": "rates",
        "day": wanted,
        "unit": org.unit_by_id(division),
        "rate": queries.day_rate(division, wanted),
        "table": Table(lists.call_columns(rows), rows, request, empty, caption=_("缺漏的报修"),
                       row_state=lists.mark_of),
    }  # fmt: skip
    return render(request, "callbacks/day.html", context)
