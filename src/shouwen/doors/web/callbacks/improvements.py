"""The improvement list: what customers suggest, what is decided, what it brought."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing as lists_page
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.callbacks import access, actions
from shouwen.work.callbacks.models import Suggestion
from shouwen.work.callbacks.oversight import suggesting

from . import registers
from .forms import DecisionForm, EffectForm

UNPROCESSABLE = 422


@require_GET
def listing(request: Request) -> HttpResponse:
    """The list."""
    return lists_page.show(request, registers.IMPROVEMENTS)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One line of it."""
    return _page(request, access.access_suggestion(request.person, pk))


def _page(
    request: Request,
    row: Suggestion,
    deciding: DecisionForm | None = None,
    noting: EffectForm | None = None,
) -> HttpResponse:
    now = clock.now()
    clause, role = suggesting.decider(row.division_id, now)
    may_decide = org.as_whom(request.person, role, row.division_id, now) is not None
    may_note = row.decision == "adopted" and not row.effect
    may_note = may_note and (may_decide or row.owner_id == request.person.pk)
    context = {
        "at": "improvements", "row": row, "clause": clause, "state": registers.decision_of(row),
        "deciding": deciding or (
            DecisionForm(division=row.division) if may_decide and not row.decision else None
        ),
        "noting": noting or (EffectForm() if may_note else None),
    }  # fmt: skip
    status = UNPROCESSABLE if deciding or noting else 200
    return render(request, "callbacks/improvement.html", context, status=status)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Adopt it, or say why not."""
    row = access.access_suggestion(request.person, pk)
    request.about = row
    form = DecisionForm(request.POST, division=row.division)
    if carried_out(request, form, actions.decide, row):
        messages.success(request, _("决定已记下"))
        return redirect("callbacks:improvement", pk)
    return _page(request, row, deciding=form)


@require_POST
def effect(request: Request, pk: int) -> HttpResponse:
    """Say what it brought."""
    row = access.access_suggestion(request.person, pk)
    request.about = row
    form = EffectForm(request.POST)
    if carried_out(request, form, actions.note_effect, row):
        messages.success(request, _("效果已记下"))
        return redirect("callbacks:improvement", pk)
    return _page(request, row, noting=form)
