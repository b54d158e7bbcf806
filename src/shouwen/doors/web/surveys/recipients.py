"""Whom a campaign asks: the list, the dry run before anybody is added, and striking one off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Campaign, Recipient

from .forms import ChoiceForm

ORDER = ("channel", "id")
SHOWN = 50
"""Lines that a dry run shows of each heap; all of them are counted."""


def page(request: Request, campaign: Campaign) -> dict[str, Any]:
    """One page of the recipients, narrowed to a channel and a state."""
    channel, state = request.GET.get("channel", ""), request.GET.get("state", "")
    found = page_of(queries.recipients(campaign, channel, state), request, order=ORDER)
    empty = Empty(_("没有这样的调查对象"), _("挑选客户之后在这里。"), "users")
    table = Table(columns(), found.rows, request, empty, caption=_("调查对象"))
    return {"page": found, "table": table, "channel": channel, "state": state}


def columns() -> list[Column]:
    """What a list of recipients shows."""
    return [
        Column("short", _("编号"), link=_entry),
        Column("customer", _("客户"), read="customer.name"),
        Column(
            "contact",
            pgettext("column", "联系人"),
            read=lambda row: row.contact.name if row.contact else "",
        ),
        Column("channel", _("渠道"), read=lambda row: bounds.channel_name(row.channel)),
        Column("sent_at", _("发出"), kind="moment"),
        Column("answered_at", _("收到"), kind="moment"),
        Column("state", _("状态"), kind="badge", read=state_of),
    ]


def _entry(row: Recipient) -> str:
    return reverse("surveys:key_in", args=[row.pk]) if row.campaign.state != "draft" else ""


def state_of(row: Recipient) -> tuple[str, Any]:
    """Where a recipient stands, in a word."""
    if row.answered_at:
        return ("done", _("已回答"))
    if row.mail_error and row.mail_after is None and row.sent_at is None:
        return ("late", _("邮件未送达"))
    if row.reminded_at:
        return ("soon", _("已提醒"))
    if row.sent_at:
        return ("now", _("已发出"))
    return ("draft", _("待发出"))


def choose(request: Request, pk: int) -> HttpResponse:
    """Try a choice of customers; with `add` those who fit are put on the list."""
    campaign = access.access_campaign(request.person, pk)
    request.about = campaign
    access.require_runner(request.person, campaign.division_id, clock.now())
    form = ChoiceForm(campaign.division_id, request.POST or None)
    run = None
    if request.method == "POST" and form.is_valid():
        run = queries.dry_run(campaign, form.choice())
        if "add" in request.POST:
            with at_fields(request, form):
                return _add(request, campaign, run)
    context = {"campaign": campaign, "form": form, "run": run, "shown": SHOWN}
    return render(request, "surveys/choose.html", context, status=422 if form.errors else 200)


def _add(request: Request, campaign: Campaign, run: queries.DryRun) -> HttpResponse:
    wanted = [surveys.Wanted(one.customer, one.channel, one.contact) for one in run.fit]
    count = len(surveys.invite(campaign, wanted, by=request.person))
    messages.success(
        request, ngettext("已加入 %(n)s 位。", "已加入 %(n)s 位。", count) % {"n": count}
    )
    return redirect("surveys:campaign", campaign.pk)


@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    recipient = access.access_recipient(request.person, pk)
    request.about = recipient.campaign
    surveys.strike(recipient, by=request.person)
    messages.success(request, _("已划去。"))
    return redirect("surveys:campaign", recipient.campaign_id)


@require_GET
def export(request: Request, pk: int) -> HttpResponse:
    """The list as a workbook."""
    campaign = access.access_campaign(request.person, pk)
    found = queries.recipients(
        campaign, request.GET.get("channel", ""), request.GET.get("state", "")
    )
    lines = [
        [
            row.short, row.customer.name, row.contact.name if row.contact else "",
            bounds.channel_name(row.channel), row.sent_at, row.answered_at, str(state_of(row)[1]),
        ]
        for row in found.order_by(*ORDER)[: exporting.MOST]
    ]  # fmt: skip
    titles = [str(column.title) for column in columns()]
    return exporting.answer(request, f"{campaign.number} {_('调查对象')}", titles, lines)
