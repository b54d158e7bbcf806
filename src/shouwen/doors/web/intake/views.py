from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web import links, refusals
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.quick.calls import call_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.cases import access as cases_access
from shouwen.work.cases import actions as cases
from shouwen.work.cases import queries as case_lists
from shouwen.work.cases.models import Case, Kind
from shouwen.work.cases.records import file_record
from shouwen.work.customers import access
from shouwen.work.customers.models import Customer

from . import calling, general
from .forms import IntakeForm
from .looking import Who, about, look
from .picking import Picked, renamed

NOTE = "abnormality_note"


def new(request: Request) -> HttpResponse:
    """One form for every channel: who calls, what was delivered, what is wrong.

    A service centre has its own form: there nothing was delivered.
    """
    if home := general.home_of(request.person):
        return general.new(request, home)
    return _register(request) if request.method == "POST" else _blank(request)


def _blank(request: Request) -> HttpResponse:
    """An empty form; `?phone=` or `?customer=` fill in who calls, for whoever links here."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("phone", "words")}
    known = _customer(request)
    panel = about(request.person, known, request.GET.get("caller", "")[:40]) if known else None
    call = call_of(request.person, request.GET.get("call", ""))
    asked["phone"] = asked["phone"] or (call.caller if call else "")
    panel = panel or look(request.person, asked["phone"], asked["words"])
    start = {
        **asked,
        "received_at": clock.now(),
        "severity": 1,
        "channel": "phone",
        "category": "product_quality",
        "causes_loss": "yes",
        "caller": panel.caller,
    }
    return _page(request, IntakeForm(request.person, initial=start), panel)


def _register(request: Request) -> HttpResponse:
    form = IntakeForm(request.person, request.POST)
    complete = form.is_valid()
    customer = form.cleaned_data.get("customer")
    picked = Picked.read(customer, request.POST) if customer else None
    if complete and picked:
        try:
            case = _open(request, form, picked)
        except Refused as refused:
            _blame(request, form, picked, refused)
        else:
            messages.success(request, _("已登记。"))
            return redirect(address_of(case))
    caller = request.POST.get("caller", "")
    panel = about(request.person, customer, caller, picked) if customer else None
    panel = panel or look(request.person, form["phone"].value() or "", form["words"].value() or "")
    return _page(request, form, panel, status=422)


@one_act
def _open(request: Request, form: IntakeForm, picked: Picked) -> Case:
    """The matter and, where nobody lost by it, its abnormality note: both or neither."""
    case = cases.open_case(form.intake(picked.lines), by=request.person)
    calling.note(case, call_of(request.person, request.POST.get("call", "")), by=request.person)
    if case.kind == Kind.ABNORMALITY:
        file_record(case, NOTE, form.note(picked.lines), by=request.person)
    return case


def _blame(request: Request, form: IntakeForm, picked: Picked, refused: Refused) -> None:
    """Every reason where it hurts: at a product line, at a field, else above the form."""
    refusals.keep(request, refused)
    rest = picked.blame(refused)
    if rest:
        refusals.add_reasons(form, renamed(rest.reasons))


def address_of(case: Case) -> str:
    """Where a matter goes on: a complaint on its form, any other on its own small page."""
    if case.kind == Kind.QUALITY:
        return links.url("case", case.pk) or f"/cases/{case.pk}/"
    return f"/intake/ordinary/{case.pk}/"


def _page(request: Request, form: IntakeForm, panel: Who, status: int = 200) -> HttpResponse:
    asked = request.POST.get("call") or request.GET.get("call", "")
    call = call_of(request.person, asked)
    context: dict[str, Any] = {"form": form, "who": panel, "call": call}
    return render(request, "intake/new.html", context, status=status)


@require_POST
def same(request: Request) -> HttpResponse:
    """Not a new matter: the customer speaks once more of one that is open (R5-19)."""
    number = number_of(request.POST.get("same", "")) or 0
    case = cases_access.access_case(request.person, number, to="work")
    request.about = case
    call = call_of(request.person, request.POST.get("call", ""))
    try:
        calling.again(case, request.POST, call, by=request.person)
    except Refused as refused:
        refusals.keep(request, refused)
        form = IntakeForm(request.person, request.POST)
        form.errors.clear()
        refusals.add_reasons(form, renamed(refused.reasons))
        return _page(request, form, about(request.person, case.customer, ""), status=422)
    messages.success(
        request, _("已记在 %(label)s 名下，计为同一事再次来电") % {"label": case.label}
    )
    return redirect(address_of(case))


@require_GET
def who(request: Request) -> HttpResponse:
    """The panel for what was typed, or nothing while it still shows the same customer."""
    known = _customer(request)
    if known:
        panel = about(request.person, known, request.GET.get("caller", "")[:40])
    else:
        panel = look(request.person, request.GET.get("phone", ""), request.GET.get("words", ""))
        shown = request.GET.get("shown", "")
        if shown and _says_no_more(panel, shown):
            return HttpResponse(status=204)
    form = IntakeForm(request.person, initial={"caller": panel.caller})
    return render(request, "intake/_who.html", {"who": panel, "form": form})


def _says_no_more(panel: Who, shown: str) -> bool:
    """The same customer again, or nobody: what is ticked and typed beside them stays."""
    if panel.customer is None:
        return not (panel.callers or panel.named)
    return str(panel.customer.pk) == shown


@require_GET
def shipments(request: Request) -> HttpResponse:
    """The customer's shipments that fit what is sought; those ticked stay."""
    known = _customer(request)
    if known is None:
        return HttpResponse(status=204)
    picked = Picked.read(known, request.GET)
    return render(request, "intake/_picks.html", {"picked": picked})


@require_GET
def similar(request: Request) -> HttpResponse:
    """Open matters of the customer, those of the ticked parts first."""
    known = _customer(request)
    if known is None:
        return HttpResponse(status=204)
    parts = Picked.read(known, request.GET).parts
    found = case_lists.similar_open(request.person, known.pk, parts)
    return render(request, "intake/_similar.html", {"similar": found, "parts": parts})


def _customer(request: Request) -> Customer | None:
    """The customer an address names, when this person may see it."""
    number = number_of(request.GET.get("customer", ""))
    if number is None:
        return None
    try:
        return access.access_customer(request.person, number)
    except Customer.DoesNotExist:
        return None
