from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers import access, queries
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, draft_of
from shouwen.work.customers.models import Contact, Customer
from shouwen.work.dossiers import queries as dossiers

from . import exports, panels, showing, side, tables
from .forms import ContactForm, CustomerFilters, CustomerForm, ReasonForm

EVENTS = 20
ORDERS = 12


def gate(access_to: Any, request: Request, pk: int) -> Any:
    """A record through its gate; what the person may not see does not exist."""
    try:
        return access_to(request.person, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def writing_division(request: Request, what: str) -> Unit:
    """The division a new record is for: the one asked for, else the first one may write in."""
    found = [one for one in org.divisions() if one.pk in org.divisions_visible(request.person)]
    mine = [one for one in found if access.may_write(request.person, what, one)]
    wanted = [one for one in mine if one.code == request.GET.get("division", "")]
    division = next(iter(wanted or mine or found), None)
    if division is None:
        raise Http404
    access.require_writer(request.person, what, division)
    return division


def chosen(request: Request, filters: CustomerFilters) -> QuerySet[Customer]:
    """The customers a list or an export is about."""
    found = queries.customers(org.divisions_visible(request.person))
    asked = filters.cleaned_data if filters.is_valid() else {}
    if words := asked.get("q"):
        found = found.filter(queries.found_by(words, request.person))
    if asked.get("region"):
        found = found.filter(region=asked["region"])
    if asked.get("salesperson"):
        found = found.filter(salesperson=asked["salesperson"])
    state = asked.get("state") or ""
    return found if state == "all" else found.filter(active=state != "off")


def _filters(request: Request) -> CustomerFilters:
    return CustomerFilters(
        request.GET, divisions=org.divisions_visible(request.person), auto_id="filter_%s"
    )


def listing(request: Request) -> HttpResponse:
    """Customers by pinyin, found by name, code or telephone."""
    filters = _filters(request)
    found = chosen(request, filters).select_related("salesperson")
    page = page_of(found, request, order=("pinyin", "id"))
    context = {
        "filters": filters,
        "page": page,
        "table": tables.customers(request, page.rows),
        "may_write": _may_write_somewhere(request, "customer"),
        "query": request.GET.urlencode(),
    }
    return render(request, "customers/list.html", context)


def _may_write_somewhere(request: Request, what: str) -> bool:
    seen = org.divisions_visible(request.person)
    return any(access.may_write(request.person, what, division) for division in seen)


def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook; numbers masked as on the screen."""
    found = chosen(request, _filters(request)).select_related("salesperson", "division")
    return exports.customers(request, found)


def customer(request: Request, pk: int) -> HttpResponse:
    """One customer: contacts, orders, open matters, what happened."""
    record = gate(access.access_customer, request, pk)
    clear = showing.sees(request.person, record.division_id)
    today = clock.today()
    erased = dossiers.erased_at(record)
    told = dossiers.timeline(record, limit=EVENTS)
    own = (showing.happening(one, erased) for one in told)
    page = page_of(queries.orders_of(record), request, order=("-ordered_on", "-id"), size=ORDERS)
    may = {
        what: access.may_write(request.person, what, record.division_id)
        for what in ("customer", "order")
    }
    context = {
        "customer": record,
        "number": showing.number(record, "phone", clear),
        "cards": showing.cards(record.contacts.all(), clear),
        "owed": queries.owed([record], today).get(record.pk),
        "page": page,
        "orders": tables.orders_of(page.rows, today),
        "panels": panels.drawn(request, record),
        "events": panels.events(request, record, own, EVENTS),
        "may": may,
        "care": side.side(record, request.person),
        "lacks": side.lacks_in_words(record.lacks),
    }
    return render(request, "customers/customer.html", context)


def new(request: Request) -> HttpResponse:
    """Enter a customer."""
    division = writing_division(request, "customer")
    form = CustomerForm(request.POST or None, division=division)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            made = customers.create_customer(division, form.draft(), by=request.person)
            messages.success(request, _("客户已登记"))
            return redirect("customers:customer", pk=made.pk)
    return _form(request, form, "customers/customer_form.html", {"division": division})


def edit(request: Request, pk: int) -> HttpResponse:
    """Change a customer."""
    record = gate(access.access_customer, request, pk)
    request.about = record
    access.require_writer(request.person, "customer", record.division_id)
    initial = draft_of(CustomerDraft, record).values() | {
        "salesperson": record.salesperson_id or "", "version": record.version,
    }  # fmt: skip
    form = CustomerForm(
        request.POST or None,
        initial=initial,
        division=record.division_id,
        now=record.salesperson,
    )
    _leave_out_masked(form, request, record.division_id, ("phone",))
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            draft = form.draft(record)
            customers.change_customer(record, draft, version=form.seen, by=request.person)
            messages.success(request, _("已保存"))
            return redirect("customers:customer", pk=pk)
    return _form(request, form, "customers/customer_form.html", {"customer": record})


def _leave_out_masked(
    form: CustomerForm | ContactForm, request: Request, division: int, fields: Iterable[str]
) -> None:
    """Whoever sees numbers masked cannot change them either: the form would give them away."""
    if not showing.sees(request.person, division):
        for field in fields:
            del form.fields[field]


def new_contact(request: Request, pk: int) -> HttpResponse:
    """Enter somebody at a customer."""
    owner = gate(access.access_customer, request, pk)
    request.about = owner
    access.require_writer(request.person, "customer", owner.division_id)
    first = not owner.contacts.exists()
    form = ContactForm(request.POST or None, initial={"active": True, "main": first})
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            customers.create_contact(owner, form.draft(), by=request.person)
            messages.success(request, _("联系人已登记"))
            return redirect("customers:customer", pk=pk)
    return _form(request, form, "customers/contact_form.html", {"customer": owner})


def edit_contact(request: Request, pk: int) -> HttpResponse:
    """Change a contact."""
    record: Contact = gate(access.access_contact, request, pk)
    owner = record.customer
    request.about = owner
    access.require_writer(request.person, "customer", owner.division_id)
    initial = draft_of(ContactDraft, record).values() | {"version": record.version}
    form = ContactForm(request.POST or None, initial=initial)
    _leave_out_masked(form, request, owner.division_id, ("phone", "other_phone"))
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            draft = form.draft(record)
            customers.change_contact(record, draft, version=form.seen, by=request.person)
            messages.success(request, _("已保存"))
            return redirect("customers:customer", pk=owner.pk)
    context = {"customer": owner, "contact": record}
    return _form(request, form, "customers/contact_form.html", context)


def _form(request: Request, form: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


GATES = {"customer": access.access_customer, "contact": access.access_contact}


@require_POST
def number(request: Request, kind: str, pk: int, field: str) -> HttpResponse:
    """Show one masked number for a reason, which is journalled."""
    if kind not in GATES or field not in ("phone", "other_phone"):
        raise Http404
    record = gate(GATES[kind], request, pk)
    if not hasattr(record, field):
        raise Http404
    owner = record.customer if isinstance(record, Contact) else record
    request.about = owner
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    customers.unmask_phone(record, field, reason=reason, by=request.person)
    context = {"number": showing.number(record, field, True), "customer": owner}
    template = "customers/_number.html" if request.htmx else "customers/number.html"
    response = render(request, template, context)
    response["Cache-Control"] = "no-store"
    return response
