"""What the customer is told: every answer is an interaction; the first definite one counts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.flows.circumstances import flow_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Channel, Direction, Interaction, Nature

Carrier = Callable[[Case, str, bool, Person, datetime], Interaction | None]
"""`carry(case, text, definite, by, at)` sends the words and records them, or cannot."""
_carriers: dict[str, Carrier] = {}


def carries(channel: str) -> Callable[[Carrier], Carrier]:
    """Register who brings an answer to the customer on a channel that the product itself serves."""

    def register(carrier: Carrier) -> Carrier:
        _carriers[channel] = carrier
        return carrier

    return register


INSTRUCTION = "director_instruction"
"""The section without which a big matter is not answered (R3-48)."""


def _not_instructed(case: Case, at: datetime) -> list[Reason]:
    stages = flow_of(flow_queries.run_of(case)).stages
    if not any(stage.section == INSTRUCTION for stage in stages):
        return []
    part = next(p for p in sheet_of(case).sections.all() if p.key == INSTRUCTION)
    clause = ruling.clause("authority", case.division_id, at, decides="big_problem")
    if part.signed_at or clause is None:
        return []
    message = N_("大问题须经主任批示后才能给用户明确答复")
    return [Reason(message, clause.id, "definite", N_("可先告知进展,不作明确答复"))]


@one_act
def reply(
    case: Case,
    text: str,
    *,
    channel: str = Channel.PHONE,
    definite: bool = True,
    external_id: str | None = None,
    by: Person,
    at: datetime | None = None,
) -> Interaction:
    """Tell the customer something; `definite` is the clear answer that R3-49 counts to.

    Where the product serves the channel, the words go out by it; an `external_id` says that they
    went out elsewhere.

    Raises Refused while the director has not instructed (R3-48), or when a guard objects.
    """
    if case.kind not in rules.GENERAL:
        raise refuse(
            N_("客诉的答复须按核决批示转达"), "R4-52",
            instead=N_("请在案件上另填“转达记录”"),
        )  # fmt: skip
    moment = at or clock.now()
    if external_id is None and channel in _carriers:
        carried = _carriers[channel](case, text, definite, by, moment)
        if carried is not None:
            case.replied_at = case.replied_at or (moment if definite else None)
            return carried
    draft = interactions.Draft(
        case.division, text, channel=channel, direction=Direction.OUT, nature=Nature.FOLLOW_UP,
        customer=case.customer, name=case.text.caller, phone=case.text.phone, definite=definite,
        source="reply" if external_id else "", external_id=external_id,
    )  # fmt: skip
    said = interactions.record_interaction(draft, by=by, at=moment, matter=case)
    case.replied_at = case.replied_at or (moment if definite else None)
    return said


@reacts_to("interaction.recorded")
def count_answer(entry: Entry, said: Interaction) -> None:
    """Whatever way it went out, word of a matter is feedback, and a clear one the reply (R3-49)."""
    outward = said.direction == Direction.OUT and said.nature == Nature.FOLLOW_UP
    outward = outward and said.source != interactions.CALLBACK
    if not outward or entry.matter_kind != "case" or entry.actor_id is None:
        return
    case = Case.objects.select_related("division").get(pk=entry.matter_id)
    if case.kind not in rules.GENERAL:
        return
    by, at = org.person(entry.actor_id), entry.at
    refuse_any(_not_instructed(case, at) if said.definite else [])
    told: dict[str, Any] = {"channel": said.channel, "interaction": said.pk}
    record("feedback.given", case, by=by, at=at, definite=said.definite, **told)
    if said.definite:
        unanswered = Case.objects.filter(pk=case.pk, replied_at__isnull=True)
        first = unanswered.update(replied_at=at)
        record("reply.given", case, by=by, at=at, first=bool(first), **told)
