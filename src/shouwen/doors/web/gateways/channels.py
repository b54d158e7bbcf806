"""The published channels (R8-28): what stands here, customers read on the portal."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import form_page
from shouwen.work.interactions.models import Channel
from shouwen.work.ways import actions, queries
from shouwen.work.ways.models import Way

from .pages import back, division, page

KINDS = [one for one in Channel.choices if one[0] != Channel.API]


class ChannelForm(PaperForm):
    """A channel as customers will read it."""

    clauses = {"channel": "R8-28"}

    channel = forms.ChoiceField(label=_("方式"), choices=KINDS)
    name_zh = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("例如：服务热线、投诉信箱")
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    address = forms.CharField(
        label=_("公示的号码或地址"), max_length=200,
        help_text=_("公示“网站”之后，客户即可在门户上填报。"),
    )  # fmt: skip
    hours_zh = forms.CharField(label=_("服务时间"), max_length=60, required=False)
    hours_en = forms.CharField(label=_("服务时间（英文）"), max_length=80, required=False)
    place = forms.IntegerField(label=_("排列次序"), min_value=0, max_value=999, initial=0)


def listing(request: Request) -> HttpResponse:
    """What is published now."""
    unit = division(request)
    return page(request, "channels", unit, ways=queries.published([unit.pk]))


def new(request: Request) -> HttpResponse:
    """Publish a channel."""
    unit = division(request)
    gates.keeper_only(request, unit)
    form = ChannelForm(request.POST if request.method == "POST" else None)

    def act(data: dict[str, Any]) -> None:
        actions.publish(actions.WayDraft(**data), division=unit, by=request.person)

    return form_page(
        request, form, act, title=_("公示渠道"), hint=unit.name,
        back=back("gateways:channels", unit), button=_("公示"), done=_("渠道已公示"),
    )  # fmt: skip


class Nothing(PaperForm):
    """A page that only asks whether one is sure."""


def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take a channel back."""
    way = get_object_or_404(Way.objects.select_related("division"), pk=pk)
    unit = gates.division_in_sight(request, way.division.code)
    gates.keeper_only(request, unit)
    form = Nothing(request.POST if request.method == "POST" else None)
    return form_page(
        request, form, lambda _data: actions.withdraw(way, by=request.person),
        title=_("撤下渠道"), hint=f"{way.name} · {way.address}",
        back=back("gateways:channels", unit), button=_("撤下"), done=_("渠道已撤下"), danger=True,
    )  # fmt: skip
