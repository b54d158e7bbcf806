"""The bulletin as customers read it, without an account: titles and texts, nothing else (R3-31)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from shouwen.ground.foundation import clock

from .hanging import boards, hanging, in_public
from .views import shown

EARLIER = 8
"""Boards of earlier quarters that are offered: two years of one division."""


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What hangs on the board this quarter, and the boards before it."""
    public = in_public()
    before = public.filter(last_day__lt=clock.today()).prefetch_related(None)[:EARLIER]
    return shown(request, "board", boards=hanging(public), earlier=boards(before))


@require_GET
def earlier(request: HttpRequest, pk: int) -> HttpResponse:
    """One board, of this quarter or an earlier one; what has not begun does not exist."""
    found = boards(in_public().filter(pk=pk))
    if not found:
        raise Http404
    return shown(request, "board", boards=found, earlier=())
