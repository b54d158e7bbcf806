"""Orders with their lines, shipments and what is owed of them."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.work.customers import access, deliveries, queries
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import OrderDraft, code, draft_of
from shouwen.work.customers.models import Customer, Order, OrderLine, Shipment

from . import exports, showing, tables
from .order_forms import (
    BLANK_LINES,
    Lines,
    OrderFilters,
    OrderForm,
    ShipmentForm,
    add_line_reasons,
    drafts,
    initial_lines,
    initial_shipment,
)
from .views import gate


def listing(request: Request) -> HttpResponse:
    """Orders, newest first."""
    filters, found = _chosen(request)
    page = page_of(found, request, order=("-ordered_on", "-id"), size=30)
    context = {"filters": filters, "page": page, "table": tables.orders(request, page.rows)}
    return render(request, "customers/orders.html", context)


def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook."""
    return exports.orders(request, _chosen(request)[1])


def _chosen(request: Request) -> tuple[OrderFilters, QuerySet[Order]]:
    filters = OrderFilters(request.GET, auto_id="filter_%s")
    found = deliveries.orders(org.divisions_visible(request.person))
    words = filters.cleaned_data.get("q", "").strip() if filters.is_valid() else ""
    return filters, found.filter(_named(words, request)) if words else found


def _named(words: str, request: Request) -> Q:
    """By number, part number, invoice, or whatever finds the customer."""
    word = code(words)
    shipped = Shipment.objects.filter(invoice_number__startswith=word)
    lines = OrderLine.objects.filter(
        Q(product__part_number__startswith=word) | Q(pk__in=shipped.values("order_line"))
    )
    owners = Customer.objects.filter(queries.named(words))
    found = Q(number__startswith=word) | Q(pk__in=lines.values("order"))
    return found | Q(customer__in=owners.values("pk"))


def order(request: Request, pk: int) -> HttpResponse:
    """One order: its lines, what was shipped on each, where its receivables stand."""
    record = gate(access.access_order, request, pk)
    today = clock.today()
    lines = [_shown(line, today) for line in deliveries.lines_of(record)]
    context = {
        "order": record,
        "lines": lines,
        "total_cents": sum(one["line"].amount_cents for one in lines),
        "may": {
            what: access.may_write(request.person, what, record.division_id)
            for what in ("order", "shipment")
        },
    }
    return render(request, "customers/order.html", context)


def _shown(line: OrderLine, today: Any) -> dict[str, Any]:
    sent = list(line.shipments.all())
    total = sum(one.quantity for one in sent)
    return {
        "line": line,
        "shipped": total,
        "share": min(100, round(100 * total / line.quantity)),
        "shipments": [(one, *showing.money_state(one, today)) for one in sent],
    }


def new(request: Request, pk: int) -> HttpResponse:
    """Enter an order of a customer."""
    owner = gate(access.access_customer, request, pk)
    request.about = owner
    access.require_writer(request.person, "order", owner.division_id)
    initial = {
        "ordered_on": clock.today(), "salesperson": owner.salesperson_id or "",
        "currency": owner.currency, "exchange_rate": 1,
    }  # fmt: skip
    form = OrderForm(
        request.POST or None, initial=initial, division=owner.division_id, now=owner.salesperson
    )
    lines = _lines(request, owner.division_id, [])
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        wanted, kept = drafts(lines)
        with at_fields(request, form):
            try:
                made = customers.place_order(owner, form.draft(), wanted, by=request.person)
            except Refused as refused:
                add_line_reasons(kept, refused)
                raise
            messages.success(request, _("订单已登记"))
            return redirect("customers:order", pk=made.pk)
    return _form(request, form, lines, {"customer": owner})


def edit(request: Request, pk: int) -> HttpResponse:
    """Change an order and its lines."""
    record: Order = gate(access.access_order, request, pk)
    request.about = record.customer
    access.require_writer(request.person, "order", record.division_id)
    initial = draft_of(OrderDraft, record).values() | {
        "salesperson": record.salesperson_id or "", "version": record.version,
    }  # fmt: skip
    form = OrderForm(
        request.POST or None, initial=initial, division=record.division_id, now=record.salesperson
    )
    lines = _lines(request, record.division_id, initial_lines(deliveries.lines_of(record)))
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        wanted, kept = drafts(lines)
        with at_fields(request, form):
            try:
                customers.change_order(
                    record, form.draft(), wanted, version=form.seen, by=request.person
                )
            except Refused as refused:
                add_line_reasons(kept, refused)
                raise
            messages.success(request, _("已保存"))
            return redirect("customers:order", pk=pk)
    return _form(request, form, lines, {"customer": record.customer, "order": record})


def _lines(request: Request, division: int, initial: list[dict[str, Any]]) -> Any:
    formset = Lines(
        request.POST or None,
        initial=initial,
        prefix="lines",
        form_kwargs={"division": division},
    )
    formset.extra = BLANK_LINES if not initial else 1
    return formset


def _form(request: Request, form: Any, lines: Any, context: dict[str, Any]) -> HttpResponse:
    wrong = form.errors or any(one.errors for one in lines.forms) if lines.is_bound else False
    context |= {"form": form, "lines": lines}
    status = 422 if wrong else 200
    return render(request, "customers/order_form.html", context, status=status)


def ship(request: Request, pk: int) -> HttpResponse:
    """Enter what left on a line of an order."""
    line = _line(request, pk)
    order = line.order
    request.about = order.customer
    access.require_writer(request.person, "shipment", order.division_id)
    form = _shipment_form(request, line, None)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            customers.record_shipment(line, form.draft(), by=request.person)
            messages.success(request, _("交运已登记"))
            return redirect("customers:order", pk=order.pk)
    return _shipment_page(request, form, line)


def edit_shipment(request: Request, pk: int) -> HttpResponse:
    """Change a shipment, its invoice, or what was collected."""
    found = Shipment.objects.select_related("order_line__order__customer", "order_line__product")
    record = found.filter(pk=pk).first()
    if record is None or not access.may_see(request.person, record.order_line.order.division_id):
        raise Http404
    line = record.order_line
    request.about = line.order.customer
    access.require_writer(request.person, "shipment", line.order.division_id)
    form = _shipment_form(request, line, record)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            customers.change_shipment(record, form.draft(), version=form.seen, by=request.person)
            messages.success(request, _("已保存"))
            return redirect("customers:order", pk=line.order_id)
    return _shipment_page(request, form, line, record)


def _line(request: Request, pk: int) -> OrderLine:
    found = OrderLine.objects.select_related("order__customer", "product").filter(pk=pk).first()
    if found is None or not access.may_see(request.person, found.order.division_id):
        raise Http404
    return found


def _shipment_form(request: Request, line: OrderLine, record: Shipment | None) -> ShipmentForm:
    return ShipmentForm(
        request.POST or None,
        initial=initial_shipment(record, line),
        line=line,
        may_collect=access.may_write(request.person, "collection", line.order.division_id),
    )


def _shipment_page(
    request: Request, form: ShipmentForm, line: OrderLine, record: Shipment | None = None
) -> HttpResponse:
    context = {"form": form, "line": line, "order": line.order, "shipment": record}
    status = 422 if form.errors else 200
    return render(request, "customers/shipment_form.html", context, status=status)
