"""One training: what was planned; who came, who passed and what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.work.training import access
from shouwen.work.training import actions as training

from .forms import HeldForm
from .lists import session_state

UNPROCESSABLE = 422


def show(request: Request, pk: int) -> HttpResponse:
    """The training; whoever leads the department enters how it went."""
    session = access.access_session(request.person, pk)
    request.about = session.plan
    at = clock.now()
    people = access.people_of(session.plan.unit, at)
    initial = {"held_on": min(session.planned_on, clock.day_of(at))}
    form = HeldForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            came, tested = form.attendance()
            asked = form.cleaned_data
            training.hold_session(
                session, came, asked["result"], passed=tested, held_on=asked["held_on"],
                by=request.person,
            )  # fmt: skip
            messages.success(request, _("已登记培训"))
            return redirect("training:session", pk)
    leads = access.leads(request.person, session.plan.unit, at)
    context = {
        "session": session,
        "plan": session.plan,
        "state": session_state(session),
        "form": form,
        "may": leads and session.plan.submitted_at is not None and session.held_on is None,
        "attendance": session.attendance.select_related("person").order_by("person__pinyin", "id"),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "training/session.html", context, status=status)
