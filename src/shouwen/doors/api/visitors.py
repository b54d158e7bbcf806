"""Where a request comes from, by the proxies we know."""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The visitor's network address. What a visitor writes into the header himself is not believed:
    only as many entries, from the right, as there are proxies of ours.
    """
    forwarded = request.headers.get("X-Forwarded-For", "")
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    if settings.PROXIES and len(hops) >= settings.PROXIES:
        return str(hops[-settings.PROXIES])[:64]
    return str(request.META.get("REMOTE_ADDR", ""))
