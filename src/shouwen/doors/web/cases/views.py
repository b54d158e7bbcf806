"""The views of a case: gate, verb, answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.assessment.panel import panel_of
from shouwen.doors.web.papers.inputs import RefusedFiles, raw_with_files
from shouwen.doors.web.people import Request
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.work.cases import actions as cases
from shouwen.work.cases.access import access_case
from shouwen.work.cases.models import Case, Kind

from . import acts
from .page import page_of

UNPROCESSABLE = 422


def show(request: Request, pk: int) -> HttpResponse:
    """A complaint; any other matter has a small page of its own."""
    case = access_case(request.person, pk)
    if case.kind != Kind.QUALITY:
        return redirect("intake:matter", pk)
    return _page(request, case)


def _page(request: Request, case: Case, status: int = 200, **back: Any) -> HttpResponse:
    page = page_of(request, case, **back)
    context = {
        "page": page,
        "case": case,
        "people": org.all_persons(),
        "assessment": panel_of(request, case, page.sheet),
    }
    return render(request, "cases/case.html", context, status=status)


@require_POST
def section(request: Request, pk: int, key: str) -> HttpResponse:
    """Save the section of the step, or sign it and send the case on: one form, two buttons."""
    case = access_case(request.person, pk, to="work")
    request.about = case
    definition = cases.sheet_of(case).definition.section(key)
    if definition is None:
        return redirect("cases:show", pk)
    raw: dict[str, Any] = {}
    version = int(request.POST.get("version") or 0)
    try:
        raw = raw_with_files(definition, request, matter=case, division=case.division)
        if move := request.POST.get("move"):
            _say(request, cases.move(case, move, by=request.person, data=raw, version=version))
        else:
            cases.save_section(case, key, raw, version=version, by=request.person)
            messages.success(request, _("已保存"))
    except Refused as refused:
        refusals.keep(request, refused)
        raw = refused.raw if isinstance(refused, RefusedFiles) else raw
        return _page(request, case, UNPROCESSABLE, typed=raw, reasons=refused.reasons)
    return redirect("cases:show", pk)


@require_POST
def act(request: Request, pk: int) -> HttpResponse:
    """Every other button of the page."""
    case = access_case(request.person, pk, to="work")
    request.about = case
    kind, target = request.POST.get("kind", ""), request.POST.get("target", "")
    if kind == "move":
        _say(request, cases.move(case, target, by=request.person))
    else:
        acts.press(flows.run_of(case), kind, target, request.POST, request.person)
        messages.success(request, _("已办理"))
    return redirect("cases:show", pk)


def _say(request: Request, run: Run) -> None:
    """Where the case stands now, which is not here any more."""
    stage = flows.stage_of(run)
    words = _("已办理，案件现在在“%(stage)s”。") % {"stage": stage.title}
    messages.success(request, words)
