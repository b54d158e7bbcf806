"""The list of campaigns, one campaign, and its acts: start, sent, remind, close."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import numbers_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import history
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.models import Entry
from shouwen.ground.journal.queries import timeline
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Campaign, Questionnaire

from . import recipients
from .forms import CampaignFilters, PlanForm

STATES = {
    "draft": ("draft", gettext_lazy("拟订中")),
    "running": ("now", gettext_lazy("进行中")),
    "closed": ("done", gettext_lazy("已结束")),
}
WHERE = {
    "draft": Q(started_at__isnull=True),
    "running": Q(started_at__isnull=False, closed_at__isnull=True),
    "closed": Q(closed_at__isnull=False),
}
HISTORY = 30


def require_reader(request: Request) -> None:
    """Refuse whoever reads no answers anywhere."""
    if not access.reading_divisions(request.person):
        raise refuse(
            N_("只有客服、服务、业务、品质和总经理室可以查看调查"), instead=N_("请联系客服主管")
        )


def running_divisions(request: Request) -> set[int]:
    """Where this person runs surveys."""
    seen = access.reading_divisions(request.person)
    return {pk for pk in seen if access.may_run(request.person, pk)}


def _rows(filters: CampaignFilters, divisions: set[int]) -> QuerySet[Campaign]:
    found = queries.campaigns(divisions).filter(WHERE.get(filters.asked("state"), Q()))
    if words := filters.asked("q"):
        found = found.filter(Q(number__startswith=words) | Q(title__icontains=words))
    return found


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("编号"), link=lambda row: reverse("surveys:campaign", args=[row.pk])),
        Column("title", _("名称")),
        Column("questionnaire", _("问卷"), read="questionnaire.title", phone=False),
        Column("closes_on", _("截止日"), kind="day"),
        Column("invited", _("对象"), kind="number"),
        Column("sent", _("已发出"), kind="number"),
        Column("answered", _("已回答"), kind="number"),
        Column("state", _("状态"), kind="badge", read=lambda row: STATES[row.state]),
    ]


CAMPAIGNS = Listing(
    "campaigns", gettext_lazy("满意度调查"), CampaignFilters, _rows, _columns, ("-id",),
    lambda: Empty(
        _("没有这样的调查"),
        _("先拟一份问卷，五个方面各有题目；再拟订调查、挑选客户、开始发出。"), "clipboard-list",
    ),
    None, "surveys/list.html",
)  # fmt: skip


@require_GET
def index(request: Request) -> HttpResponse:
    """Every campaign."""
    require_reader(request)
    return listing.show(request, _mine(request), may_run=bool(running_divisions(request)))


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    require_reader(request)
    return listing.export(request, _mine(request))


def _mine(request: Request) -> Listing:
    seen = access.reading_divisions(request.person)
    return replace(CAMPAIGNS, rows=lambda asked, _all: _rows(asked, seen))


def new(request: Request) -> HttpResponse:
    """Plan a campaign."""
    divisions = running_divisions(request)
    if not divisions:
        raise refuse(N_("只有客服、品质主管以上和总经理室可以办理调查"))
    form = PlanForm(divisions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            division, questionnaire = form.chosen()
            data = form.cleaned_data
            made = surveys.plan(
                division, data["title"], questionnaire, data["closes_on"], data["note"],
                by=request.person,
            )  # fmt: skip
            messages.success(request, _("已拟订，请挑选调查对象。"))
            return redirect("surveys:recipients", made.pk)
    has_any = Questionnaire.objects.filter(division_id__in=divisions).exists()
    status = 422 if form.errors else 200
    return render(request, "surveys/new.html", {"form": form, "has_any": has_any}, status=status)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One campaign: where it stands, whom it asks, what came back."""
    campaign = access.access_campaign(request.person, pk)
    context = {
        "campaign": campaign,
        "state": STATES[campaign.state],
        "may_run": access.may_run(request.person, campaign.division_id),
        "sendings": _sendings(campaign),
        "missing": _missing(campaign),
        "results": _results(campaign),
        "list": recipients.page(request, campaign),
        "events": history.of(_own(campaign)),
        "is_over": clock.today() > campaign.closes_on,
    }
    return render(request, "surveys/campaign.html", context)


def _own(campaign: Campaign) -> list[Entry]:
    """What was done with the campaign itself; its answers and their marks have their own lists."""
    return list(timeline(campaign).filter(subject_kind="campaign")[:HISTORY])


def _sendings(campaign: Campaign) -> list[dict[str, Any]]:
    return [
        {"name": bounds.channel_name(one.channel), "row": one} for one in queries.sendings(campaign)
    ]


def _missing(campaign: Campaign) -> list[str]:
    """The areas of the clause that its questionnaire does not ask about (R5-45)."""
    if campaign.state != "draft":
        return []
    have = {one.area for one in queries.asked(campaign.questionnaire_id)}
    wanted = bounds.areas(campaign.division_id, clock.now())
    return [area.label for area in wanted if area.asked_by and area.key not in have]


def _results(campaign: Campaign) -> list[dict[str, Any]]:
    if campaign.state != "closed":
        return []
    names = bounds.area_names(campaign.division_id, clock.now())
    found = campaign.results.filter(channel="").select_related("follow_up")
    return [{"name": names.get(one.area, one.area), "row": one} for one in found]


# -- acts -----------------------------------------------------------------------------------------


def _start(request: Request, campaign: Campaign) -> str:
    surveys.start(campaign, by=request.person)
    return _("调查已开始。")


def _sent(request: Request, campaign: Campaign) -> str:
    chosen = numbers_of(request.POST.getlist("recipient"))
    channel = request.POST.get("channel", "")
    if channel:
        waiting = queries.recipients(campaign, channel, "waiting")
        chosen += list(waiting.values_list("pk", flat=True))
    count = surveys.mark_sent(campaign, chosen, by=request.person)
    return ngettext("已记下 %(n)s 份发出。", "已记下 %(n)s 份发出。", count) % {"n": count}


def _remind(request: Request, campaign: Campaign) -> str:
    count = surveys.remind(campaign, by=request.person)
    return ngettext("已提醒 %(n)s 位。", "已提醒 %(n)s 位。", count) % {"n": count}


def _close(request: Request, campaign: Campaign) -> str:
    surveys.close(campaign, by=request.person)
    return _("调查已结束；低于标准的方面已开出改善任务。")


ACTS: dict[str, Callable[[Request, Campaign], str]] = {
    "start": _start,
    "sent": _sent,
    "remind": _remind,
    "close": _close,
}


@require_POST
def act(request: Request, pk: int, key: str) -> HttpResponse:
    """Do one of the acts of a campaign; a refusal is answered with its clause."""
    campaign = access.access_campaign(request.person, pk)
    if key not in ACTS:
        raise Http404(key)
    request.about = campaign
    messages.success(request, ACTS[key](request, campaign))
    return redirect("surveys:campaign", pk)
