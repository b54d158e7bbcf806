"""Two records become one, on pages of their own; and apart again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web.customers import showing
from shouwen.doors.web.customers.views import gate
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.work.customers import access
from shouwen.work.customers import queries as customers
from shouwen.work.customers.care import merging
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer, Merge

from .forms import ReasonForm

UNPROCESSABLE = 422
FOUND = 20


@require_GET
def choose(request: Request, pk: int) -> HttpResponse:
    """Which record is the same customer: those with a number or name in common, or sought."""
    record: Customer = gate(access.access_customer, request, pk)
    access.require_writer(request.person, "customer", record.division_id)
    words = request.GET.get("q", "").strip()
    found = customers.by_name(words, [record.division_id], limit=FOUND) if words else []
    likely = care.duplicates(record)
    context = {
        "customer": record, "likely": likely, "q": words,
        "found": [one for one in found if one.pk != pk and not one.merged_into_id],
    }  # fmt: skip
    return render(request, "care/merge.html", context)


def confirm(request: Request, pk: int, other: int) -> HttpResponse:
    """What both records say, side by side, and why they are one."""
    record: Customer = gate(access.access_customer, request, pk)
    gone: Customer = gate(access.access_customer, request, other)
    request.about = record
    access.require_writer(request.person, "customer", record.division_id)
    form = ReasonForm(request.POST or None)
    if carried_out(request, form, merging.merge_customers, record, gone):
        messages.success(request, _("已合并"))
        return redirect("customers:customer", pk)
    context = {"customer": record, "other": gone, "form": form, "rows": _side_by_side(record, gone)}
    return render(
        request, "care/merge_confirm.html", context, status=UNPROCESSABLE if form.errors else 200
    )


def _side_by_side(kept: Customer, gone: Customer) -> list[tuple[str, str, str]]:
    names = ("code", "name_zh", "short_name", "industry", "address", "contract", "segment")
    told = [(showing.field_name(name), getattr(kept, name), getattr(gone, name)) for name in names]
    counted = (
        (_("联系人"), "contacts"), (_("订单"), "orders"), (_("事项"), "cases"),
        (_("往来"), "interactions"), (_("客户意见"), "opinions"), (_("商机"), "opportunities"),
    )  # fmt: skip
    return [
        *told,
        *(
            (title, str(getattr(kept, name).count()), str(getattr(gone, name).count()))
            for title, name in counted
        ),
    ]


def undo(request: Request, pk: int) -> HttpResponse:
    """Take a merge back, with what goes where."""
    merge = Merge.objects.select_related("survivor", "merged", "by").filter(pk=pk).first()
    if merge is None:
        raise Http404
    gate(access.access_customer, request, merge.survivor_id)
    request.about = merge.survivor
    access.require_writer(request.person, "customer", merge.survivor.division_id)
    form = ReasonForm(request.POST or None)
    if carried_out(request, form, merging.undo_merge, merge):
        messages.success(request, _("合并已撤销"))
        return redirect("customers:customer", merge.merged_id)
    moved = sum(map(len, merge.moved.values()))
    context = {"merge": merge, "customer": merge.survivor, "form": form, "moved": moved}
    return render(
        request, "care/undo_merge.html", context, status=UNPROCESSABLE if form.errors else 200
    )
