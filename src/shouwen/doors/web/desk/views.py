from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shouwen.doors.web import due_reading, moments, people
from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.forms import at_fields
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Table
from shouwen.engines.dues import access, answering
from shouwen.engines.dues import queries as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.people import owners
from shouwen.ground import bounded
from shouwen.ground.foundation import clock
from shouwen.ground.org import calendars
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.cases import queries as cases

from . import grouping
from .forms import HandOverForm, ReactionForm
from .late import address, listing_of, places
from .panels import panels_for

FIRST, MORE = 25, 50
"""So many lines are drawn at once; so many more each time a reader comes to their end."""
SERIOUS = 8
"""So much of what is late in serious events stands on top; all of it is in the list."""


def today(request: Request) -> HttpResponse:
    """Everything due, on one desk."""
    now = clock.now()
    language = get_language() or ""
    context = _desk(request) | {
        "panels": panels_for(request),
        "day": moments.day_text(clock.day_of(now), clock.day_of(now), language),
        "kind_of_day": _kind_of_day(request),
    }
    return render(request, "desk/today.html", context)


def renewed(request: Request) -> HttpResponse:
    """The lines again, or nothing while the page shows them already; asked every 15 seconds."""
    context = _desk(request)
    if request.GET.get("v") == context["version"]:
        return HttpResponse(status=204)
    return render(request, "desk/_desk.html", context)


def _desk(request: Request) -> dict[str, Any]:
    now, language = clock.now(), get_language() or ""
    wanted, upto = request.GET.get("view", ""), _upto(request)
    found = dues.asked(request.person, now, limit=dues.DESK + 1)
    seen = [(item, grouping.views_of(item, request.person)) for item in found[: dues.DESK]]
    asked = [item for item, views in seen if wanted not in grouping.VIEWS or wanted in views]
    drawn = dues.items(asked[:upto], now)
    lines = [
        grouping.Line(item, due_reading.of(item.due, now, language), address(item.due))
        for item in drawn
    ]
    counts = grouping.counts([views for _item, views in seen])
    unread = people.unread(request.person)
    rest = max(len(asked) - upto, 0)
    return {
        "sections": grouping.sections(lines, cases.serious_among(_cases_of(drawn))),
        "views": counts,
        "total": bounded.shown(len(found), dues.DESK) if found else "",
        "rest": rest,
        "cut": dues.DESK if len(found) > dues.DESK and not rest else 0,
        "wanted": wanted,
        "upto": upto,
        "more": upto + MORE,
        "unread": unread,
        "version": grouping.version(lines, wanted, language, unread, counts, len(asked)),
    }


def _upto(request: Request) -> int:
    """To how many lines a reader has come."""
    return min(number_of(request.GET.get("upto", "")) or FIRST, dues.DESK)


def _cases_of(items: list[dues.Item]) -> set[int]:
    found = (item.due for item in items)
    return {due.matter_id for due in found if due.matter_kind == "case" and due.matter_id}


def _kind_of_day(request: Request) -> str:
    """What the calendar says of today, where it is not what its weekday says."""
    post = org.main_post(request.person)
    division = org.division_of(post.post.unit) if post else None
    today = calendars.calendar(division).why(clock.today())
    return today.name or today.why


def late(request: Request) -> HttpResponse:
    """What is late where this person leads: all of it, page by page."""
    now = clock.now()
    units = places(request.person, now)
    total = dues.late(now, units=units).count() if units else 0
    late = listing_of(units, now)
    serious = _serious(request, late, units, now) if total and not request.GET else None
    return listing.show(request, late, units=units, total=total, serious=serious)


def _serious(request: Request, late: Listing, units: list[Unit], now: datetime) -> Table | None:
    """What is late in serious events stands above the rest of it (R2-15)."""
    known = cases.serious_ones(request.person)
    found = dues.late(now, units=units).filter(matter_kind="case", matter_id__in=known)
    rows = list(found[:SERIOUS]) if known else []
    return listing.table(request, late, rows) if rows else None


def late_export(request: Request) -> HttpResponse:
    """The same as a workbook."""
    now = clock.now()
    units = places(request.person, now)
    if not units:
        raise Http404
    return listing.export(request, listing_of(units, now, workbook=True))


def due(request: Request, pk: int) -> HttpResponse:
    """One due: why it is due on that day, and what can be done about it."""
    return _due_page(request, _gate(request, pk))


def _gate(request: Request, pk: int) -> Due:
    try:
        return access.get_due(request.person, pk, clock.now())
    except Due.DoesNotExist:
        raise Http404(pk) from None


def _due_page(
    request: Request,
    found: Due,
    reaction: ReactionForm | None = None,
    owner: HandOverForm | None = None,
) -> HttpResponse:
    now = clock.now()
    answers = found.is_open and (
        access.is_owner(request.person, found, now) or access.is_over(request.person, found, now)
    )
    is_late = found.is_late(now)
    context = {
        "due": found, "why": dues.explain(found), "address": address(found), "is_late": is_late,
        "owners": owners(found, now), "answers": answers,
        "reaction": reaction or (ReactionForm() if answers and is_late else None),
        "owner": owner or (HandOverForm.for_whom_there_is(found) if answers else None),
    }  # fmt: skip
    wrong = (reaction and reaction.errors) or (owner and owner.errors)
    return render(request, "desk/due.html", context, status=422 if wrong else 200)


def why(request: Request, pk: int) -> HttpResponse:
    """Why it is due on that day, as a panel other pages open."""
    found = _gate(request, pk)
    return render(request, "desk/_why.html", {"due": found, "why": dues.explain(found)})


@require_POST
def react(request: Request, pk: int) -> HttpResponse:
    """The overdue response: why, what is done, by when."""
    found = _gate(request, pk)
    form = ReactionForm(request.POST)
    if form.is_valid():
        with at_fields(request, form):
            answering.react_overdue(found, **form.cleaned_data, by=request.person)
            messages.success(request, _("逾期反应已记录。"))
            return redirect("desk:due", found.pk)
    return _due_page(request, found, reaction=form)


@require_POST
def hand_over(request: Request, pk: int) -> HttpResponse:
    """Put it into somebody's own hands."""
    found = _gate(request, pk)
    form = HandOverForm(found, request.POST)
    if form.is_valid():
        with at_fields(request, form):
            answering.hand_over(found, **form.cleaned_data, by=request.person)
            messages.success(request, _("已转交。"))
            return redirect("desk:due", found.pk)
    return _due_page(request, found, owner=form)
