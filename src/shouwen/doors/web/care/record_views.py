"""One customer: verified, graded, and everything that happened with him over every channel."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.customers import showing
from shouwen.doors.web.customers.views import gate
from shouwen.doors.web.forms import carried_out
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.work.customers import access
from shouwen.work.customers.care import keeping
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer, Grading
from shouwen.work.dossiers import queries as dossiers
from shouwen.work.interactions.models import Channel

from .forms import GradeForm

UNPROCESSABLE = 422
LINES = 50


@require_POST
def verify(request: Request, pk: int) -> HttpResponse:
    """The record was gone through and is right."""
    record = gate(access.access_customer, request, pk)
    request.about = record
    keeping.verify_customer(record, by=request.person)
    messages.success(request, _("已记下今天核对过"))
    return redirect("customers:customer", pk)


def grade(request: Request, pk: int, kind: str) -> HttpResponse:
    """Change a grade, with its history below."""
    record: Customer = gate(access.access_customer, request, pk)
    if kind not in Grading.Kind.values:
        raise Http404
    request.about = record
    access.require_writer(request.person, "customer", record.division_id)
    form = GradeForm(request.POST or None, grades=keeping.grades(kind, record))
    if carried_out(request, form, keeping.grade_customer, record, kind):
        messages.success(request, _("等级已更改"))
        return redirect("customers:customer", pk)
    context = {
        "customer": record,
        "form": form,
        "kind": Grading.Kind(kind).label,
        "now": getattr(record, kind),
        "clause": keeping.GRADES[kind].split(".")[0],
        "history": [one for one in care.gradings_of(record) if one.kind == kind],
    }
    return render(request, "care/grade.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
def timeline(request: Request, pk: int) -> HttpResponse:
    """Everything that happened with a customer, by channel, page by page."""
    record = gate(access.access_customer, request, pk)
    channel = request.GET.get("channel", "")
    if channel not in Channel.values:
        channel = ""
    before = _moment(request.GET.get("before", ""))
    found = dossiers.timeline(record, channel=channel, before=before, limit=LINES + 1)
    erased = dossiers.erased_at(record)
    shown = found[:LINES]
    context = {
        "customer": record,
        "events": [showing.happening(one, erased) for one in shown],
        "channels": [("", _("全部")), *Channel.choices],
        "channel": channel,
        "before": shown[-1].at.isoformat() if len(found) > LINES else "",
    }
    return render(request, "care/timeline.html", context)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.COMPANY_ZONE)
