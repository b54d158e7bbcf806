"""An interaction becomes a matter, or belongs to one: routed, tied, counted as a second call."""

from dataclasses import replace
from datetime import datetime, timedelta

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.models import Case
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions import rules as interaction_rules
from shouwen.work.interactions.models import Direction, Interaction, Nature

from . import one_go

RECENTLY = "R5-19.recent_days"
"""For how long after its end a matter still counts as the same."""


@one_act
def open_from(
    interaction: Interaction, intake: Intake, *, by: Person, at: datetime | None = None
) -> Case:
    """Make a matter of what came in. Its first-contact owner is whoever took it (R3-32).

    Raises Refused while who, what, contact and wanted outcome are not there (R2-04).
    """
    moment = at or clock.now()
    if interaction.matter is not None:
        raise refuse(N_("这次往来已归入事项"))
    told = interaction.text
    refuse_any(_why_not_routed(interaction, intake, moment))
    known = replace(
        intake,
        channel=interaction.channel,
        caller=intake.caller or told.name,
        phone=intake.phone or told.phone,
        email=intake.email or told.email,
        description=intake.description or told.body,
        wanted=intake.wanted or told.wanted,
        received_at=interaction.at,
    )
    if interaction.customer_id is None:
        interactions.know_customer(interaction, intake.customer, by=by, at=moment)
    case = open_case(known, by=interaction.taker or by, at=moment)
    interactions.tie(interaction, case, by=by, at=moment)
    return case


def _why_not_routed(interaction: Interaction, intake: Intake, at: datetime) -> list[Reason]:
    clause = ruling.clause(
        "checklist", interaction.division_id, at, form="intake", before="intake.routed"
    )
    if clause is None:
        return []
    told = interaction.text
    asks = interaction.nature == Nature.ENQUIRY  # who asks wants an answer
    facts = {
        "name": intake.caller or told.name,
        "body": intake.description or told.body,
        "wanted": intake.wanted or told.wanted or asks,
        "phone": intake.phone or told.phone,
        "email": intake.email or told.email,
        "address": intake.customer.address,
    }
    return interaction_rules.why_not_routed(facts, clause.id)


@one_act
def tie_contact(
    interaction: Interaction, case: Case, *, by: Person, at: datetime | None = None
) -> Interaction:
    """It is about this matter. Its first-contact owner stays who he was (R5-04).

    A customer who has to turn to us once more about it is counted (R5-07, R5-19).
    """
    moment = at or clock.now()
    again = interaction.direction == Direction.IN and is_same(case, moment)
    return interactions.tie(interaction, case, by=by, at=moment, repeated=again)


@reacts_to("interaction.tied")
def count_repeat(entry: Entry, interaction: Interaction) -> None:
    """Whichever way the customer turned to us once more, the matter says so."""
    if entry.matter_kind != "case" or not entry.data["repeated"]:
        return
    case = Case.objects.get(pk=entry.matter_id)
    record(
        "contact.repeated", case, by=org.person(entry.actor_id) if entry.actor_id else None,
        at=entry.at, interaction=interaction.pk, owner=case.first_owner_id, unit=case.unit_id,
        one_go=case.category in one_go.categories(case.division_id, entry.at),
    )  # fmt: skip


def is_same(case: Case, at: datetime) -> bool:
    """Whether the matter is open, or ended so recently that it counts as the same."""
    if case.state == "open":
        return True
    days = values.find(RECENTLY, case.division_id, at)
    return bool(case.closed_at and days and at - case.closed_at <= timedelta(days=int(days)))
