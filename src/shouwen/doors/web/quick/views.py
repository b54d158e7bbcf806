from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.cases.access import visible
from shouwen.work.cases.centre import contacting
from shouwen.work.cases.models import Case
from shouwen.work.cases.queries import similar_open
from shouwen.work.customers import access as customers_access
from shouwen.work.customers import phones
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Interaction
from shouwen.work.interactions.quick import take
from shouwen.work.telephony import actions as telephony

from . import channels
from .calls import call_of
from .forms import QuickForm

FEW = 5


def new(request: Request) -> HttpResponse:
    """One small form for everybody, whatever the post (R5-16)."""
    if request.method == "POST":
        return _take(request)
    call = call_of(request.person, request.GET.get("call", ""))
    phone = request.GET.get("phone", "")[:40] or (call.caller if call else "")
    start = {
        "phone": phone,
        "at": clock.now(),
        "channel": channels.first_phone(request.person),
        "nature": "problem",
        "division": _home(request),
        "call": call.pk if call else None,
    }
    return _page(request, QuickForm(request.person, initial=start), phone)


def _take(request: Request) -> HttpResponse:
    form, same = QuickForm(request.person, request.POST), _same(request)
    if form.is_valid():
        call = call_of(request.person, str(form.cleaned_data["call"] or ""))
        customer = customers.of_number(form.cleaned_data["phone"], form.cleaned_data["division"])
        with at_fields(request, form), transaction.atomic():
            draft = form.draft(customer, call)
            row = take(draft, by=request.person, unknown=form.cleaned_data["unknown"])
            if call:
                telephony.bind(call, row, by=request.person)
            if same is not None:
                contacting.tie_contact(row, same, by=request.person)
            messages.success(request, _("已登记，编号 %(number)s") % {"number": row.number})
            return redirect("quick:interaction", row.pk)
    return _page(request, form, str(form["phone"].value() or ""), 422)


def _same(request: Request) -> Case | None:
    """The open matter it is about, when one was pressed (R5-19)."""
    number = number_of(request.POST.get("same", ""))
    return None if number is None else visible(request.person).filter(pk=number).first()


def _page(request: Request, form: QuickForm, phone: str, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "heard": heard(request, phone)}
    return render(request, "quick/new.html", context, status=status)


def _home(request: Request) -> int | None:
    """The division a person works in."""
    post = org.main_post(request.person)
    home = org.division_of(post.post.unit) if post else None
    return home.pk if home else next(iter(org.divisions_visible(request.person)), None)


@require_GET
def who(request: Request) -> HttpResponse:
    """Who may be calling, and what was said from this number before."""
    phone = request.GET.get("phone", "")[:40]
    return render(request, "quick/_who.html", {"heard": heard(request, phone)})


def heard(request: Request, phone: str) -> dict[str, Any]:
    """What is known of a whole number; part of one tells nothing."""
    number = phones.read(phone)
    if number is None:
        return {"phone": phone}
    known = customers.by_phone(phone, org.divisions_visible(request.person), whole=True, limit=FEW)
    mine = {one.customer.pk for one in known}
    return {
        "phone": phone,
        "known": known,
        "open": similar_open(request.person, mine.pop(), limit=FEW) if len(mine) == 1 else [],
        "earlier": earlier(request, number.key),
        "tried": True,
    }


def earlier(request: Request, key: str, customer: Customer | None = None) -> list[Interaction]:
    """Earlier contacts from a number, or of a customer the person may see; the newest first."""
    found = list(queries.by_number(key, request.person)[:FEW])
    if customer and customer.division_id in customers_access.phone_divisions(request.person):
        rows = queries.of_customer(customer).select_related("text", "taker")[:FEW]
        found += [one for one in rows if one not in found]
    return sorted(found, key=lambda one: -one.pk)[:FEW]
