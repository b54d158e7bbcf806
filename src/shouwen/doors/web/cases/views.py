"""The views of a case: gate, verb, answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.assessment.panel import panel_of
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.papers.clashes import chosen
from shouwen.doors.web.papers.inputs import RefusedFiles, raw_with_files
from shouwen.doors.web.people import Request
from shouwen.engines.documents.sheets import part_of
from shouwen.engines.flows import queries as flows
from shouwen.engines.flows.models import Run
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.work.cases import actions as cases
from shouwen.work.cases import refiling, rules
from shouwen.work.cases.access import access_case
from shouwen.work.cases.centre import joining
from shouwen.work.cases.course.courses import has_course
from shouwen.work.cases.models import Case, CaseLink
from shouwen.work.interactions import queries as interactions
from shouwen.work.interactions.models import Interaction
from shouwen.work.reception import queries as reception
from shouwen.work.reception.models import Letter
from shouwen.work.reception.rules import LETTERS

from . import acts, dealing
from .deal_forms import DealForm
from .forms import RefileForm
from .page import page_of
from .sections import Typed

Spoken = tuple[Interaction, Letter | None, str]
"""What was said, its page in the post book, and the merged matter it was said in."""
UNPROCESSABLE = 422


def show(request: Request, pk: int) -> HttpResponse:
    """A complaint; any other matter has a small page of its own."""
    case = access_case(request.person, pk)
    if not has_course(case.kind):
        return redirect("intake:matter", pk)
    return _page(request, case)


def _page(
    request: Request,
    case: Case,
    typed: Typed | None = None,
    deal: tuple[str, DealForm] | None = None,
) -> HttpResponse:
    page = page_of(request, case, typed)
    loose = [refusals.say(one) for one in typed.reasons] if typed and page.unsaved else []
    context = {
        "page": page,
        "case": case,
        "people": org.all_persons(),
        "loose": loose,
        "assessment": panel_of(request, case, page.sheet),
        "dealings": dealing.offers(case, request.person, *(deal[::-1] if deal else ())),
        "is_general": case.kind in rules.GENERAL,
    }
    if context["is_general"]:
        links = list(dealing.links_of(case))
        context["links"], context["spoken"] = links, _spoken(request, case, links)
    status = UNPROCESSABLE if typed or deal else 200
    return render(request, "cases/case.html", context, status=status)


def _spoken(request: Request, case: Case, links: list[CaseLink]) -> list[Spoken]:
    """Everything said with the customer; what came or went on paper with its page in the book.

    What was said in a matter that goes on in this one stands among it, under that one's number.
    """
    said, taken = list(interactions.of_matter(case)), _taken_in(case, links)
    for one in taken.values():
        said += interactions.of_matter(one)
    said.sort(key=lambda one: (one.at, one.pk))
    on_paper = any(one.channel in LETTERS for one in said)
    found = reception.letters_of(case, request.person) if on_paper else ()
    letters = {one.interaction_id: one for one in found}
    labels = {pk: one.label for pk, one in taken.items()}
    return [(one, letters.get(one.pk), labels.get(one.matter_id or 0, "")) for one in said]


def _taken_in(case: Case, links: list[CaseLink]) -> dict[int, Case]:
    merged = any(one.kind == CaseLink.Kind.MERGED and one.other_id == case.pk for one in links)
    return Case.objects.in_bulk(joining.taken_in(case.pk)) if merged else {}


@require_POST
def deal(request: Request, pk: int, key: str) -> HttpResponse:
    """Answer the customer, hand on, join: what is done with a matter beside its course."""
    case = access_case(request.person, pk)
    request.about = case
    wanted = dealing.find(key, case)
    if wanted is None:
        raise Http404
    form = wanted.form(case, request.POST, prefix=wanted.key)
    if form.is_valid():
        with at_fields(request, form):
            result = wanted.press(case, form, request)
            messages.success(request, _("已办理"))
            fresh = result if isinstance(result, Case) else case
            return redirect("cases:show", fresh.pk)
    return _page(request, case, deal=(key, form))


@require_POST
def section(request: Request, pk: int, key: str) -> HttpResponse:
    """Save the section of the step, or sign it and send the case on: one form, two buttons."""
    case = access_case(request.person, pk, to="work")
    request.about = case
    sheet = cases.sheet_of(case)
    definition = sheet.definition.section(key)
    if definition is None:
        return redirect("cases:show", pk)
    raw: dict[str, Any] = {}
    version, move = int(request.POST.get("version") or 0), request.POST.get("move")
    try:
        raw = raw_with_files(definition, request, matter=case, division=case.division)
        raw = chosen(part_of(sheet, key), raw, request.POST)
        if move:
            _say(request, cases.move(case, move, by=request.person, data=raw, version=version))
        else:
            cases.save_section(case, key, raw, version=version, by=request.person)
            messages.success(request, _("已保存"))
    except Refused as refused:
        refusals.keep(request, refused)
        raw = refused.raw if isinstance(refused, RefusedFiles) else raw
        return _page(request, case, Typed(key, raw, refused.reasons))
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


def refile(request: Request, pk: int) -> HttpResponse:
    """A new form for a customer who does not accept the conclusion (R4-48)."""
    case = access_case(request.person, pk)
    request.about = case
    form = RefileForm(request.POST or None, initial=RefileForm.known_of(case))
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            intake = refiling.again(case, **form.cleaned_data)
            fresh = refiling.refile(case, intake, by=request.person)
            messages.success(request, _("已另填新表,原表附后。"))
            return redirect("cases:show", fresh.pk)
    refused = [refusals.say(reason) for reason in refiling.why_not_refiled(case)]
    context = {"case": case, "form": form, "refused": refused}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "cases/refile.html", context, status=status)
