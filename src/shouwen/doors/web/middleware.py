"""Who is asking, and what a refusal looks like."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import resolve_url
from django.urls import is_valid_path
from django.utils import translation
from django.utils.http import urlencode

from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org.models import Person

from . import one_time, refusals
from .access import is_open
from .people import AnyRequest

Answer = Callable[[AnyRequest], HttpResponse]


class PersonMiddleware:
    """Put the acting person on the request; nobody unknown comes past the declared open doors."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyRequest) -> HttpResponse:
        request.person = _person_of(request)
        if request.person is not None:
            translation.activate(request.person.language)
            request.LANGUAGE_CODE = translation.get_language()
        if "\0" in request.path_info:
            raise Http404  # no address holds one, and PostgreSQL cannot even look for it
        return self.get_response(request)

    def process_view(
        self, request: AnyRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Ask for sign-in everywhere but on the open doors."""
        match = request.resolver_match
        if request.person is not None or (match and is_open(match.view_name)):
            return None
        return _to_sign_in(request)


def _person_of(request: AnyRequest) -> Person | None:
    """The active person of the signed-in account; one who left is signed out at once."""
    if not request.user.is_authenticated:
        return None
    person = _active.first(request.user.pk)
    if person is None:
        logout(request)
    return person


@prepared
def _active(user: int) -> QuerySet[Person]:
    return Person.objects.filter(user_id=user, active=True)


def _to_sign_in(request: AnyRequest) -> HttpResponse:
    """To the sign-in page and back again; a fragment asks the whole page to go there."""
    from_page = request.headers.get("HX-Current-URL", "") if request.htmx else ""
    back = _path_of(from_page) or request.get_full_path()
    target = f"{resolve_url('account:sign_in')}?{urlencode({'next': back})}"
    if request.htmx:
        return HttpResponse(status=401, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _path_of(url: str) -> str:
    """Path and query of an address, without its host."""
    return "/" + url.split("/", 3)[3] if url.count("/") >= 3 else ""


class ReadingMiddleware:
    """Lead whoever reads an address that only takes forms to the page above it.

    It stands in the browser after a form was shown again, and a reload, a bookmark or signing in
    anew reads it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            return HttpResponseRedirect(page_above(request.path_info))
        return response


def page_above(path: str) -> str:
    """The nearest address above one that leads somewhere; the desk at last."""
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:count])}/"
        if is_valid_path(above):
            return above
    return "/"


class RefusalMiddleware:
    """Answer a `Refused` with its clause, and a repeated form with its first answer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyRequest) -> HttpResponse:
        response = self.get_response(request)
        refusals.write_down(request)
        return response

    def process_view(
        self, request: AnyRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse:
        """Run the view; here the transaction of a one-time form opens and closes."""
        try:
            return one_time.first_answer(request, lambda: view(request, *args, **kwargs))
        except Refused as refused:
            return refusals.answer(request, refused)
