"""The customer's own page: by link or QR code, without an account, without a script.

It says nothing of anybody: not the customer's name, not what he answered. A link that was used
shows thanks; one that is none, or whose campaign is over, says so.
"""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from shouwen.doors.api.visitors import address
from shouwen.doors.web.forms import add_reasons
from shouwen.doors.web.people import AnyRequest
from shouwen.engines.limits import actions as limits
from shouwen.engines.limits.rules import Limit
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.surveys import access, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Recipient

from .forms import AnswerForm

MINUTE = timedelta(minutes=1)
ASKED = Limit("survey.link", 60, MINUTE)
"""By the link and not by the address: behind a router many customers share one."""
GUESSED = Limit("survey.guess", 60, MINUTE)
"""Links that are none, from one address; counted in the database, for all machines together."""


@never_cache
def page(request: AnyRequest, token: str) -> HttpResponse:
    """Ask, take the answers, thank."""
    if _too_often(ASKED, token):
        return _say(request, "often", 429)
    try:
        recipient = access.by_token(token)
    except Http404:
        flood = _too_often(GUESSED, address(request))
        return _say(request, "often", 429) if flood else _say(request, "unknown", 404)
    if recipient.answered_at:
        return _say(request, "thanks", 200, recipient)
    if not recipient.campaign.is_open_to_customers(clock.now()):
        return _say(request, "over", 410, recipient)
    return _ask(request, recipient, token)


def _ask(request: AnyRequest, recipient: Recipient, token: str) -> HttpResponse:
    campaign = recipient.campaign
    form = AnswerForm(queries.questions(campaign), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            surveys.answer(recipient, form.given())
        except Refused as refused:
            add_reasons(form, refused)
        else:
            return redirect("surveys:public", token)
    context = {"campaign": campaign, "questionnaire": campaign.questionnaire, "form": form}
    status = 422 if form.errors else 200
    return _closed_to_others(render(request, "surveys/public.html", context, status=status))


def _say(
    request: AnyRequest, what: str, status: int, recipient: Recipient | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"what": what, "recipient": recipient}
    found = render(request, "surveys/public_said.html", context, status=status)
    return _closed_to_others(found)


def _closed_to_others(response: HttpResponse) -> HttpResponse:
    """No search engine keeps it, and no other site learns the address.

    Our own has to: without a referrer a browser sends `Origin: null`, and the form is refused.
    """
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def _too_often(limit: Limit, what: str) -> bool:
    return limits.spend(limit, what).is_over
