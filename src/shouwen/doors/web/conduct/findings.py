"""One finding from its opening to its end, and what customers said of somebody."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import links
from shouwen.doors.web.customers.showing import event
from shouwen.doors.web.forms import PaperForm, at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.doors.web.reception.people import colleagues, division_for
from shouwen.ground.foundation import clock
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.outcomes.conduct import access, asking, norms
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct.models import Finding, Measure

from .forms import DecisionForm, DecliningForm, MeasureForm, NoteForm, TransferForm, WordsForm
from .lists import STATES

EVENTS = 30


def new(request: Request) -> HttpResponse:
    """A manager writes down what he saw."""
    at, division = clock.now(), division_for(request.person)
    under = [
        (pk, name)
        for pk, name in colleagues(division)
        if asking.is_over(request.person, org.person(pk), division, at)
    ]
    codes = norms.known_codes(division, at)
    form = NoteForm(request.POST or None, people=under, codes=codes)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            told = form.cleaned_data
            noted = conduct.Found(
                division, org.person(told["person"]), told["code"], told["described"]
            )
            made = conduct.note_finding(noted, by=request.person)
            return redirect("conduct:finding", made.pk)
    context = {"form": form, "under": under, "division": division}
    status = 422 if request.method == "POST" else 200
    return render(request, "conduct/finding_new.html", context, status=status)


def finding(request: Request, pk: int) -> HttpResponse:
    """One finding with what can be done next."""
    return _page(request, access.access_finding(request.person, pk))


def _page(request: Request, one: Finding, **forms: PaperForm) -> HttpResponse:
    at, mine = clock.now(), one.person_id == request.person.pk
    over = asking.is_over(request.person, one.person, one.division_id, at)
    charges = norms.charges(one.code, one.division_id, at)
    kinds = _kinds(charges)
    measures = list(one.measures.select_related("decided_by", "approved_by", "new_post__unit"))
    context = {
        "finding": one, "name": norms.name_of(one.code, one.division_id, at), "mine": mine,
        "state": (STATES[one.state], one.get_state_display()), "over": over,
        "may": _may(request, one, over, bool(kinds), measures),
        "measures": [{"measure": row, "name": _named(row, charges)} for row in measures],
        "objection": WordsForm(name="objection", label=_("异议的理由")),
        "decision": DecisionForm(label=_("理由")),
        "correction": WordsForm(label=_("告知客户的内容")),
        "measure": MeasureForm(kinds=kinds, label=_("内容和理由")),
        "transfer": TransferForm(division=one.division, label=_("理由")),
        "declining": DecliningForm(),
        "events": [event(entry) for entry in timeline(one)[:EVENTS]],
        "matter": links.url("case", one.contact_id or 0) if one.contact_kind == "case" else "",
        **forms,
    }  # fmt: skip
    wrong = any(form.errors for form in forms.values())
    return render(request, "conduct/finding.html", context, status=422 if wrong else 200)


def _kinds(charges: list[Any]) -> dict[str, Any]:
    """The measures that the department decides by itself."""
    return {
        kind: one.spec.names.get(kind, kind)
        for one in charges
        if not one.spec.approver
        for kind in one.spec.measures
    }


def _named(measure: Measure, charges: list[Any]) -> Any:
    names = {key: words for one in charges for key, words in one.spec.names.items()}
    return names.get(measure.kind, measure.kind)


def _may(
    request: Request, one: Finding, over: bool, charged: bool, measures: list[Measure]
) -> dict[str, bool]:
    """What this person may do now; the verbs ask again."""
    confirmed, me = one.state == Finding.State.CONFIRMED, request.person.pk
    undecided = one.state in ("open", "acknowledged", "objected")
    correcting = norms.corrected(one.code, one.division_id, clock.now())
    return {
        "answer": one.person_id == me and one.state == "open",
        "decide": over and undecided,
        "measure": over and confirmed and charged,
        "transfer": over and confirmed and charged
        and not any(row.new_post_id and not row.declined_at for row in measures),
        "rule": access.may_rule(request.person, one) and me not in (
            one.person_id, *(row.decided_by_id for row in measures if row.new_post_id)
        ),
        "close": over and confirmed,
        "correct": correcting is not None and not one.corrected_at
        and (over or one.person_id == me) and one.state != "dropped",
    }  # fmt: skip


def _done(
    request: Request, one: Finding, name: str, form: PaperForm, verb: Callable[..., Model]
) -> HttpResponse:
    """Verb and answer for every form of the page."""
    if carried_out(request, form, verb, one):
        return redirect("conduct:finding", one.pk)
    return _page(request, one, **{name: form})


def _finding(request: Request, pk: int) -> Finding:
    """A finding through its gate; what is refused stands on its timeline."""
    one = access.access_finding(request.person, pk)
    request.about = one
    return one


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """The person acknowledges it."""
    conduct.acknowledge(_finding(request, pk), by=request.person)
    return redirect("conduct:finding", pk)


@require_POST
def object_to(request: Request, pk: int) -> HttpResponse:
    """The person contests it."""
    form = WordsForm(request.POST, name="objection", label=_("异议的理由"))
    return _done(request, _finding(request, pk), "objection", form, conduct.object_to)


@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Those above him confirm or drop it."""
    form = DecisionForm(request.POST, label=_("理由"))
    return _done(request, _finding(request, pk), "decision", form, conduct.decide_finding)


@require_POST
def correct(request: Request, pk: int) -> HttpResponse:
    """The customer was told what is right."""
    form = WordsForm(request.POST, label=_("告知客户的内容"))
    return _done(request, _finding(request, pk), "correction", form, conduct.record_correction)


@require_POST
def measure(request: Request, pk: int) -> HttpResponse:
    """The department decides a measure."""
    one = _finding(request, pk)
    kinds = _kinds(norms.charges(one.code, one.division_id, clock.now()))
    form = MeasureForm(request.POST, kinds=kinds, label=_("内容和理由"))
    return _done(request, one, "measure", form, conduct.take_measure)


@require_POST
def transfer(request: Request, pk: int) -> HttpResponse:
    """Another post is proposed."""
    one = _finding(request, pk)
    form = TransferForm(request.POST, division=one.division, label=_("理由"))
    return _done(request, one, "transfer", form, conduct.propose_transfer)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """It is done with."""
    conduct.close_finding(_finding(request, pk), by=request.person)
    return redirect("conduct:finding", pk)


def _measure(request: Request, pk: int) -> Measure:
    """A measure through the gate of its finding; the approver need not stand above the person."""
    row = get_object_or_404(Measure.objects.select_related("finding__person"), pk=pk)
    access.access_measure(request.person, row)
    request.about = row.finding
    return row


@require_POST
def sign(request: Request, pk: int) -> HttpResponse:
    """The person signs that he knows of it."""
    row = _measure(request, pk)
    conduct.acknowledge_measure(row, by=request.person)
    return redirect("conduct:finding", row.finding_id)


@require_POST
def approve(request: Request, pk: int) -> HttpResponse:
    """A transfer is approved."""
    row = _measure(request, pk)
    conduct.approve_transfer(row, by=request.person)
    return redirect("conduct:finding", row.finding_id)


@require_POST
def decline(request: Request, pk: int) -> HttpResponse:
    """A transfer is not approved."""
    row = _measure(request, pk)
    form = DecliningForm(request.POST)
    if carried_out(request, form, conduct.decline_transfer, row):
        return redirect("conduct:finding", row.finding_id)
    return _page(request, row.finding, declining=form)


def grievance(request: Request, pk: int) -> HttpResponse:
    """A customer's complaint about somebody, and the decision."""
    kept = access.access_grievance(request.person, pk)
    request.about = kept
    form = DecisionForm(request.POST or None, name="reason", label=_("核实的结果"))
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            told = form.cleaned_data
            conduct.decide_grievance(kept, told["confirmed"], told["reason"], by=request.person)
            return redirect("conduct:grievance", pk)
    name = norms.name_of(kept.code, kept.division_id, clock.now())
    context = {"kept": kept, "form": form, "name": name}
    status = 422 if request.method == "POST" else 200
    return render(request, "conduct/grievance.html", context, status=status)


def rating(request: Request, pk: int) -> HttpResponse:
    """A customer's bad rating of a contact, and the check."""
    kept = access.access_rating(request.person, pk)
    request.about = kept.interaction
    form = WordsForm(request.POST or None, label=_("核查结果和处理"))
    if carried_out(request, form, conduct.check_rating, kept):
        return redirect("conduct:rating", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "conduct/rating.html", {"kept": kept, "form": form}, status=status)
