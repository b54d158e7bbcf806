"""The customer's own page: by link or QR code, without an account, without a script.

It says nothing of anybody: not the customer's name, not what he answered. A link that was used
shows thanks; one that is none, or whose campaign is over, says so.
"""

from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from shouwen.doors.web.forms import add_reasons
from shouwen.doors.web.people import AnyRequest
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.surveys import access, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Recipient

from .forms import AnswerForm

OFTEN, SECONDS = 60, 60
"""So many requests of one link, or in vain from one address, in so many seconds.

By the link and not by the address: behind a proxy or a router many customers share one.
"""


@never_cache
def page(request: AnyRequest, token: str) -> HttpResponse:
    """Ask, take the answers, thank."""
    if _too_often(f"link {token}"):
        return _say(request, "often", 429)
    try:
        recipient = access.by_token(token)
    except Http404:
        flood = _too_often(f"address {request.META.get('REMOTE_ADDR', '')}")
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


def _too_often(what: str) -> bool:
    """Counted in the process: it blunts a flood, guessing a token is hopeless anyway."""
    minute = int(clock.now().timestamp()) // SECONDS
    key = f"survey:{crc32(what.encode(errors='replace'))}:{minute}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > OFTEN
    except ValueError:  # forgotten between the two lines
        return False
