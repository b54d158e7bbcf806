"""The pages for what went wrong, in the reader's language, with a way on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .refusals import back_of

SECRET = ("password", "csrf", "token", "once")


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: the browser sent something unreadable; 413 when it was too large."""
    from django.core.exceptions import RequestDataTooBig

    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _page(request, status)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: signed in, but not for this person."""
    return _page(request, 403, reason=str(exception or ""))


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: also what somebody else's record looks like."""
    return _page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our mistake; touches neither the database nor the session."""
    return HttpResponse(_plain(request), status=500)


def _plain(request: HttpRequest) -> str:
    from django.template.loader import render_to_string

    return render_to_string("web/error_500.html", {"path": request.path})


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
