"""The queues of settlement and the page of one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.papers.inputs import raw_with_files, section_form
from shouwen.doors.web.people import Request
from shouwen.engines.documents import queries as papers
from shouwen.ground.foundation.refusal import Reason, Refused
from shouwen.ground.org import queries as org
from shouwen.outcomes.settlement.collections import collect
from shouwen.outcomes.settlement.models import Collection, Settlement, Voucher
from shouwen.outcomes.settlement.vouchers import matches_of
from shouwen.work.cases.access import access_case
from shouwen.work.cases.models import Case

from .forms import CollectedForm
from .steps import Step, keep_count, press, steps_of

UNPROCESSABLE = 422
MOST = 100


def queue(request: Request) -> HttpResponse:
    """Open settlements, collections and the newest vouchers of the divisions in sight."""
    divisions = org.divisions_visible(request.person)
    open_ones = Settlement.objects.filter(case__division__in=divisions, done_at__isnull=True)
    collections = Collection.objects.filter(case__division__in=divisions).exclude(
        state=Collection.State.COLLECTED
    )
    vouchers = Voucher.objects.filter(case__division__in=divisions)
    context = {
        "settlements": open_ones.select_related("case__customer", "case__salesperson").order_by(
            "opened_at"
        )[:MOST],
        "collections": collections.select_related("case__customer", "salesperson").order_by(
            "due_on"
        )[:MOST],
        "vouchers": vouchers.select_related("case__customer", "source").order_by("-id")[:MOST],
    }
    return render(request, "settlement/queue.html", context)


def show(request: Request, case: int) -> HttpResponse:
    """The settlement of one case."""
    return _page(request, access_case(request.person, case))


def _page(
    request: Request,
    case: Case,
    wrong: str = "",
    typed: dict[str, Any] | None = None,
    reasons: tuple[Reason, ...] = (),
) -> HttpResponse:
    steps = steps_of(case, request.person)
    for step in steps:
        if step.section and not step.done and step.allowed:
            is_wrong = step.key == wrong
            step.form = section_form(  # type: ignore[attr-defined]
                step.section,
                typed if is_wrong and typed is not None else step.start,
                division=case.division,
                version=step.version,
                reasons=reasons if is_wrong else (),
                attachments=papers.attachments_of(case),
            )
    slips = [step.sheet for step in steps if step.key == "receive" and step.done and step.sheet]
    loose = [refusals.say(reason) for reason in reasons if not _has_form(steps, wrong)]
    context = {
        "case": case,
        "steps": steps,
        "loose": loose,
        "matches": [one for slip in slips for one in matches_of(slip)],
        "settlement": Settlement.objects.filter(case=case).first(),
        "collections": case.collections.select_related("salesperson"),
        "collected": CollectedForm(),
        "vouchers": case.vouchers.select_related("sheet", "source"),
    }
    status = UNPROCESSABLE if reasons else 200
    return render(request, "settlement/settlement.html", context, status=status)


def _has_form(steps: list[Step], key: str) -> bool:
    return any(step.key == key and getattr(step, "form", None) for step in steps)


@require_POST
def act(request: Request, case: int, key: str) -> HttpResponse:
    """Do the step that is open now."""
    found = access_case(request.person, case)
    request.about = found
    step = next(
        (one for one in steps_of(found, request.person) if one.key == key and not one.done), None
    )
    if step is None:
        raise Http404
    raw: dict[str, Any] = {"reference": request.POST.get("reference", "")}
    try:
        if step.section:
            step.version = int(request.POST.get("version") or step.version)
            raw = raw_with_files(step.section, request, matter=found, division=found.division)
        if request.POST.get("only") == "count":
            keep_count(step, raw, request.person)
        else:
            press(found, step, raw, request.person)
    except Refused as refused:
        refusals.keep(request, refused)
        return _page(request, found, key, raw, refused.reasons)
    return redirect("settlement:show", case)


@require_POST
def collected(request: Request, pk: int) -> HttpResponse:
    """A receivable came in."""
    found = Collection.objects.select_related("case").filter(pk=pk).first()
    if found is None:
        raise Http404
    case = access_case(request.person, found.case_id)
    form = CollectedForm(request.POST)
    if form.is_valid():
        collect(found, form.cleaned_data["collected_on"], by=request.person)
    return redirect("settlement:show", case.pk)
