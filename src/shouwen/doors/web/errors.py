"""The pages for what went wrong, in the reader's language, with a way on."""

import sys
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render

from .refusals import back_of

RETRY_AFTER = 5
"""Seconds after which a program may ask again."""
SECRET = ("password", "csrf", "token", "once")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the browser sent something unreadable; 413 when it was too large."""
    from django.core.exceptions import DisallowedHost, RequestDataTooBig

    if isinstance(exception, DisallowedHost):  # a page of ours would lead to that host
        return HttpResponse(status=400)
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _page(request, status)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not for this person."""
    return _page(request, 403, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: also what somebody else's record looks like."""
    return _page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake; 503: the database is busy. Touches neither the database nor the session."""
    if isinstance(sys.exception(), OperationalError):
        return _busy(request)
    return HttpResponse(_plain("web/error_500.html", path=request.path), status=500)


def _busy(request: HttpRequest) -> HttpResponse:
    """Nothing was done, so the same words, with the same token, may simply be sent again."""
    again = None if request.FILES else _typed(request)
    page = _plain("web/error_503.html", request=request, again=again, csrf_token=get_token(request))
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def _plain(template: str, **context: Any) -> str:
    from django.template.loader import render_to_string

    return render_to_string(template, context)


def _typed(request: HttpRequest) -> list[tuple[str, str]] | None:
    if any("password" in name.lower() for name in request.POST):
        return None
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"  # the page has one of its own
    ]


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open too long, or in another session; shows what was typed, nothing is lost."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not any(word in name.lower() for word in SECRET)
    ]
    return _page(request, 403, "web/stale_form.html", typed=typed)


def _page(request: HttpRequest, status: int, template: str = "", **context: Any) -> HttpResponse:
    context |= {"status": status, "back": back_of(request)}
    return render(request, template or f"web/error_{status}.html", context, status=status)
