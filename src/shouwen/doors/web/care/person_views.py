"""What is held about one person: a copy to take out, and to be forgotten."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.customers.views import gate
from shouwen.doors.web.forms import at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.work.customers import access
from shouwen.work.customers.models import Contact, Customer
from shouwen.work.dossiers import access as dossiers_access
from shouwen.work.dossiers import actions as dossiers
from shouwen.work.dossiers import queries
from shouwen.work.dossiers.sources import sources

from .forms import EraseForm, ReasonForm

UNPROCESSABLE = 422
GATES = {"customer": access.access_customer, "contact": access.access_contact}


def _record(request: Request, kind: str, pk: int) -> tuple[Customer | Contact, Customer]:
    if kind not in GATES:
        raise Http404
    record = gate(GATES[kind], request, pk)
    customer = record.customer if isinstance(record, Contact) else record
    request.about = customer
    roles = dossiers_access.EXPORTERS
    if not dossiers_access.may(request.person, roles, customer.division_id):
        raise PermissionDenied
    return record, customer


def _context(request: Request, record: Any, customer: Customer, kind: str) -> dict[str, Any]:
    counts = queries.counts(queries.who_is(record))
    erasers = dossiers_access.ERASERS
    return {
        "record": record, "customer": customer, "kind": kind,
        "name": record.name if kind == "contact" else customer.name,
        "counts": [(_(one.title), counts[one.key]) for one in sources()],
        "may_erase": dossiers_access.may(request.person, erasers, customer.division_id),
    }  # fmt: skip


@require_GET
def show(request: Request, kind: str, pk: int) -> HttpResponse:
    """How many records of each kind hold something of a person."""
    record, customer = _record(request, kind, pk)
    context = _context(request, record, customer, kind)
    return render(request, "care/person.html", {**context, "form": ReasonForm()})


@require_POST
def export(request: Request, kind: str, pk: int) -> HttpResponse:
    """Everything about a person as a zip."""
    record, customer = _record(request, kind, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            data = dossiers.export_person(
                record, reason=form.cleaned_data["reason"], by=request.person
            )
            name = f"{customer.code}-{kind}-{pk}-{clock.today():%Y%m%d}.zip"
            response = HttpResponse(data, content_type="application/zip")
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            response["Cache-Control"] = "no-store"
            return response
    context = _context(request, record, customer, kind)
    return render(request, "care/person.html", {**context, "form": form}, status=UNPROCESSABLE)


def erase(request: Request, kind: str, pk: int) -> HttpResponse:
    """Forget a person, after the customer's number was typed."""
    record, customer = _record(request, kind, pk)
    dossiers_access.require_eraser(request.person, customer.division_id)
    form = EraseForm(request.POST or None)
    if carried_out(request, form, dossiers.erase_person, record):
        messages.success(request, _("个人资料已删除"))
        return redirect("customers:customer", customer.pk)
    context = {**_context(request, record, customer, kind), "form": form}
    return render(request, "care/erase.html", context, status=UNPROCESSABLE if form.errors else 200)
