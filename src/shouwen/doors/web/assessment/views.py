"""The lists of this room, and their workbooks."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.people import Request
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries
from shouwen.work.cases.access import access_case

from . import lists
from .notices import is_office


@require_GET
def improvements(request: Request) -> HttpResponse:
    """Projects and actions that are followed up (R4-11, R4-17)."""
    return listing.show(request, lists.IMPROVEMENTS)


@require_GET
def notices(request: Request) -> HttpResponse:
    """Reward and penalty notices, and the penalties that still want one (R4-64 to R4-66)."""
    office = is_office(request.person)
    waiting = list(queries.penalties_to_carry_out(request.person)[:MOST]) if office else []
    readable = lists.listing_of("notices", request.person)
    return listing.show(request, readable, office=office, waiting=waiting)


MOST = 50


@require_GET
def claims(request: Request) -> HttpResponse:
    """What third parties are held liable for (R4-56)."""
    return listing.show(request, lists.CLAIMS)


@require_GET
def export(request: Request, key: str) -> HttpResponse:
    """One of the lists as a workbook."""
    if key not in lists.LISTINGS:
        raise Http404
    return listing.export(request, lists.listing_of(key, request.person))


@require_POST
def recompute(request: Request, case: int) -> HttpResponse:
    """Compute the loss anew by the basis in force (R4-43)."""
    found = access_case(request.person, case, to="work")
    request.about = found
    assessment.recompute_loss(found, by=request.person)
    return redirect("cases:show", case)
