"""What an interaction tells of itself to the engines below, and how it is found."""

from collections.abc import Collection, Iterable
from typing import Any

from shouwen.engines.dues import resolvers
from shouwen.engines.notices.saying import said
from shouwen.engines.search import actions as search
from shouwen.ground.foundation.refusal import N_

from . import wording
from .models import Interaction

ROUTERS = "customer_service"
"""Who passes on what nobody of ours took: a mail, a filing, what another system reports (R5-18)."""


def texts(ids: Collection[int]) -> Iterable[search.Text]:
    """The words by which interactions are found; one statement."""
    found = Interaction.objects.filter(pk__in=ids).select_related("text", "customer")
    for one in found:
        customer = one.customer
        yield search.Text(
            object_id=one.pk,
            title=f"{one.number} {one.text.subject or one.text.body[:60]}",
            at=one.at,
            division=one.division_id,
            body=" ".join([one.text.body, one.text.wanted, one.text.phone, one.text.email]),
            names=(one.text.name, *((customer.name_zh, customer.short_name) if customer else ())),
        )


search.register("interaction", texts)


def told(one: Interaction) -> dict[str, Any]:
    """What the clauses about dues ask of an interaction."""
    return {
        "division": one.division_id,
        "title": _title(one),
        "link": f"/interactions/{one.pk}/",
        "person": one.taker_id,
        "taker": one.taker_id or ROUTERS,
        "unit": one.unit_id,
        "channel": one.channel,
    }


def _title(one: Interaction) -> str | dict[str, Any]:
    """What it is called; where nobody but the product said anything, in the reader's language."""
    if one.text.subject or not wording.is_own(one.text.body):
        return f"{one.number} {one.text.subject or one.text.body[:40]}"
    return said(N_("%(number)s %(words)s"), number=one.number, words=said(one.text.body))


resolvers.register("interaction", Interaction.objects.select_related("text"), told)
