"""Part numbers: found, entered, changed, and suggested while an order is typed."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.paging import page_of
from shouwen.doors.web.people import Request
from shouwen.ground.org import queries as org
from shouwen.work.customers import access, queries
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ProductDraft, draft_of
from shouwen.work.customers.models import Product

from . import exports, tables
from .forms import ProductForm
from .views import gate, writing_division

SUGGESTED = 12


def listing(request: Request) -> HttpResponse:
    """Products by part number."""
    divisions = org.divisions_visible(request.person)
    words, found = _chosen(request)
    page = page_of(found, request, order=("part_number", "id"))
    context = {
        "page": page,
        "table": tables.products(request, page.rows),
        "words": words,
        "may_write": any(access.may_write(request.person, "product", one) for one in divisions),
    }
    return render(request, "customers/products.html", context)


def export(request: Request) -> HttpResponse:
    """What the list shows, as a workbook."""
    return exports.products(request, _chosen(request)[1])


def _chosen(request: Request) -> tuple[str, QuerySet[Product]]:
    words = request.GET.get("q", "").strip()[:100]
    found = queries.products(org.divisions_visible(request.person))
    return words, found.filter(queries.part_named(words)) if words else found


def new(request: Request) -> HttpResponse:
    """Enter a product."""
    division = writing_division(request, "product")
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            customers.create_product(division, form.draft(), by=request.person)
            messages.success(request, _("产品已登记"))
            return redirect("customers:products")
    status = 422 if form.errors else 200
    context = {"form": form, "division": division}
    return render(request, "customers/product_form.html", context, status=status)


def edit(request: Request, pk: int) -> HttpResponse:
    """Look at a product, and change it where one may."""
    record = gate(access.access_product, request, pk)
    may_write = access.may_write(request.person, "product", record.division_id)
    initial = draft_of(ProductDraft, record).values() | {"version": record.version}
    form = ProductForm(request.POST or None, initial=initial)
    if request.method == "POST":
        access.require_writer(request.person, "product", record.division_id)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            draft = form.draft(record)
            customers.change_product(record, draft, version=form.seen, by=request.person)
            messages.success(request, _("已保存"))
            return redirect("customers:products")
    status = 422 if form.errors else 200
    context = {"form": form, "product": record, "may_write": may_write}
    return render(request, "customers/product_form.html", context, status=status)


def suggest(request: Request) -> HttpResponse:
    """Part numbers that begin with, or names that hold, what is being typed."""
    words = str(next(iter(request.GET.values()), ""))[:100]
    found = queries.find_part(words, org.divisions_visible(request.person), limit=SUGGESTED)
    return render(request, "customers/_suggested.html", {"products": found})
