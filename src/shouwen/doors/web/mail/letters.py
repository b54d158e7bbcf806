"""Letters that came in: the list, one letter as plain text, and what people decide about it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.documents.attaching.serving import HEADERS
from shouwen.engines.notices.saying import say
from shouwen.ground.journal import actions as journal
from shouwen.ground.org.models import Person
from shouwen.work.mail import access, actions, queries
from shouwen.work.mail.models import RawMail, State

from .forms import DiscardForm, LetterFilters
from .gates import hands_only
from .reading import shown

BADGES = {
    State.STORED: "now",
    State.PROCESSED: "done",
    State.QUARANTINED: "late",
    State.IGNORED: "off",
    State.DISCARDED: "void",
}


def badge(raw: RawMail) -> tuple[str, str]:
    """A state with its word."""
    return BADGES[State(raw.state)], str(State(raw.state).label)


def reason(raw: RawMail) -> str:
    """Why it is not registered, in the reader's language; words of a person as they are."""
    return raw.reason if raw.state == State.DISCARDED else say(raw.reason, raw.facts)


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("stored_at", _("收到"), kind="moment"),
        Column("sender", _("寄件人"), read=lambda raw: raw.sender or "—", link=_address),
        Column("subject", _("主题"), read=_subject, link=_address),
        Column("state", _("状态"), kind="badge", read=badge),
        Column("reason", _("原因"), read=reason, phone=False),
        Column("number", _("往来编号"), read=_number),
        Column("mailbox", _("邮箱"), read="mailbox.address", phone=False),
    ]


def _address(raw: RawMail) -> str:
    return reverse("mail:show", args=[raw.pk])


def _subject(raw: RawMail) -> str:
    return raw.subject or _("（无主题）")


def _number(raw: RawMail) -> str:
    return raw.interaction.number if raw.interaction else "—"


def _listing(person: Person) -> Listing:
    return Listing(
        "letters", gettext_lazy("邮件"), lambda data, _divisions: LetterFilters(person, data),
        lambda filters, _divisions: filters.of(queries.letters(person)), _columns, ("-id",),
        lambda: Empty(
            _("没有这样的来信"), _("来信先原样保存再登记；登记不了的在这里等人处理。"), "mail",
        ),
        lambda raw: "late" if raw.state == State.QUARANTINED else "", "mail/list.html",
    )  # fmt: skip


@require_GET
@hands_only
def index(request: Request) -> HttpResponse:
    """Every letter that came in, newest first; what is put aside is marked."""
    return listing.show(request, _listing(request.person))


@require_GET
@hands_only
def export(request: Request) -> HttpResponse:
    """The list as a workbook."""
    return listing.export(request, _listing(request.person))


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One letter as plain text, whatever it was written as."""
    return _page(request, access.access_letter(request.person, pk))


def _page(request: Request, raw: RawMail, form: DiscardForm | None = None) -> HttpResponse:
    context = {
        "raw": raw, "badge": badge(raw), "reason": reason(raw), "letter": shown(raw),
        "form": form or DiscardForm(), "open": raw.state == State.QUARANTINED,
        "may_register": raw.state in (State.QUARANTINED, State.IGNORED)
        and not (raw.interaction or raw.is_forgotten),
        "may_reply": raw.interaction is not None
        and access.may_answer(request.person, raw.mailbox.division_id),
    }  # fmt: skip
    return render(request, "mail/letter.html", context, status=422 if form else 200)


@require_GET
def original(request: Request, pk: int) -> FileResponse:
    """The bytes as they came, to keep; never shown as a page of ours."""
    raw = access.access_letter(request.person, pk)
    if raw.is_forgotten:
        raise Http404
    journal.record("mail.raw_taken", raw, by=request.person, matter=raw.mailbox.division)
    return FileResponse(
        default_storage.open(raw.path), as_attachment=True, filename=f"letter-{raw.pk}.eml",
        content_type="application/octet-stream", headers=HEADERS,
    )  # fmt: skip


def _decide(request: Request, pk: int, act: Any, done: str) -> HttpResponse:
    raw = access.access_letter(request.person, pk)
    request.about = raw
    act(raw, by=request.person)
    actions.process(raw.pk)
    raw = access.access_letter(request.person, pk)
    said = done if raw.state == State.PROCESSED else _("已重新处理，仍未登记：%(why)s")
    messages.success(request, said % {"why": reason(raw)} if "%(" in said else said)
    return redirect("mail:show", raw.pk)


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Read it once more."""
    return _decide(request, pk, actions.retry, _("已登记"))


@require_POST
def take_in(request: Request, pk: int) -> HttpResponse:
    """Register it whatever the guards think."""
    return _decide(request, pk, partial(actions.take_in), _("已登记"))


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Put it away, and say why."""
    raw = access.access_letter(request.person, pk)
    request.about = raw
    form = DiscardForm(request.POST)
    if carried_out(request, form, actions.discard, raw):
        messages.success(request, _("已弃置，原件仍保存"))
        return redirect("mail:show", raw.pk)
    return _page(request, raw, form)
