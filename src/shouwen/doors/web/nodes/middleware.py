"""Answer probes before anything else; read reports from the replica, but never behind oneself."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from shouwen.ground.replica import is_configured, reading_reports

from .reading import CHECK_EVERY, is_fresh, is_report

Answer = Callable[[HttpRequest], HttpResponse]
HEALTH = "/health/"
WROTE = "wrote"
"""A cookie of whoever just wrote: while it lasts his reports come from where he wrote."""
READS = ("GET", "HEAD")


class HealthMiddleware:
    """A probe comes by address, without a host's name, without https and without a session."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READS and request.path_info.startswith(HEALTH):
            try:
                view, words, named = resolve(request.path_info)
            except Resolver404:
                return self.get_response(request)
            answer: HttpResponse = view(request, *words, **named)
            return answer
        return self.get_response(request)


class ReplicaMiddleware:
    """Open the replica for the pages that may read it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_configured():
            return self.get_response(request)
        with ExitStack() as stack:
            request.replica = stack  # type: ignore[attr-defined]
            answer = self.get_response(request)
        if request.method not in READS:
            answer.set_cookie(
                WROTE, "1", max_age=int(settings.REPORTS_OLDEST + CHECK_EVERY) + 1, httponly=True,
                samesite="Lax", secure=bool(settings.SESSION_COOKIE_SECURE),
            )  # fmt: skip
        return answer

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """Decide once the address is known; the view runs after this."""
        match = request.resolver_match
        if match is None or not hasattr(request, "replica") or request.method not in READS:
            return
        if WROTE not in request.COOKIES and is_report(match.view_name) and is_fresh():
            request.replica.enter_context(reading_reports())
