"""A request that is too large is turned away before anybody reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

KB = 1024
API_BYTES = 64 * KB
PORTAL_BYTES = 24 * KB * KB
LIMITS = {"/api/": API_BYTES, "/portal/": PORTAL_BYTES}
"""Addresses that anybody may send something to, and how much."""


class SizeMiddleware:
    """Answer 413 by what the request says of its own size; a server reads no more than that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        most = next((n for path, n in LIMITS.items() if request.path.startswith(path)), 0)
        if not most or _said(request) <= most:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            words = _("请求超过 %(most)s KB") % {"most": most // KB}
            error = {"code": "too_large", "message": words, "reasons": []}
            return JsonResponse({"error": error}, status=413)
        return render(request, "portal/too_large.html", {"most": most // KB // KB}, status=413)


def _said(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() else 0
