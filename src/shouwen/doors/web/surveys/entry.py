"""Answers that people key in: from paper by its code, from the call list; shown and corrected."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.work.surveys import access, bounds, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Recipient, Response

from .campaigns import require_reader
from .forms import CodeForm, CorrectionForm, KeyingForm

ORDER = ("tries", "id")


@require_GET
def find(request: Request) -> HttpResponse:
    """Type the code of a paper; what is found is keyed in next."""
    require_reader(request)
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        pk = int(form.cleaned_data["code"])
        seen = access.reading_divisions(request.person)
        found = Recipient.objects.filter(pk=pk, campaign__division_id__in=seen).first()
        if found:
            return redirect("surveys:key_in", found.pk)
        form.add_error("code", _("没有这个编号的答卷"))
    newest = Response.objects.filter(keyed_by=request.person).select_related("customer")
    context = {"form": form, "newest": newest.order_by("-id")[:10]}
    return render(request, "surveys/entry.html", context, status=422 if form.errors else 200)


def key_in(request: Request, pk: int) -> HttpResponse:
    """Key in one paper, or what is told on the telephone."""
    recipient = access.access_recipient(request.person, pk)
    campaign = recipient.campaign
    request.about = campaign
    if response := queries.newest_response(recipient):
        return redirect("surveys:answer", response.pk)
    start = {"channel": recipient.channel, "received_on": clock.today()}
    form = KeyingForm(
        campaign.division_id, queries.questions(campaign), request.POST or None, initial=start
    )
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            surveys.key_in(
                recipient, form.given(), form.cleaned_data["channel"], _received(form),
                by=request.person,
            )  # fmt: skip
            messages.success(
                request, _("%(customer)s 的答卷已录入。") % {"customer": recipient.customer.name}
            )
            calls_next = request.GET.get("from") == "calls"
            return redirect("surveys:calls" if calls_next else "surveys:entry")
    phone = (recipient.contact.phone if recipient.contact else "") or recipient.customer.phone
    context = {
        "recipient": recipient, "campaign": campaign, "form": form, "phone": phone,
        "from_calls": request.GET.get("from") == "calls",
    }  # fmt: skip
    return render(request, "surveys/key_in.html", context, status=422 if form.errors else 200)


def _received(form: KeyingForm) -> datetime | None:
    """A paper of an earlier day came in at noon of it; one of today, now."""
    day = form.cleaned_data.get("received_on")
    return clock.local(day, time(12)) if day and day != clock.today() else None


@require_GET
def calls(request: Request) -> HttpResponse:
    """Whom to ring, those nobody tried yet first."""
    require_reader(request)
    found = queries.call_list(access.reading_divisions(request.person))
    page = page_of(found, request, order=ORDER)
    return render(request, "surveys/calls.html", {"page": page})


@require_POST
def in_vain(request: Request, pk: int) -> HttpResponse:
    """Note that nobody answered the telephone."""
    recipient = access.access_recipient(request.person, pk)
    request.about = recipient.campaign
    surveys.call_in_vain(recipient, by=request.person)
    messages.success(request, _("已记下未接通。"))
    return redirect("surveys:calls")


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One set of answers, with what it replaced and what replaced it."""
    response = access.access_response(request.person, pk)
    newer = Response.objects.filter(replaces=response).first()
    running = response.campaign.state == "running"
    context = {
        "response": response,
        "channel": bounds.channel_name(response.channel),
        "lines": lines(response),
        "newer": newer,
        "may_correct": running and newer is None and response.keyed_by_id is not None,
    }
    return render(request, "surveys/answer.html", context)


def lines(response: Response) -> list[dict[str, Any]]:
    """Each question with what was answered."""
    names = bounds.area_names(response.campaign.division_id, clock.now())
    found = response.replies.select_related("question").order_by("question__position")
    return [
        {
            "question": one.question,
            "area": names.get(one.question.area, one.question.area),
            "mark": one.mark,
            "word": bounds.MARKS.get(one.mark or 0, ""),
            "text": one.text or dict(one.question.options).get(one.choice or 0, ""),
        }
        for one in found
    ]


def correct(request: Request, pk: int) -> HttpResponse:
    """Correct what was keyed in wrongly, with the reason."""
    response = access.access_response(request.person, pk)
    request.about = response.campaign
    start: dict[str, Any] = {}
    for one in response.replies.all():
        value = one.mark if one.mark is not None else one.choice
        start[f"q{one.question_id}"] = one.text if value is None else value
    asked = queries.questions(response.campaign)
    form = CorrectionForm(asked, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            reason = form.cleaned_data["reason"]
            newer = surveys.correct(response, form.given(), reason, by=request.person)
            messages.success(request, _("已更正，原答卷保留。"))
            return redirect("surveys:answer", newer.pk)
    context = {"response": response, "form": form}
    return render(request, "surveys/correct.html", context, status=422 if form.errors else 200)
