"""One plan: written, rewritten while it is a draft, submitted, read with what was held."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.customers.showing import event
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.work.training import access, queries
from shouwen.work.training import actions as training
from shouwen.work.training.models import Plan

from .forms import LINES, Lines, PlanForm, initial_lines
from .lists import plan_state, session_state

EVENTS, UNPROCESSABLE = 50, 422


@require_GET
def of_period(request: Request, division: int, period: str) -> HttpResponse:
    """Where the due of a year leads: the one plan of the departments that owe it, else the list."""
    if division not in org.divisions_visible(request.person):
        raise Http404
    owing = [unit.pk for unit in queries.owing(division, clock.now())]
    year = number_of(period) or 0
    found = list(Plan.objects.filter(unit__in=owing, year=year).only("pk")[:2])
    if len(found) == 1 and len(owing) == 1:
        return redirect("training:plan", found[0].pk)
    return redirect(f"{reverse('training:list')}?year={year or ''}")


def new(request: Request) -> HttpResponse:
    """Write the plan of a department."""
    at = clock.now()
    units = access.units_led(request.person, at)
    asked = {"unit": request.GET.get("unit"), "year": request.GET.get("year")}
    initial = {"year": clock.day_of(at).year, "title": _("年度培训计划"),
               **{key: value for key, value in asked.items() if value}}  # fmt: skip
    form = PlanForm(request.POST or None, units=units, initial=initial)
    lines = _lines(request, [])
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        unit = next(one for one in units if one.pk == form.cleaned_data["unit"])
        with at_fields(request, form):
            program = form.program(lines)
            made = training.draft_plan(unit, form.cleaned_data["year"], program, by=request.person)
            return redirect("training:plan", made.pk)
    return _form(request, form, lines, {"units": units})


def edit(request: Request, pk: int) -> HttpResponse:
    """Write a draft anew."""
    plan = access.access_plan(request.person, pk)
    request.about = plan
    if not access.leads(request.person, plan.unit, clock.now()) or plan.submitted_at:
        raise Http404
    told = {name: getattr(plan, name) for name in ("year", "title", "sessions_target",
                                                    "attendance_target")}  # fmt: skip
    initial = {**told, "unit": plan.unit_id}
    form = PlanForm(request.POST or None, units=[plan.unit], plan=plan, initial=initial)
    lines = _lines(request, initial_lines(plan.sessions.all()))
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        with at_fields(request, form):
            training.revise_plan(plan, form.program(lines), by=request.person)
            return redirect("training:plan", pk)
    return _form(request, form, lines, {"plan": plan, "units": [plan.unit]})


def _lines(request: Request, initial: list[dict[str, Any]]) -> Any:
    formset = Lines(request.POST or None, initial=initial, prefix="lines")
    formset.extra = 1 if initial else LINES
    return formset


def _form(request: Request, form: Any, lines: Any, context: dict[str, Any]) -> HttpResponse:
    wrong = request.method == "POST"
    context |= {"form": form, "lines": lines}
    return render(request, "training/write.html", context, status=UNPROCESSABLE if wrong else 200)


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """The plan, its targets and what was held against them."""
    plan = access.access_plan(request.person, pk)
    counted = queries.counted(Plan.objects.filter(pk=pk)).get()
    may = access.leads(request.person, plan.unit, clock.now())
    rows = queries.sessions([plan.division_id]).filter(plan=plan)
    context = {
        "plan": plan,
        "state": plan_state(counted),
        "progress": queries.progress_of(counted),
        "sessions": [{"session": one, "state": session_state(one)} for one in rows],
        "may": may,
        "events": [event(entry) for entry in timeline(plan)[:EVENTS]],
    }
    return render(request, "training/plan.html", context)


@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Submit it: the duty of the year is settled, the plan is fixed."""
    plan = access.access_plan(request.person, pk)
    request.about = plan
    training.submit_plan(plan, by=request.person)
    messages.success(request, _("培训计划已提交"))
    return redirect("training:plan", pk)
