"""New offers, and who was told of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web.customers.views import gate, writing_division
from shouwen.doors.web.forms import at_fields, carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.work.customers import access
from shouwen.work.customers.care import offers
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Offer

from . import lists
from .forms import EndForm, OfferForm, PresentForm, now_local

UNPROCESSABLE = 422
SHOWN = 50


def new(request: Request) -> HttpResponse:
    """Put up a new offer."""
    division = writing_division(request, "customer")
    form = OfferForm(request.POST or None, initial={"since": clock.today()})
    if made := carried_out(request, form, offers.make_offer, division):
        messages.success(request, _("新业务已发布"))
        return redirect("care:offer", made.pk)
    context = {"form": form, "title": _("发布新业务"), "clause": "R1-12", "back": "offers"}
    return render(request, "care/form.html", context, status=UNPROCESSABLE if form.errors else 200)


def _offer(request: Request, pk: int) -> Offer:
    found = care.offers(org.divisions_visible(request.person)).filter(pk=pk).first()
    if found is None:
        raise Http404
    request.about = found
    return found


def show(request: Request, pk: int) -> HttpResponse:
    """An offer, and which customers were told of it last."""
    return _page(request, _offer(request, pk), EndForm(initial={"last_day": clock.today()}))


def _page(request: Request, found: Offer, form: EndForm) -> HttpResponse:
    told = found.presentations.select_related("customer", "by").order_by("-id")[:SHOWN]
    context = {
        "offer": found, "told": told, "state": lists.offer_state(found), "form": form,
        "may": access.may_write(request.person, "customer", found.division_id),
    }  # fmt: skip
    return render(request, "care/offer.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Say its last day."""
    found = _offer(request, pk)
    form = EndForm(request.POST)
    if carried_out(request, form, offers.end_offer, found):
        messages.success(request, _("已保存"))
        return redirect("care:offer", pk)
    return _page(request, found, form)


def present(request: Request, pk: int) -> HttpResponse:
    """Tell a customer of the current offers, and what he was told before."""
    record = gate(access.access_customer, request, pk)
    request.about = record
    current = list(care.current_offers(record))
    form = PresentForm(request.POST or None, offers=current, initial={"told_at": now_local()})
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            asked = form.cleaned_data
            offers.present_offers(
                record, form.chosen(), asked["channel"], told_at=asked["told_at"],
                words=asked["words"], by=request.person,
            )  # fmt: skip
            messages.success(request, _("已记下介绍的新业务"))
            return redirect("customers:customer", pk)
    context = {
        "customer": record, "form": form, "current": current,
        "told": care.presentations_of(record)[:SHOWN],
        "may": access.may_write(request.person, "customer", record.division_id),
    }  # fmt: skip
    return render(
        request, "care/present.html", context, status=UNPROCESSABLE if form.errors else 200
    )
