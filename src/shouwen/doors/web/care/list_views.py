"""The lists of this room, and their workbooks."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.people import Request
from shouwen.ground.org import queries as org
from shouwen.work.customers import access

from . import lists


@require_GET
def show(request: Request, key: str) -> HttpResponse:
    """One of the lists."""
    if key not in lists.LISTINGS:
        raise Http404
    seen = org.divisions_visible(request.person)
    may = any(access.may_write(request.person, "customer", pk) for pk in seen)
    found = lists.listing_of(key, request.person)
    return listing.show(request, found, about=lists.ABOUT[key], may_write=may)


@require_GET
def export(request: Request, key: str) -> HttpResponse:
    """One of the lists as a workbook."""
    if key not in lists.LISTINGS:
        raise Http404
    return listing.export(request, lists.listing_of(key, request.person))
