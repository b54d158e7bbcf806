"""The post book: what came in, what goes out, its print and its dispatch."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.customers.showing import event
from shouwen.doors.web.forms import PaperForm, at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org.models import Person
from shouwen.work.cases.access import visible
from shouwen.work.cases.models import Case
from shouwen.work.reception import access, queries
from shouwen.work.reception import actions as reception
from shouwen.work.reception.models import Letter

from .forms import DispatchForm, LetterFilters, LetterForm, ReplyForm
from .people import division_for

EVENTS = 30


def listing_of(person: Person) -> Listing:
    """The post book as one person may read it."""

    def rows(filters: LetterFilters, _divisions: set[int]) -> QuerySet[Letter]:
        asked = {name: filters.asked(name) for name in ("direction", "since", "until")}
        return queries.post_book(person, filters.asked("q") or "", **asked)

    return Listing(
        "letters", gettext_lazy("信函传真"), LetterFilters, rows, _columns, ("-id",),
        lambda: Empty(_("没有这样的信函"), _("收到和寄出的信函、传真都在这里。"), "mail"),
        None, "reception/letters.html",
    )  # fmt: skip


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("编号"), link=lambda row: reverse("reception:letter", args=[row.pk])),
        Column("direction", _("收发"), kind="badge", read=state_of),
        Column("channel", _("方式"), read="get_channel_display", phone=False),
        Column("on", _("日期"), kind="day"),
        Column("party", _("对方")),
        Column("subject", _("主题")),
        Column("courier_number", _("快递单号"), phone=False),
        Column("handler", _("处理人"), kind="person"),
    ]


def state_of(row: Letter) -> tuple[str, Any]:
    """Came in, waits to be sent, or was sent."""
    if row.direction == "in":
        return ("now", _("收"))
    return ("done", _("已寄出")) if row.dispatched_at else ("soon", _("待寄出"))


@require_GET
def book(request: Request) -> HttpResponse:
    """One page of the post book."""
    return listing.show(request, listing_of(request.person))


@require_GET
def export(request: Request) -> HttpResponse:
    """The post book as a workbook."""
    return listing.export(request, listing_of(request.person))


def new(request: Request) -> HttpResponse:
    """Write down what came in, with its scan."""
    division = division_for(request.person)
    form = LetterForm(
        request.POST or None, request.FILES or None, division=division, person=request.person
    )
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            told = form.cleaned_data
            made = reception.register_letter(form.draft(), by=request.person, matter=told["matter"])
            if told["scan"]:
                reception.attach_scan(made, told["scan"], by=request.person)
            messages.success(request, _("已登记 %(number)s") % {"number": made.number})
            return redirect("reception:letter", made.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "division": division}
    return render(request, "reception/letter_new.html", context, status=status)


@require_GET
def letter(request: Request, pk: int) -> HttpResponse:
    """One letter with its scans and answers, or an answer with its way out."""
    return _page(request, access.access_letter(request.person, pk))


def _case_of(one: Letter, person: Person) -> Case | None:
    """The matter it belongs to, or answers, where the reader may open that."""
    spoken = one.interaction or (one.answers.interaction if one.answers else None)
    kind, pk = spoken.matter if spoken and spoken.matter else ("", 0)
    return visible(person).filter(pk=pk).first() if kind == "case" else None


def _page(request: Request, one: Letter, **forms: PaperForm) -> HttpResponse:
    said = one.interaction.text.said if one.direction == "in" and one.interaction else one.body
    first = {
        "party": one.party, "address": one.address, "fax_number": one.fax_number,
        "channel": one.channel, "subject": one.subject if one.direction == "out" else "",
        "body": one.body, "definite": one.definite, "version": one.version,
    }  # fmt: skip
    context = {
        "letter": one, "said": said, "state": state_of(one), "scans": queries.scans(one),
        "case": _case_of(one, request.person),
        "replies": one.replies.order_by("id") if one.direction == "in" else [],
        "reply": ReplyForm(initial=first),
        "dispatch": DispatchForm(initial={"fax_number": one.fax_number}),
        "events": [event(entry) for entry in timeline(one)[:EVENTS]],
        **forms,
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return render(request, "reception/letter.html", context, status=422 if wrong else 200)


@require_POST
def scan(request: Request, pk: int) -> HttpResponse:
    """Add a scan."""
    one = access.access_letter(request.person, pk)
    request.about = one
    file = request.FILES.get("scan")
    if file is None:
        raise refuse(N_("请选择扫描件"), field="scan")
    reception.attach_scan(one, file, by=request.person)
    return redirect("reception:letter", pk)


@require_POST
def reply(request: Request, pk: int) -> HttpResponse:
    """Write an answer."""
    one = access.access_letter(request.person, pk)
    request.about, form = one, ReplyForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            made = reception.write_reply(one, form.answer(), by=request.person)
            return redirect("reception:letter", made.pk)
    return _page(request, one, reply=form)


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Write an answer otherwise, while it is here."""
    one = access.access_letter(request.person, pk)
    request.about, form = one, ReplyForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            version = form.cleaned_data["version"] or 0
            reception.change_reply(one, form.answer(), version=version, by=request.person)
            messages.success(request, _("已保存"))
            return redirect("reception:letter", pk)
    return _page(request, one, reply=form)


@require_POST
def send(request: Request, pk: int) -> HttpResponse:
    """It leaves the house."""
    one = access.access_letter(request.person, pk)
    request.about, form = one, DispatchForm(request.POST)
    if carried_out(request, form, reception.dispatch, one):
        return redirect("reception:letter", pk)
    return _page(request, one, dispatch=form)


@require_GET
def printed(request: Request, pk: int) -> HttpResponse:
    """The letter as it goes into the envelope."""
    one = access.access_letter(request.person, pk)
    request.about = one
    answer = HttpResponse(
        reception.print_reply(one, by=request.person), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="{one.number}.pdf"'
    return answer
