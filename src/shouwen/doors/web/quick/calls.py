"""The call on this person's telephone, offered on every page where work begins.

The page asks every few seconds; what it shows already is not sent again.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.ground.org.models import Person
from shouwen.work.customers import phones
from shouwen.work.telephony import access, queries
from shouwen.work.telephony.models import Call

MOST = 3


@require_GET
def mine(request: Request) -> HttpResponse:
    """The offer, or 204 while nothing is new."""
    taken = number_of(request.GET.get("call", ""))
    offers = [_offer(call, taken) for call in queries.offered(request.person)[:MOST]]
    shown = ",".join(f"{one['pk']}{one['state'][0]}" for one in offers)
    if request.GET.get("shown", "") == shown:
        return HttpResponse(status=204)
    return render(request, "quick/_offers.html", {"offers": offers, "shown": shown})


def _offer(call: Call, taken: int | None) -> dict[str, Any]:
    """What stands there of a call; of the one whose form is open only how far it came."""
    return {
        "taken": call.pk == taken,
        "pk": call.pk,
        "state": call.state,
        "word": call.get_state_display(),
        "caller": phones.masked(call.caller),
        "phone": call.caller,
        "at": call.rang_at or call.heard_at,
    }


def call_of(person: Person, word: str) -> Call | None:
    """The call an address names, when it rings here and nobody registered it yet.

    Whoever brings two matters in one call has two contacts; the call belongs to the first.
    """
    number = number_of(word)
    if number is None:
        return None
    try:
        call = access.access_call(person, number)
    except Http404:
        return None
    return call if call.interaction_id is None else None
