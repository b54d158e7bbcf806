"""A form that is sent twice is done once.

Every form carries a token (`{% once %}`). The act and the token are committed together, so a second
sending, even at the same moment, waits for the first and gets its answer.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from shouwen.ground.foundation import clock

from .models import Answered

FIELD = "once"
KEPT_BYTES = 64 * 1024
_KEPT = "kept_although_refused"


def token() -> str:
    """A new token for one form on one page."""
    return secrets.token_urlsafe(24)


class _NotDone(Exception):  # noqa: N818 - only carries an answer out of a transaction
    """The form was shown again: nothing happened, so its token stays good."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class _Repeated(Exception):  # noqa: N818
    """The same token came before."""


def first_answer(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """Run the view, or return what it answered to the same form before."""
    person = getattr(request, "person", None)
    if request.method != "POST" or person is None:  # what others send is not even read here
        return view()
    key = request.POST.get(FIELD, "")
    if not key:
        return view()
    try:
        return _do(key, person.pk, request, view)
    except _NotDone as not_done:
        for act in getattr(request, _KEPT, ()):
            act()
        return not_done.response
    except _Repeated:
        return _again(
            get_object_or_404(Answered, token=key, person_id=person.pk, path=request.path)
        )


def keep_although_refused(request: HttpRequest, act: Callable[[], object]) -> None:
    """Do something anew when the form is shown again, for all that the view did is undone then.

    A file that was sent with it: nobody is asked to choose it twice.
    """
    setattr(request, _KEPT, [*getattr(request, _KEPT, ()), act])


def _do(
    key: str, person_id: int, request: HttpRequest, view: Callable[[], HttpResponse]
) -> HttpResponse:
    with transaction.atomic():
        answered = _claim(key, person_id, request.path)
        response = view()
        if response.status_code >= 400 or not _is_done(response):
            raise _NotDone(response)
        answered.status = response.status_code
        answered.location = response.headers.get("Location", "") or response.headers.get(
            "HX-Redirect", ""
        )
        answered.body = response.content.decode()[:KEPT_BYTES] if not answered.location else ""
        answered.save(update_fields=["status", "location", "body"])
    return response


def _claim(key: str, person_id: int, path: str) -> Answered:
    """Write the token first: a second request waits here until the first one is committed."""
    try:
        with transaction.atomic():
            return Answered.objects.create(
                token=key[:64], person_id=person_id, path=path[:200], at=clock.now()
            )
    except IntegrityError:
        raise _Repeated from None


def _is_done(response: HttpResponse) -> bool:
    """A redirect, or a fragment that says so; a form page shown again is no deed."""
    return 300 <= response.status_code < 400 or bool(
        response.headers.get("HX-Redirect") or response.headers.get("HX-Trigger")
    )


def _again(answered: Answered) -> HttpResponse:
    if answered.status in (301, 302, 303):
        return HttpResponseRedirect(answered.location)
    response = HttpResponse(answered.body, status=answered.status)
    if answered.location:
        response["HX-Redirect"] = answered.location
    return response


def forget(before: datetime) -> int:
    """Drop answers nobody will ask for again; run by the nightly sweep."""
    return Answered.objects.filter(at__lt=before).delete()[0]
