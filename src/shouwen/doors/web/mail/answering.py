"""The answer to a customer's letter."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shouwen.doors.web import links
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.work.interactions.access import access_interaction
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import access, actions, queries
from shouwen.work.mail.rules import bare_subject

from .forms import ReplyForm
from .reading import flags, refused


def reply(request: Request, pk: int) -> HttpResponse:
    """Write an answer beside the letter; it leaves within seconds and stands on the timeline."""
    row = access_interaction(request.person, pk)
    if not access.may_answer(request.person, row.division_id):
        raise PermissionDenied
    request.about = row
    first = {"to": queries.reply_to(row), "subject": bare_subject(row.text.subject)}
    form = ReplyForm(request.POST or None, request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            _send(request, row, form)
        if form.is_valid():
            messages.success(request, _("答复已登记，几秒内寄出"))
            return redirect(_back(request, row))
    context = {
        "row": row, "form": form, "flags": flags(row), "refused": refused(row),
        "raw": queries.raw_of(row),
    }  # fmt: skip
    return render(request, "mail/reply.html", context, status=422 if form.errors else 200)


def _back(request: Request, row: Interaction) -> str:
    """To the outgoing letters; who does not open the mail goes back to the interaction."""
    if access.works(request.person, row.division_id):
        return reverse("mail:sent")
    return links.url("interaction", row.pk) or reverse("desk:today")


def _send(request: Request, row: Interaction, form: ReplyForm) -> None:
    data = form.cleaned_data
    actions.reply(
        row, data["body"], actions.Enclosed(files=data["enclosed"]), subject=data["subject"],
        to=data["to"], definite=data["definite"], by=request.person,
    )  # fmt: skip
