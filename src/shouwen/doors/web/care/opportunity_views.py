"""Opportunities: noted, taken a step further, closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web.customers.views import gate
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.ground.org import queries as org
from shouwen.work.customers import access
from shouwen.work.customers.care import keeping
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Opportunity

from . import lists
from .forms import NextStepForm, OpportunityForm, OutcomeForm

UNPROCESSABLE = 422


def new(request: Request, pk: int) -> HttpResponse:
    """Note what a customer may need of us."""
    record = gate(access.access_customer, request, pk)
    request.about = record
    form = OpportunityForm(
        request.POST or None, division=record.division_id, now=request.person,
        initial={"owner": request.person.pk},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            made = keeping.note_opportunity(record, by=request.person, **form.values())
            messages.success(request, _("商机已记下"))
            return redirect("care:opportunity", made.pk)
    context = {"customer": record, "form": form, "title": _("记下商机"), "clause": "R2-10"}
    return render(request, "care/form.html", context, status=UNPROCESSABLE if form.errors else 200)


def opportunity_of(request: Request, pk: int) -> Opportunity:
    """The opportunity of an address, for people of the division."""
    seen = org.divisions_visible(request.person)
    found = care.opportunities(seen).filter(pk=pk).first()
    if found is None:
        raise Http404
    request.about = found.customer
    return found


def show(request: Request, pk: int) -> HttpResponse:
    """An opportunity, with its next step."""
    found = opportunity_of(request, pk)
    initial = {
        "expected": found.expected_cents / 100 if found.expected_cents is not None else None,
        "next_step": found.next_step, "next_on": found.next_on, "owner": found.owner_id,
        "version": found.version,
    }  # fmt: skip
    form = NextStepForm(
        request.POST or None, division=found.division_id, now=found.owner, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            keeping.change_opportunity(
                found, version=form.cleaned_data["version"], by=request.person, **form.values()
            )
            messages.success(request, _("已保存"))
            return redirect("care:opportunity", pk)
    return _page(request, found, form, OutcomeForm())


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Say what became of it."""
    found = opportunity_of(request, pk)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            keeping.close_opportunity(
                found, won=form.cleaned_data["result"] == "won",
                outcome=form.cleaned_data["outcome"], by=request.person,
            )  # fmt: skip
            messages.success(request, _("商机已结束"))
            return redirect("care:opportunity", pk)
    return _page(request, found, NextStepForm(division=found.division_id), form)


def _page(request: Request, found: Opportunity, form: Any, outcome: Any) -> HttpResponse:
    context = {
        "opportunity": found, "customer": found.customer, "form": form, "outcome": outcome,
        "state": lists.opportunity_state(found), "open": found.state == Opportunity.State.OPEN,
    }  # fmt: skip
    wrong = form.errors or outcome.errors
    return render(request, "care/opportunity.html", context, status=UNPROCESSABLE if wrong else 200)
