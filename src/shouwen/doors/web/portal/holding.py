"""Which matters a browser may see: a signed note of a few ids that lasts for two hours."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from shouwen.doors.web.numbers import numbers_of
from shouwen.work.interactions.models import Direction, Interaction

COOKIE = "portal"
SECONDS = 2 * 3600
MOST = 20


def held(request: HttpRequest) -> list[int]:
    """The matters this browser proved to know; a note that was changed is none."""
    text = str(request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=SECONDS) or "")
    return numbers_of(text.split("."))


def hold(request: HttpRequest, response: HttpResponse, pk: int) -> None:
    """Remember one more."""
    known = [one for one in held(request) if one != pk][-MOST + 1 :]
    response.set_signed_cookie(
        COOKIE,
        ".".join(map(str, [*known, pk])),
        salt=COOKIE,
        max_age=SECONDS,
        path="/portal/",
        httponly=True,
        samesite="Lax",
        secure=bool(getattr(settings, "SESSION_COOKIE_SECURE", False)),
    )


def access_own(request: HttpRequest, pk: int) -> Interaction:
    """What this browser may follow, or 404: the only way from an address to it."""
    if pk not in held(request):
        raise Http404
    found = Interaction.objects.filter(pk=pk, direction=Direction.IN, added_to__isnull=True)
    row = found.select_related("text", "division", "customer", "unit").first()
    if row is None:
        raise Http404
    return row
