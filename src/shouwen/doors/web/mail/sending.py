"""Letters that go out: whether each has left, and sending again what did not arrive."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.documents import queries as documents
from shouwen.ground.org.models import Person
from shouwen.work.mail import access, actions, queries
from shouwen.work.mail.models import Outgoing

from .forms import SentFilters
from .gates import hands_only


def badge(letter: Outgoing) -> tuple[str, str]:
    """Where a letter is, with its word."""
    if letter.returned_at:
        return "late", _("被退回")
    if letter.given_up_at:
        return "late", _("未送达")
    return ("done", _("已寄出")) if letter.sent_at else ("now", _("待寄"))


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("queued_at", _("登记"), kind="moment"),
        Column("to", pgettext("mail", "收件人"), link=_address),
        Column("subject", _("主题"), link=_address),
        Column("purpose", _("用途"), read=lambda letter: letter.get_purpose_display()),
        Column("state", _("状态"), kind="badge", read=badge),
        Column("sent_at", _("寄出"), kind="moment", phone=False),
        Column("number", _("往来编号"), read="interaction.number"),
    ]


def _address(letter: Outgoing) -> str:
    return reverse("mail:sent_show", args=[letter.pk])


def _is_late(letter: Outgoing) -> str:
    return "late" if letter.returned_at or letter.given_up_at else ""


def _listing(person: Person) -> Listing:
    return Listing(
        "sent", gettext_lazy("寄出的信"), lambda data, _divisions: SentFilters(person, data),
        lambda filters, _divisions: filters.of(queries.sent(person)), _columns, ("-id",),
        lambda: Empty(
            _("没有这样的信"), _("给客户的答复和自动回执都在这里，寄不到的标明原因。"), "send"
        ),
        _is_late, "mail/list.html",
    )  # fmt: skip


@require_GET
@hands_only
def index(request: Request) -> HttpResponse:
    """Every letter to customers, newest first."""
    return listing.show(request, _listing(request.person))


@require_GET
@hands_only
def export(request: Request) -> HttpResponse:
    """The list as a workbook."""
    return listing.export(request, _listing(request.person))


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One letter to a customer as it was written."""
    letter = access.access_outgoing(request.person, pk)
    context = {
        "letter": letter, "badge": badge(letter), "failed": bool(_is_late(letter)),
        "files": documents.attachments_of(letter.interaction)
        if letter.purpose == "reply" else (),
        "may_resend": access.may_answer(request.person, letter.mailbox.division_id),
    }  # fmt: skip
    return render(request, "mail/sent.html", context)


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Try once more."""
    letter = access.access_outgoing(request.person, pk)
    request.about = letter.interaction
    actions.resend(letter, by=request.person)
    messages.success(request, _("已重新排队，几秒内寄出"))
    return redirect("mail:sent_show", letter.pk)
