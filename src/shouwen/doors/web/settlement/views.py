"""The lists of settlement and the page of one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import refusals
from shouwen.doors.web.caselists import listing
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.papers.inputs import raw_with_files
from shouwen.doors.web.people import Request
from shouwen.engines.documents.models import Sheet, Signature
from shouwen.ground.foundation.refusal import Refused
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement import course, queries
from shouwen.outcomes.settlement.models import Collection, Settlement
from shouwen.work.cases.access import access_case
from shouwen.work.cases.models import Case

from . import lists
from .forms import CollectedForm
from .steps import Shown, Typed, press, shown_to

UNPROCESSABLE = 422


def queue(request: Request) -> HttpResponse:
    """Settlements in hand, with what is next."""
    return listing.show(request, lists.SETTLEMENTS)


def collections(request: Request) -> HttpResponse:
    """Receivables to collect."""
    return listing.show(request, lists.COLLECTIONS)


def vouchers(request: Request) -> HttpResponse:
    """Posted vouchers, the newest first."""
    return listing.show(request, lists.VOUCHERS)


def export(request: Request, key: str) -> HttpResponse:
    """One of the lists as a workbook."""
    found = (lists.SETTLEMENTS, lists.COLLECTIONS, lists.VOUCHERS)
    wanted = next((one for one in found if one.key == key), None)
    if wanted is None:
        raise Http404
    return listing.export(request, wanted)


def show(request: Request, case: int) -> HttpResponse:
    """The settlement of one case."""
    return _page(request, access_case(request.person, case), Typed())


def _page(
    request: Request, case: Case, typed: Typed, paid: tuple[int, CollectedForm] | None = None
) -> HttpResponse:
    steps = shown_to(request.person, case, typed)
    context = {
        "case": case,
        "past": [one for one in steps if one.step.done],
        "ahead": [one for one in steps if not one.step.done],
        "matching": any(one.allowed and one.step.key in ("post", "excess") for one in steps),
        "loose": [refusals.say(one) for one in typed.reasons if not _has_form(steps, typed.key)],
        "matchings": _matchings(steps),
        "settlement": Settlement.objects.filter(case=case).first(),
        "collections": _receivables(case, paid),
        "vouchers": case.vouchers.select_related("sheet", "source"),
    }
    status = UNPROCESSABLE if typed.reasons or paid else 200
    return render(request, "settlement/settlement.html", context, status=status)


def _has_form(steps: list[Shown], key: str) -> bool:
    return any(one.step.key == key and one.form for one in steps)


@dataclass(frozen=True)
class Matching:
    """What came back of one slip against what was approved, and who matched it (R4-73)."""

    slip: Sheet
    lines: list[Any]
    signature: Signature | None


def _matchings(steps: list[Shown]) -> list[Matching]:
    """Of every slip that was counted; the voucher says who matched it, once it is posted."""
    posted = {
        one.step.sheet.pk: one.signature
        for one in steps
        if one.step.key == "post" and one.step.sheet
    }
    counted = [one.step.sheet for one in steps if one.step.key == "receive" and one.step.done]
    return [
        Matching(slip, queries.matches_of(slip), posted.get(slip.pk)) for slip in counted if slip
    ]


def _receivables(
    case: Case, paid: tuple[int, CollectedForm] | None
) -> list[tuple[Collection, CollectedForm]]:
    """Each receivable with its form, the one that was refused with what was typed."""
    wrong, form = paid or (0, None)
    return [
        (one, form if form is not None and one.pk == wrong else CollectedForm(prefix=f"r{one.pk}"))
        for one in case.collections.select_related("salesperson").order_by("due_on", "id")
    ]


@require_POST
def act(request: Request, case: int, key: str) -> HttpResponse:
    """Do the step that is open now."""
    found = access_case(request.person, case)
    request.about = found
    open_steps = (one for one in course.steps_of(found) if one.key == key and not one.done)
    step = next(open_steps, None)
    if step is None:
        raise Http404
    raw: dict[str, Any] = {"reference": request.POST.get("reference", "")}
    try:
        if step.section:
            raw = raw_with_files(step.section, request, matter=found, division=found.division)
        counting = key == "receive" and request.POST.get("only") == "count"
        version = number_of(request.POST.get("version", ""))
        press(
            found, step, raw, step.version if version is None else version,
            request.person, verb="count" if counting else key,
        )  # fmt: skip
    except Refused as refused:
        refusals.keep(request, refused)
        typed = Typed(key, getattr(refused, "raw", raw), tuple(refused.reasons))
        return _page(request, found, typed)
    messages.success(request, _("已送主管请示") if counting else _("已办理"))
    return redirect("settlement:show", case)


@require_POST
def collected(request: Request, pk: int) -> HttpResponse:
    """A receivable came in."""
    found = Collection.objects.select_related("case").filter(pk=pk).first()
    if found is None:
        raise Http404
    case = access_case(request.person, found.case_id)
    request.about = case
    form = CollectedForm(request.POST, prefix=f"r{pk}")
    if form.is_valid():
        with at_fields(request, form):
            settlement.collect(found, form.cleaned_data["collected_on"], by=request.person)
            messages.success(request, _("收款已登记"))
            return redirect("settlement:show", case.pk)
    return _page(request, case, Typed(), (pk, form))
