"""The contact behind a matter: kept with the call it came by, and counted when it is the second."""

from typing import Any

from django.http.request import QueryDict

from shouwen.ground.foundation.acts import one_act
from shouwen.ground.org.models import Person
from shouwen.work.cases.centre import contacting
from shouwen.work.cases.models import Case, Category
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Channel, Interaction, Nature
from shouwen.work.telephony import actions as telephony
from shouwen.work.telephony.models import Call

NATURES = {Category.PRODUCT_QUALITY: Nature.PROBLEM, Category.CONSULTATION: Nature.ENQUIRY}


def note(case: Case, call: Call | None, *, by: Person) -> Interaction:
    """Keep what the customer said as the contact the matter began with; once, whoever kept it."""
    row = queries.first_of(case)
    if row is None:
        draft = interactions.Draft(
            division=case.division, body=case.text.description, channel=case.channel,
            nature=NATURES.get(Category(case.category), Nature.SERVICE), customer=case.customer,
            name=case.text.caller, phone=case.text.phone, subject=case.title,
            spoken_at=case.opened_at, **named(call),
        )  # fmt: skip
        row = interactions.record_interaction(draft, by=by, matter=case)
    if call:
        telephony.bind(call, row, by=by)
    return row


@one_act
def again(case: Case, told: QueryDict, call: Call | None, *, by: Person) -> Interaction:
    """The customer turned to us once more about an open matter: recorded there, and counted."""
    channel = told.get("channel", "")
    draft = interactions.Draft(
        division=case.division, body=told.get("description", "")[:4000],
        channel=channel if channel in Channel.values else Channel.PHONE,
        nature=Nature.FOLLOW_UP, customer=case.customer, name=told.get("caller", "")[:60],
        phone=told.get("phone", "")[:40], subject=told.get("title", "")[:120], **named(call),
    )  # fmt: skip
    row = interactions.record_interaction(draft, by=by)
    contacting.tie_contact(row, case, by=by)
    if call:
        telephony.bind(call, row, by=by)
    return row


def named(call: Call | None) -> dict[str, Any]:
    """What the outside calls it, so that one call is one contact."""
    return {"source": call.source, "external_id": call.call_id} if call else {}
