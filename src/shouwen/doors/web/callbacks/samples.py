"""The director's samples: the list, drawing one, its page, closing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing as lists_page
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.engines.dues.tied import periods
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.callbacks import access, actions, figures, queries
from shouwen.work.callbacks.models import Sample, SampleItem

from . import homes, lists, registers

OF = "sample.called_back"


@require_GET
def listing(request: Request) -> HttpResponse:
    """Every sample, and the quarter that may be drawn."""
    return lists_page.show(request, registers.SAMPLES, offers=_offers(request))


def _offers(request: Request) -> list[dict[str, object]]:
    """The quarter that ended last, of each division whose director is looking."""
    now, offers = clock.now(), []
    for unit in homes.bound(request.person, "quota", of=OF):
        clause = figures.sample_quota(unit, now)
        if clause is None or not is_director(request, unit.pk):
            continue
        this = periods.period_of(clause.spec.per, clock.day_of(now))
        last = periods.before(clause.spec.per, this).key
        if not Sample.objects.filter(division=unit, period=last).exists():
            offers.append({"division": unit, "period": last})
    return offers


def is_director(request: Request, division: int) -> bool:
    """Whether the reader is whom the sample belongs to, or stands in for him."""
    now = clock.now()
    clause = figures.sample_quota(division, now)
    roles = access.owners_of(clause) if clause else ()
    return any(org.as_whom(request.person, role, division, now) for role in roles)


@require_POST
def draw(request: Request) -> HttpResponse:
    """Draw a quarter's sample."""
    unit = homes.chosen(request, homes.bound(request.person, "quota", of=OF))
    sample = actions.draw_sample(unit, request.POST.get("period", "")[:7], by=request.person)
    messages.success(request, _("样本已抽取并封存"))
    return redirect("callbacks:sample", sample.pk)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One sample with its records, what they brought to light, and what was suggested."""
    sample = access.access_sample(request.person, pk)
    items = items_of(sample)
    waiting = sum(one.callback is not None and one.callback.is_open for one in items)
    open_linked = [one.linked for one in items if one.linked and one.linked.state == "open"]
    rows = queries.suggestions([sample.division_id]).filter(callback__sampled__sample=sample)
    context = {
        "at": "samples", "sample": sample, "table": _table(request, items),
        "waiting": waiting, "done": len(items) - waiting, "open_linked": open_linked,
        "mine": is_director(request, sample.division_id),
        "improvements": Table(
            registers.improvement_columns([]), list(rows.order_by("id")), request,
            Empty(_("这一季没有意见和建议"), "", "bulb"), caption=_("本季意见建议"),
        ),
    }  # fmt: skip
    return render(request, "callbacks/sample.html", context)


def items_of(sample: Sample) -> list[SampleItem]:
    """Its records in the order they were drawn, with calls and linked matters."""
    ready = ("callback__customer", "callback__done_by", "callback__result", "linked")
    return list(sample.drawn.select_related(*ready))


def _table(request: Request, items: list[SampleItem]) -> Table:
    columns = [
        Column("position", _("序"), kind="number"),
        Column("title", _("报修"), read=lambda one: lists.title_of(one.callback),
               link=lambda one: lists.address(one.callback)),
        Column("customer", pgettext("column", "客户"), read="callback.customer.name"),
        Column("stratum", _("月份与单位"), read=stratum_of, phone=False),
        Column("state", _("状态"), kind="badge", read=lambda one: lists.state_of(one.callback)),
        Column("satisfied", _("满意度"), kind="badge",
               read=lambda one: lists.satisfied_of(one.callback)),
        Column("linked", _("发现的问题"), read=lambda one: one.linked.label if one.linked else "",
               link=lambda one: f"/cases/{one.linked_id}/" if one.linked_id else ""),
        Column("linked_state", _("处理"), kind="badge", read=_linked_state),
    ]  # fmt: skip
    empty = Empty(_("这个季度没有报修记录"), _("没有可抽的，可直接归档。"), "dice-3")
    return Table(columns, items, request, empty, caption=_("抽到的报修"))


def stratum_of(item: SampleItem) -> str:
    """The month and the name of the unit a record was drawn from."""
    month, _space, code = item.stratum.partition(" ")
    try:
        return f"{month} {org.unit(code).name}"
    except Unit.DoesNotExist:
        return month


def _linked_state(item: SampleItem) -> tuple[str, str] | None:
    if item.linked is None:
        return None
    return ("now", _("处理中")) if item.linked.state == "open" else ("done", _("已有结果"))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Archive a quarter's sample."""
    sample = access.access_sample(request.person, pk)
    request.about = sample
    actions.close_sample(sample, by=request.person)
    messages.success(request, _("抽查已归档"))
    return redirect("callbacks:sample", pk)
