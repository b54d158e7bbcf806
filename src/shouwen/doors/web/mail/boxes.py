"""The mailboxes: whether each can be fetched, what waits in it, and the form that sets it up."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.people import Request
from shouwen.doors.web.settings_room import gates
from shouwen.doors.web.settings_room.pages import TABS, form_page
from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.work.mail import access, actions, queries
from shouwen.work.mail.coming import fetching
from shouwen.work.mail.models import Mailbox

from .forms import BoxForm, as_typed
from .gates import hands_only

SILENT = timedelta(minutes=10)
"""After this long without a look, something is wrong with the worker."""
HINT = gettext_lazy("改了文件夹或代号后从头读一遍，已登记过的不会再登记。")


def badge(box: Mailbox) -> tuple[str, str]:
    """Whether letters come in, with its word."""
    if not box.active:
        return "off", _("停用")
    if fetching.is_pretended(box):
        return "off", _("演示，不收信")
    if box.error:
        return "late", _("收不到信")
    if box.looked_at is None:
        return "draft", _("还没有收过")
    if clock.now() - box.looked_at > SILENT:
        return "soon", _("久未收信")
    return "done", _("正常")


def _columns(keeper: bool) -> list[Column]:
    edit = _edit if keeper else ""
    return [
        Column("address", _("地址"), link=edit),
        Column("division", _("单位"), read="division.name"),
        Column("state", _("状态"), kind="badge", read=badge),
        Column("looked_at", _("最近收信"), kind="moment"),
        Column("error", _("故障"), read=lambda box: box.error or "—"),
        Column("waiting", _("待处理"), kind="number"),
        Column("quarantined", _("隔离"), kind="number", link=_aside),
    ]


def _edit(box: Mailbox) -> str:
    return reverse("mail:box", args=[box.pk])


def _aside(box: Any) -> str:
    address = f"{reverse('mail:list')}?state=quarantined&box={box.pk}"
    return address if box.quarantined else ""


@require_GET
@hands_only
def index(request: Request) -> HttpResponse:
    """Every mailbox in sight with its state."""
    keeper = gates.may_keep(request, gates.place(request))
    empty = Empty(
        _("还没有邮箱"), _("开设之后，客户写来的信会自动登记；寄件人收到编号。"), "inbox",
        reverse("mail:box_new") if keeper else "", _("开设邮箱"),
    )  # fmt: skip
    rows = queries.boxes_with_counts(request.person)
    table = Table(_columns(keeper), rows, request, empty, caption=_("邮箱"))
    context = {"table": table, "keeper": keeper, "tabs": TABS, "tab": "mail:boxes"}
    return render(request, "mail/boxes.html", context)


def new(request: Request) -> HttpResponse:
    """Open a mailbox for a division."""
    unit = gates.place(request)
    gates.keeper_only(request, unit)
    first = {"answers_per_hour": 3, "letters_per_hour": 60}
    form = BoxForm(request.POST or None, initial=first)
    return form_page(
        request, form, lambda _data: actions.open_box(unit, form.draft(), by=request.person),
        title=_("开设邮箱"), back=reverse("mail:boxes"), button=_("开设"), done=_("邮箱已开设"),
        hint=unit.name,
    )  # fmt: skip


def alter(request: Request, pk: int) -> HttpResponse:
    """Change a mailbox, or stop fetching it."""
    box = access.access_box(request.person, pk)
    gates.keeper_only(request, box.division)
    request.about = box
    form = BoxForm(request.POST or None, initial=as_typed(box))
    return form_page(
        request, form, lambda _data: actions.alter_box(box, form.draft(), by=request.person),
        title=box.address, back=reverse("mail:boxes"), button=_("保存"), done=_("已保存"),
        hint=HINT,
    )  # fmt: skip
