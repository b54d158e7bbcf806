"""The verbs of the post book: a letter or fax comes in, is answered, the answer is sent."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import printing
from shouwen.engines.documents.matters import stand_in
from shouwen.engines.documents.models import Attachment
from shouwen.engines.documents.numbers import next_number
from shouwen.engines.notices import actions as notices
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Direction, Interaction, Nature

from . import rules
from .models import Letter

if TYPE_CHECKING:
    from django.core.files.base import File

SERIES = {"in": "SH{yy}{mm}{dd}-{n:03}", "out": "FH{yy}{mm}{dd}-{n:03}"}
"""Running numbers: 收函 and 发函, the day and the place among those of the month."""


@dataclass(frozen=True)
class Incoming:
    """What came by post or fax."""

    division: Unit
    channel: str
    party: str
    subject: str
    body: str
    handler: Person
    on: date | None = None
    """The day it came; today, unless it is written down later."""
    customer: Customer | None = None
    phone: str = ""
    address: str = ""
    fax_number: str = ""
    courier: str = ""
    courier_number: str = ""
    nature: str = Nature.PROBLEM
    wanted: str = ""


@dataclass(frozen=True)
class Answer:
    """What goes out by post or fax."""

    channel: str
    party: str
    subject: str
    body: str
    address: str = ""
    fax_number: str = ""
    definite: bool = False
    more: dict[str, str] = field(default_factory=dict)


def clause_of(division: Unit | int, at: datetime) -> str:
    """The clause that asks for records of what customers say."""
    found = ruling.clause("document", division, at, form="intake")
    return found.id if found else ""


@one_act
def register_letter(
    draft: Incoming,
    *,
    by: Person,
    at: datetime | None = None,
    matter: models.Model | None = None,
) -> Letter:
    """Write down what came in, by letter or fax, and tell whoever deals with it."""
    moment = at or clock.now()
    clause, on = clause_of(draft.division, moment), draft.on or clock.day_of(moment)
    numbers = (draft.fax_number, draft.courier_number)
    refuse_any(rules.why_not_letter(draft.channel, draft.party, draft.subject, numbers, clause))
    if on > clock.day_of(moment):
        raise refuse(N_("收到日期不能晚于今天"), clause, field="on")
    said = interactions.Draft(
        draft.division, draft.body, channel=draft.channel, nature=draft.nature,
        customer=draft.customer, name=draft.party[:60], phone=draft.phone, subject=draft.subject,
        wanted=draft.wanted, spoken_at=min(clock.local(on), moment),
        more={"fax": draft.fax_number, "courier": draft.courier, "number": draft.courier_number},
    )  # fmt: skip
    letter = _new(
        draft.division, Direction.IN, by=by, at=moment, on=on, channel=draft.channel,
        interaction=interactions.record_interaction(said, by=by, at=moment, matter=matter),
        customer=draft.customer, party=draft.party.strip(), subject=draft.subject.strip(),
        address=draft.address.strip(), fax_number=draft.fax_number.strip(),
        courier=draft.courier.strip(), courier_number=draft.courier_number.strip(),
        handler=draft.handler,
    )  # fmt: skip
    record("letter.received", letter, by=by, at=moment, matter=matter, number=letter.number,
           channel=letter.channel, interaction=letter.interaction_id)  # fmt: skip
    _tell_handler(letter, moment)
    return letter


def _new(
    division: Unit, direction: Direction, *, by: Person, at: datetime, on: date, **fields: object
) -> Letter:
    letter = Letter(
        division=division, direction=direction, registered_by=by, registered_at=at, on=on, **fields
    )
    series = f"letter:{direction}:{division.pk}"
    letter.number = next_number(series, SERIES[direction.value], "month", at)
    letter.save(force_insert=True)
    search.touch(letter)
    return letter


def _tell_handler(letter: Letter, at: datetime) -> None:
    notices.tell(
        [letter.handler, *org.stand_ins(letter.handler, at)],
        N_("收到%(party)s的来函:%(subject)s"),
        about=letter,
        key=f"letter:{letter.pk}:received",
        link=f"/reception/letters/{letter.pk}/",
        at=at,
        clause=clause_of(letter.division_id, at),
        party=letter.party,
        subject=letter.subject,
    )


def attach_scan(
    letter: Letter, file: "File[bytes]", *, by: Person, at: datetime | None = None
) -> Attachment:
    """Keep the scan of a letter or fax."""
    division = org.unit_by_id(letter.division_id)
    return documents.attach(file, matter=letter, division=division, by=by, at=at)


@one_act
def write_reply(
    letter: Letter, answer: Answer, *, by: Person, at: datetime | None = None
) -> Letter:
    """Write the answer to a letter; it is sent, and counts, only when it is dispatched."""
    moment = at or clock.now()
    clause = clause_of(letter.division_id, moment)
    if letter.direction != Direction.IN:
        raise refuse(N_("只能回复收到的来函"), clause)
    refuse_any(_why_not_answer(answer, clause))
    reply = _new(
        org.unit_by_id(letter.division_id), Direction.OUT, by=by, at=moment,
        on=clock.day_of(moment), customer=letter.customer, handler=by, answers=letter,
        **_said(answer),
    )  # fmt: skip
    record("letter.reply_written", reply, by=by, at=moment, number=reply.number, answers=letter.pk)
    return reply


@one_act
def change_reply(
    reply: Letter, answer: Answer, *, version: int, by: Person, at: datetime | None = None
) -> Letter:
    """Write it otherwise, while it has not been sent; `version` is the one that was read."""
    moment = at or clock.now()
    reply = Letter.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    clause = clause_of(reply.division_id, moment)
    refuse_any(_why_not_answer(answer, clause))
    _require_unsent(reply, clause)
    if reply.version != version:
        raise refuse(N_("他人已改过此函,请看过后再改"), clause)
    for name, value in _said(answer).items():
        setattr(reply, name, value)
    reply.version += 1
    reply.save()
    record("letter.reply_changed", reply, by=by, at=moment, version=reply.version)
    return reply


def _why_not_answer(answer: Answer, clause: str) -> list[Reason]:
    reasons = rules.why_not_reply(answer.party, answer.body, answer.subject, clause)
    if answer.channel not in rules.LETTERS:
        reasons.append(Reason(N_("请选择信函或传真"), clause, field="channel"))
    return reasons


def _said(answer: Answer) -> dict[str, object]:
    return {
        "channel": answer.channel,
        "party": answer.party.strip(),
        "subject": answer.subject.strip(),
        "body": answer.body.strip(),
        "address": answer.address.strip(),
        "fax_number": answer.fax_number.strip(),
        "definite": answer.definite,
    }


def _require_unsent(reply: Letter, clause: str) -> None:
    if reply.direction != Direction.OUT:
        raise refuse(N_("这是收到的来函,不是我方的复函"), clause)
    if reply.dispatched_at:
        raise refuse(N_("此函已寄出,不能再改"), clause, instead=N_("需要补充时请另写一函"))


@one_act
def dispatch(
    reply: Letter,
    *,
    courier: str = "",
    courier_number: str = "",
    fax_number: str = "",
    by: Person,
    at: datetime | None = None,
) -> Letter:
    """It leaves the house: by which courier, under which number; from now on it was said."""
    moment = at or clock.now()
    reply = Letter.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    clause = clause_of(reply.division_id, moment)
    _require_unsent(reply, clause)
    fax = fax_number.strip() or reply.fax_number
    numbers = (fax, courier_number)
    refuse_any(rules.why_not_dispatched(reply.channel, reply.address, numbers, clause))
    reply.courier, reply.courier_number = courier.strip(), courier_number.strip()
    reply.fax_number, reply.dispatched_at, reply.dispatched_by = fax, moment, by
    reply.interaction = _spoken(reply, by=by, at=moment)
    reply.save()
    record(
        "letter.dispatched", reply, by=by, at=moment, number=reply.number, channel=reply.channel,
        courier=reply.courier, courier_number=reply.courier_number, fax=reply.fax_number,
        interaction=reply.interaction_id, definite=reply.definite,
    )  # fmt: skip
    return reply


def _spoken(reply: Letter, *, by: Person, at: datetime) -> Interaction:
    """The sent letter as an interaction of the matter that its question belongs to."""
    asked = reply.answers.interaction if reply.answers else None
    said = interactions.Draft(
        org.unit_by_id(reply.division_id), reply.body, channel=reply.channel,
        direction=Direction.OUT, nature=Nature.FOLLOW_UP, customer=reply.customer,
        name=reply.party[:60], subject=reply.subject, definite=reply.definite,
        more={"fax": reply.fax_number, "courier": reply.courier, "number": reply.courier_number},
    )  # fmt: skip
    matter = stand_in(*asked.matter) if asked is not None and asked.matter is not None else None
    return interactions.record_interaction(said, by=by, at=at, matter=matter)


def print_reply(reply: Letter, *, by: Person, at: datetime | None = None) -> bytes:
    """The letter as it goes into the envelope; each print is noted."""
    if reply.direction != Direction.OUT:
        raise refuse(N_("这是收到的来函,不是我方的复函"), clause_of(reply.division_id, clock.now()))
    where = f"{reply.party}\n{reply.address}" if reply.address else reply.party
    asked = reply.answers.number if reply.answers else ""
    quoted = gettext(N_("贵方来函(我方收函编号 %(number)s)收悉。")) % {"number": asked}
    return printing.letter(
        division=org.unit_by_id(reply.division_id),
        to=where,
        paragraphs=[*([quoted] if asked else []), *reply.body.splitlines()],
        matter=reply,
        by=by,
        at=at,
        subject=reply.subject,
        reference=reply.number,
    )
