"""Opinions of customers and what the market does, from the ear to the answer and back."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.customers.views import gate
from shouwen.doors.web.forms import PaperForm, at_fields, carried_out
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers import access
from shouwen.work.customers.care import compiling, opinions
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer, Opinion

from . import lists
from .forms import AnswerForm, MonthForm, OpinionForm, ThemeForm, ToldForm, now_local

UNPROCESSABLE = 422


def new(request: Request) -> HttpResponse:
    """Pass on what a customer thinks, or what the market does."""
    about = number_of(request.GET.get("customer", ""))
    customer = None if about is None else gate(access.access_customer, request, about)
    division = _division(request, customer)
    form = OpinionForm(
        request.POST or None, division=division,
        initial={"heard_on": clock.today(), "kind": "opinion" if customer else "market"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            asked = form.cleaned_data
            draft = opinions.OpinionDraft(
                division, asked["kind"], asked["text"], asked["source"], customer=customer,
                voice=asked["voice"], heard_on=asked["heard_on"], target=form.addressed(),
            )  # fmt: skip
            made = opinions.record_opinion(draft, by=request.person)
            messages.success(request, _("已送到有关部门"))
            return redirect("care:opinion", made.pk)
    context = {
        "customer": customer, "form": form, "title": _("登记客户意见"), "clause": "R1-11",
        "back": "opinions",
    }  # fmt: skip
    return render(request, "care/form.html", context, status=UNPROCESSABLE if form.errors else 200)


def _division(request: Request, customer: Customer | None) -> Unit:
    if customer is not None:
        return org.unit_by_id(customer.division_id)
    seen = org.divisions_visible(request.person)
    found = next((one for one in org.divisions() if one.pk in seen), None)
    if found is None:
        raise Http404
    return found


def _opinion(request: Request, pk: int) -> Opinion:
    found = care.opinions(request.person).filter(pk=pk).first()
    if found is None:
        raise Http404
    request.about = found.customer or found
    return found


@require_GET
def show(request: Request, pk: int) -> HttpResponse:
    """One opinion, with what can be done now."""
    return _page(request, _opinion(request, pk))


def _page(request: Request, found: Opinion, **typed: PaperForm) -> HttpResponse:
    theirs = care.may_answer(request.person, found.target, found.division_id)
    ours = care.may_answer(request.person, found.unit, found.division_id)
    context: dict[str, Any] = {
        "opinion": found,
        "state": lists.opinion_state(found),
        "may": {
            "acknowledge": theirs and not found.acknowledged_at,
            "answer": theirs and not found.answered_at,
            "mark": ours and not found.compilation_id,
            "tell": ours and found.answered_at and found.customer_id and not found.told_at,
        },
        "theme_form": typed.get("theme") or ThemeForm(initial={"theme": found.theme}),
        "answer": typed.get("answer") or AnswerForm(),
        "told": typed.get("told") or ToldForm(initial={"told_at": now_local()}),
    }
    status = UNPROCESSABLE if typed else 200
    return render(request, "care/opinion.html", context, status=status)


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """The department has read it."""
    opinions.acknowledge_opinion(_opinion(request, pk), by=request.person)
    messages.success(request, _("已确认收到"))
    return redirect("care:opinion", pk)


@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """Mark it for the month's compilation, or take the mark back."""
    found, form = _opinion(request, pk), ThemeForm(request.POST)
    if carried_out(request, form, opinions.mark_valuable, found):
        messages.success(request, _("已保存"))
        return redirect("care:opinion", pk)
    return _page(request, found, theme=form)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """The department says what it does about it."""
    found, form = _opinion(request, pk), AnswerForm(request.POST)
    if carried_out(request, form, opinions.answer_opinion, found):
        messages.success(request, _("已答复"))
        return redirect("care:opinion", pk)
    return _page(request, found, answer=form)


@require_POST
def told(request: Request, pk: int) -> HttpResponse:
    """The customer knows what became of it."""
    found, form = _opinion(request, pk), ToldForm(request.POST)
    if carried_out(request, form, opinions.tell_customer, found):
        messages.success(request, _("已记下通报客户"))
        return redirect("care:opinion", pk)
    return _page(request, found, told=form)


@require_GET
def compilations(request: Request) -> HttpResponse:
    """The compilations of every month, and how many opinions each centre passed on."""
    page = page_of(care.compilations(request.person), request, order=("-month", "-id"))
    last = clock.today().replace(day=1) - timedelta(days=1)
    since = last.replace(day=1)
    seen = org.divisions_visible(request.person)
    context = {
        "page": page, "form": MonthForm(initial={"month": f"{since:%Y-%m}"}), "at": "opinions",
        "counts": care.by_centre(seen, since, clock.today()), "since": since,
    }  # fmt: skip
    return render(request, "care/compilations.html", context)


@require_POST
def send(request: Request) -> HttpResponse:
    """Send the compilation of a month to the departments."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        raise refuse(N_("请写明月份，例如 2026-03"), "R8-31", field="month")
    year, month = map(int, form.cleaned_data["month"].split("-"))
    made = compiling.send_compilation(
        _division(request, None), date(year, month, 1), by=request.person
    )
    messages.success(request, _("已分送 %(n)s 个部门") % {"n": len(made)})
    return redirect("care:compilations")


@require_GET
def compilation(request: Request, pk: int) -> HttpResponse:
    """What one department is to answer."""
    found = care.compilations(request.person).filter(pk=pk).first()
    if found is None:
        raise Http404
    rows = list(found.opinions.select_related("customer", "unit").order_by("theme", "pk"))
    context = {
        "compilation": found,
        "rows": [(one, lists.opinion_state(one)) for one in rows],
    }
    return render(request, "care/compilation.html", context)
