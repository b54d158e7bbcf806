"""The verbs of telephony: hear an event, bind a call to its interaction, keep the extensions."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.access import require_keeper
from shouwen.ground.org.models import Person, Unit
from shouwen.work.interactions.models import Interaction

from . import rules
from .models import Call, Extension


@dataclass(frozen=True)
class Heard:
    """What a telephone system tells of a call."""

    call_id: str
    event: str
    caller: str = ""
    callee: str = ""
    extension: str = ""
    at: datetime | None = None


@one_act
def hear(told: Heard, *, division: Unit, source: str, at: datetime | None = None) -> Call:
    """One event of a call; events come late, twice and out of order, and change it only once."""
    now = at or clock.now()
    moment = told.at or now
    refuse_any(rules.why_not_heard(told.event, moment, now))
    call = _held(told, division, source, now)
    before = _progress(call)
    after = rules.heard(before, told.event, moment, told.extension.strip())
    if after == before and (call.caller or not told.caller):
        return call
    call.caller = call.caller or told.caller.strip()
    call.callee = call.callee or told.callee.strip()
    _take(call, after)
    call.save()
    record(
        f"call.{told.event}", call, by=None, at=now,
        when=moment.isoformat(), extension=call.extension, agent=call.agent_id,
    )  # fmt: skip
    return call


def _held(told: Heard, division: Unit, source: str, now: datetime) -> Call:
    """The call, locked; a new one is written at once, so that a second event waits for it."""
    found = Call.objects.select_for_update().filter(source=source, call_id=told.call_id)
    if call := found.first():
        return call
    new = Call(
        division=division, source=source, call_id=told.call_id, state="ringing", heard_at=now
    )
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:  # another event of the same call came first
        return found.get()
    return new


def _progress(call: Call) -> rules.Progress:
    return rules.Progress(call.rang_at, call.answered_at, call.ended_at, call.extension)


def _take(call: Call, after: rules.Progress) -> None:
    call.rang_at, call.answered_at = after.rang_at, after.answered_at
    call.ended_at, call.state = after.ended_at, after.state
    if call.agent_id is None or after.extension != call.extension:
        call.extension = after.extension
        held = Extension.objects.filter(
            division=call.division, number=after.extension, until__isnull=True
        ).select_related("person")
        row = held.first() if after.extension else None
        call.agent = row.person if row else None


@one_act
def bind(call: Call, interaction: Interaction, *, by: Person, at: datetime | None = None) -> Call:
    """Say which interaction a call became; it becomes one only."""
    row = Call.objects.select_for_update().get(pk=call.pk)
    if row.interaction_id == interaction.pk:
        return row
    if row.interaction_id is not None:
        raise refuse(N_("这次来电已经登记过了"), instead=N_("请打开已登记的往来，在其中更正或补充"))
    row.interaction = interaction
    row.save(update_fields=["interaction"])
    record("call.registered", row, by=by, at=at, matter=interaction, number=interaction.number)
    return row


@one_act
def give_extension(
    division: Unit, number: str, person: Person, *, by: Person | None, at: datetime | None = None
) -> Extension:
    """Say whose telephone a number is; whoever had it before has it no more."""
    moment = at or clock.now()
    require_keeper(by, division)
    number = number.strip()
    if not number.isascii() or not number.isdigit():
        raise refuse(N_("分机号只能是数字"), field="number")
    if division.pk not in org.divisions_visible(person):
        raise refuse(N_("此人不在这个单位任职"), field="person")
    held = Extension.objects.select_for_update().filter(
        division=division, number=number, until__isnull=True
    )
    for former in held:
        if former.person_id == person.pk:
            return former
        _end(former, by, moment)
    row = Extension.objects.create(division=division, number=number, person=person, since=moment)
    record(
        "extension.given", row, by=by, at=moment, matter=division, number=number, person=person.pk
    )
    return row


@one_act
def end_extension(extension: Extension, *, by: Person, at: datetime | None = None) -> None:
    """The telephone belongs to nobody any more."""
    require_keeper(by, extension.division)
    row = Extension.objects.select_for_update().get(pk=extension.pk)
    if row.until is None:
        _end(row, by, at or clock.now())


def _end(row: Extension, by: Person | None, at: datetime) -> None:
    row.until = at
    row.save(update_fields=["until"])
    record("extension.ended", row, by=by, at=at, matter=row.division, number=row.number)
