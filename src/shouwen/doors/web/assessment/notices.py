"""A reward or penalty notice: drawn up, put up, approved, checked, carried out (R4-64 to R4-66)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.caselists import words
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.papers.inputs import RefusedFiles, raw_with_files, section_form
from shouwen.doors.web.people import Request
from shouwen.engines.documents import presentation
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.documents.names import names_on
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.access import spec_of
from shouwen.outcomes.assessment.models import Notice, Penalty
from shouwen.outcomes.assessment.penalty_notices import FORM, require_office
from shouwen.work.cases.access import access_case, visible
from shouwen.work.cases.models import Case

from .forms import ReasonForm, WhichCaseForm
from .lists import notice_state

UNPROCESSABLE = 422


def is_office(person: Person) -> bool:
    """Whether the person draws up notices in some division in sight (R4-64)."""
    at = clock.now()
    return any(
        org.as_whom(person, spec_of(division, "R4-64", at).by, division, at)
        for division in org.divisions_under(person, "R4", on=at)
    )


def new(request: Request) -> HttpResponse:
    """Draw up a notice on a complaint, for an approved penalty or of the office's own judgement."""
    case, penalty = _asked(request)
    if case is None:
        return _which(request)
    request.about = case
    require_office(request.person, case.division, clock.now())
    edition = org.require_adopted(case.division, "R4")
    section = policy.form(FORM, edition=edition).section("notice")
    raw: dict[str, Any] = _start(case, penalty)
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        answer, raw, reasons = _open(request, case, penalty, section)
        if answer:
            return answer
    form = section_form(section, raw, division=case.division, version=0, reasons=reasons)
    context = {"case": case, "penalty": penalty, "section": section, "form": form}
    status = UNPROCESSABLE if reasons else 200
    return render(request, "assessment/notice_new.html", context, status=status)


Tried = tuple[HttpResponseRedirect | None, dict[str, Any], tuple[Reason, ...]]


def _open(request: Request, case: Case, penalty: Penalty | None, section: Any) -> Tried:
    raw: dict[str, Any] = {}
    try:
        raw = raw_with_files(section, request, matter=case, division=case.division)
        notice = assessment.open_notice(case, raw, penalty=penalty, by=request.person)
    except Refused as refused:
        refusals.keep(request, refused)
        typed = refused.raw if isinstance(refused, RefusedFiles) else raw
        return None, typed, refused.reasons
    messages.success(request, _("已呈总经理批准"))
    return redirect("assessment:notice", notice.pk), raw, ()


def _asked(request: Request) -> tuple[Case | None, Penalty | None]:
    """The complaint and the penalty that the address names, through the gate of the complaint."""
    penalty_id, case_id = (number_of(request.GET.get(name, "")) for name in ("penalty", "case"))
    if penalty_id is not None:
        penalty = Penalty.objects.select_related("person").filter(pk=penalty_id).first()
        if penalty is None:
            raise Http404
        return access_case(request.person, penalty.case_id), penalty
    if case_id is not None:
        return access_case(request.person, case_id), None
    return None, None


def _which(request: Request) -> HttpResponse:
    """Ask for the number of the complaint first."""
    form = WhichCaseForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        found = visible(request.person).filter(number=form.cleaned_data["number"].strip()).first()
        if found:
            return redirect(f"{reverse('assessment:notice_new')}?case={found.pk}")
        form.add_error("number", _("没有这个编号的客诉"))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "assessment/notice_which.html", {"form": form}, status=status)


def _start(case: Case, penalty: Penalty | None) -> dict[str, Any]:
    """What is known already: the cause of the complaint and the penalty that was approved."""
    start: dict[str, Any] = {
        "cause_item": dict(words.cause_items()).get(case.cause_item, ""),
        "kind": "penalty",
        "unit": case.liable_unit_id,
    }
    if penalty is None:
        return start
    post = org.main_post(penalty.person)
    return start | {
        "unit": post.post.unit_id if post else None,
        "person": penalty.person_id,
        "amount": penalty.amount_cents,
        "reason": penalty.reason,
    }


@require_GET
def notice(request: Request, pk: int) -> HttpResponse:
    """One notice with its copies and what this person can do."""
    return _page(request, _found(request, pk))


def _found(request: Request, pk: int) -> Notice:
    found = queries.notice(request.person, pk)
    if found is None:
        raise Http404
    request.about = found
    return found


def _page(
    request: Request, found: Notice, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    sheet = papers.with_content(Sheet.objects.filter(pk=found.sheet_id)).get()
    data, definition = papers.data_of(sheet), sheet.definition.sections[0]
    names = names_on(data, sheet.definition.sections, sheet.division_id)
    context = {
        "notice": found,
        "case": found.case,
        "sheet": sheet,
        "state": notice_state(found),
        "rows": presentation.rows(presentation.blocks(definition, data["notice"], names)),
        "signatures": papers.signatures_of(sheet),
        "copies": sheet.copies.all(),
        "may": _may(request.person, found, sheet),
        "decline": form or ReasonForm(),
    }
    return render(request, "assessment/notice.html", context, status=status)


def _may(person: Person, found: Notice, sheet: Sheet) -> dict[str, bool]:
    """What this person can do with a notice now."""
    at, division = clock.now(), sheet.division_id
    if found.declined_at:
        return {}
    if found.approved_at is None:
        role = spec_of(division, "R4-65", at).by
        return {"decide": org.as_whom(person, role, division, at) is not None}
    confirms = spec_of(division, "R4-66", at).confirms
    units = {copy.no: org.current(copy.unit, at).code for copy in sheet.copies.all()}

    def holds(what: str) -> bool:
        return org.as_whom(person, f"unit:{units[confirms[what]]}", division, at) is not None

    return {
        "check": found.checked_at is None and holds("checked"),
        "deduct": found.deducted_at is None and holds("deducted"),
    }


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """The general manager approves."""
    found = _found(request, pk)
    opinion = request.POST.get("opinion", "")[:500]
    assessment.approve_notice(found, by=request.person, opinion=opinion)
    messages.success(request, _("已批准,三联已发出"))
    return redirect("assessment:notice", pk)


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """The general manager does not approve, and says why."""
    found = _found(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with refusals.at_fields(request, form):
            assessment.decline_notice(found, form.cleaned_data["reason"], by=request.person)
            messages.success(request, _("已退回,未予批准"))
            return redirect("assessment:notice", pk)
    return _page(request, found, form, UNPROCESSABLE)


@require_POST
def check(request: Request, pk: int) -> HttpResponse:
    """Accounting confirms that it has checked the notice."""
    assessment.confirm_check(_found(request, pk), by=request.person)
    messages.success(request, _("已确认查核"))
    return redirect("assessment:notice", pk)


@require_POST
def deduct(request: Request, pk: int) -> HttpResponse:
    """The department confirms that it has carried it out."""
    assessment.confirm_deduction(_found(request, pk), by=request.person)
    messages.success(request, _("已确认办理"))
    return redirect("assessment:notice", pk)
