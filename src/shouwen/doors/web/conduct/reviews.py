"""Review one contact, and read a review."""

from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.outcomes.conduct import access, norms
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct.asking import may_review
from shouwen.outcomes.conduct.contacts import Contact
from shouwen.work.interactions.access import access_interaction
from shouwen.work.reception.access import access_visit

from .forms import ReviewForm

GATES = {"interaction": access_interaction, "visit": access_visit}


def new(request: Request, kind: str, contact: int) -> HttpResponse:
    """Mark a call, a visit or a letter, item by item."""
    if kind not in GATES:
        raise Http404
    record: models.Model = GATES[kind](request.person, contact)
    at, seen = clock.now(), Contact.of(record)
    if not may_review(request.person, seen.person, seen.division, at):
        raise Http404  # what is marked about others is nobody else's to know of
    request.about = record
    names = norms.known_codes(seen.division, at)
    items = norms.items(seen.division, seen.during, at)
    form = ReviewForm(request.POST or None, items=items, names=names, codes=names)
    if request.method == "POST" and form.is_valid():
        with at_fields(request, form):
            made = conduct.submit_review(record, form.marks(), by=request.person)
            return redirect("conduct:review", made.pk)
    context = {"form": form, "contact": seen, "record": record, "kind": kind}
    status = 422 if request.method == "POST" else 200
    return render(request, "conduct/review_new.html", context, status=status)


@require_POST
def draw(request: Request) -> HttpResponse:
    """Draw a complaint call by chance, and mark it."""
    call = conduct.draw_call(by=request.person)
    return redirect("conduct:review_new", "interaction", call.pk)


@require_GET
def review(request: Request, pk: int) -> HttpResponse:
    """One review: each item with its clauses, mark and comment."""
    one = access.access_review(request.person, pk)
    names = norms.known_codes(one.division_id, clock.now())
    lines = [{"mark": mark, "name": names.get(mark.item, mark.item)} for mark in one.marks.all()]
    context = {
        "review": one,
        "lines": lines,
        "findings": one.findings.order_by("id"),
        "title": _("服务检查"),
    }
    return render(request, "conduct/review.html", context)
