"""New offers, and who was told of them, when and by which channel (R1-12)."""

from collections.abc import Sequence
from datetime import date, datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.access import require_writer
from shouwen.work.customers.models import Customer, Offer, Presentation
from shouwen.work.customers.models.choices import BY_WAY

from . import rules
from .keeping import require_standing


@one_act
def make_offer(
    division: Unit,
    title: str,
    text: str,
    *,
    segment: str = "",
    since: date,
    until: date | None = None,
    by: Person,
    at: datetime | None = None,
) -> Offer:
    """Put up new business or a new service that customers are to be told of."""
    at = at or clock.now()
    require_writer(by, "customer", division)
    refuse_any(rules.why_not_offer(title, text, since, until))
    made = Offer.objects.create(
        division=division, title=title.strip(), text=text.strip(), segment=segment.strip(),
        since=since, until=until, made_by=by, made_at=at,
    )  # fmt: skip
    journal.record("offer.made", made, by=by, at=at, title=made.title, segment=made.segment)
    return made


@one_act
def end_offer(offer: Offer, *, last_day: date, by: Person, at: datetime | None = None) -> Offer:
    """Say the last day of an offer; whoever was told of it stays told."""
    require_writer(by, "customer", offer.division_id)
    refuse_any(rules.why_not_offer(offer.title, offer.text, offer.since, last_day))
    Offer.objects.filter(pk=offer.pk).update(until=last_day)
    offer.until = last_day
    journal.record("offer.ended", offer, by=by, at=at, until=last_day.isoformat())
    return offer


@one_act
def present_offers(
    customer: Customer,
    offers: Sequence[Offer],
    channel: str,
    *,
    told_at: datetime | None = None,
    words: str = "",
    by: Person,
    at: datetime | None = None,
) -> Presentation:
    """Record that a customer was told of current offers; his next turn counts from when (R1-12)."""
    at = at or clock.now()
    told = told_at or at
    require_writer(by, "customer", customer.division_id)
    row = require_standing(customer)
    clause = ruling.clause("duty", row.division_id, at, stops="offer.presented")
    named = clause.id if clause else ""
    refuse_any(_why_not(row, offers, channel, told, at, named))
    made = Presentation.objects.create(
        customer=row, channel=channel, told_at=told, words=words.strip()[:300], by=by, at=at
    )
    made.offers.set(offers)
    journal.record(
        "offer.presented", made, by=by, at=at, matter=customer, channel=channel,
        since=told.isoformat(), offers=[offer.pk for offer in offers],
    )  # fmt: skip
    return made


def _why_not(
    row: Customer, offers: Sequence[Offer], channel: str, told: datetime, at: datetime, clause: str
) -> list[Reason]:
    terms = [rules.Terms(one.title, one.segment, one.since, one.until) for one in offers]
    reasons = rules.why_not_presented(terms, row.segment, told, at, clock.day_of(told), clause)
    if channel not in BY_WAY:
        reasons.append(Reason(N_("请写明用什么方式介绍的"), clause, "channel"))
    if any(one.division_id != row.division_id for one in offers):
        reasons.append(Reason(N_("新业务属于另一单位"), clause, "offers"))
    return reasons
