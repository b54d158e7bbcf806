"""Rounds of sign-off 会签 或签 依次: opened, passed from hand to hand, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Model

from shouwen.engines.flows import rules, voting
from shouwen.engines.flows.circumstances import asked_name, hats_of, matter_of
from shouwen.engines.flows.models import Delegation, Round, Run, Signing, Step
from shouwen.engines.flows.rules import Hat, Need
from shouwen.engines.flows.voting import Place
from shouwen.engines.notices.saying import said
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Refused, refuse, refuse_any
from shouwen.ground.foundation.words import Words, listed
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import authority
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from . import desk

State = Signing.State


@dataclass(frozen=True)
class Ask:
    """Whose signature is asked: one person's, or that of whoever holds one of these roles."""

    role: str = ""
    """One role, or several parted by `|`."""
    person: Person | None = None


@one_act
def request_round(
    subject: Model,
    purpose: str,
    asks: Sequence[Ask],
    *,
    title: Words,
    division: Unit,
    by: Person | None,
    mode: str = "ordered",
    at: datetime | None = None,
    clause: str = "",
    matter: Model | None = None,
    step: Step | None = None,
    on_agreed: str = "",
    barred: Sequence[Person] = (),
    days: int | None = None,
) -> Round:
    """Ask for signatures under one thing; `barred` are those whose own result it is (R4-37).

    One round of a purpose is open at a time. `on_agreed` is the move that the last signature makes,
    for a round at a step.
    """
    at = at or clock.now()
    if not asks:
        raise refuse(N_("签核不能没有人"), clause)
    about = matter if matter is not None else subject
    found = Round(
        subject_kind=kind_of(subject), subject_id=subject.pk, matter_kind=kind_of(about),
        matter_id=about.pk, division=division, step=step, purpose=purpose,
        title=title.model_dump(), mode=mode, clause=clause, on_agreed=on_agreed,
        barred=[who.pk for who in barred], days=days, requested_by=by, requested_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        raise refuse(N_("“%(round)s”已在签核中"), clause, round=str(found)) from None
    Signing.objects.bulk_create(
        Signing(round=found, position=place, role=one.role, person=one.person)
        for place, one in enumerate(asks)
    )
    record("round.opened", found, by, at, asked=len(asks))
    pass_on(found, by, at)
    return found


def locked(pk: int) -> tuple[Round, list[Signing]]:
    """The round in one pair of hands, with its places as they are now."""
    Round.objects.filter(pk=pk).update(version=F("version") + 1)
    found = Round.objects.select_related("division", "requested_by", "step__run").get(pk=pk)
    places = found.signings.select_related("by", "person").order_by("position", "id")
    return found, list(places)


def take(signing: Signing, by: Person, at: datetime) -> tuple[Round, list[Signing], Signing, Hat]:
    """A place in one pair of hands, and in whose name they decide; refuses who may not."""
    found, places = locked(signing.round_id)
    place = next(one for one in places if one.pk == signing.pk)
    hats = hats_of(by, found.division_id, at)
    standing = place_of(found, places, place)
    refuse_any(voting.why_not_sign(standing, hats))
    hat = rules.hat_for(standing.need, hats)
    assert hat is not None
    return found, places, place, hat


def place_of(found: Round, places: Sequence[Signing], place: Signing) -> Place:
    """A place for a signature, as the rules look at it."""
    ahead = [p for p in places if p.state == State.ASKED and p.position < place.position]
    lent = None
    if place.state == State.ASKED:
        lent = Delegation.objects.filter(signing=place, returned_at__isnull=True).first()
    return Place(
        state=place.state,
        need=need_of(found, place),
        round_open=found.state == Round.State.OPEN,
        decided_by=place.by.name if place.by else "",
        before=listed(asked_name(p, found.division_id) for p in ahead),
        lent_to=org.person(lent.taker_id).name if lent else "",
        added_by=place.added_by_id,
    )


def need_of(found: Round, place: Signing) -> Need:
    """Who is asked at a place."""
    roles = tuple(place.role.split("|")) if place.role else ()
    levels = set(authority.ROLES.values())
    return Need(
        roles=() if place.person_id else roles,
        title=asked_name(place, found.division_id),
        clause=found.clause,
        person=place.person_id,
        person_name=org.person(place.person_id).name if place.person_id else "",
        barred=frozenset(found.barred),
        lower=tuple(levels - set(roles)) if set(roles) <= levels else (),
    )


def people_asked(found: Round, at: datetime) -> list[Person]:
    """Whom to tell that a round waits."""
    asked = found.signings.filter(state=State.ASKED).select_related("person")
    return [who for place in asked for who in desk.signers(place, found, at)]


def close(found: Round, places: list[Signing], by: Person, at: datetime) -> None:
    """Close the round once it is decided; who was not heard need not sign any more."""
    result = voting.outcome(found.mode, [place.state for place in places])
    if result == "open":
        return
    found.state, found.closed_at = result, at
    found.save(update_fields=["state", "closed_at"])
    for place in places:
        if place.state in (State.ASKED, State.WAITING):
            was_asked = place.state == State.ASKED
            place.state, place.reason = State.DROPPED, N_("签核已有结果")
            place.save(update_fields=["state", "reason"])
            if was_asked:
                desk.signing_called_off(place, by, at)
    _tell_result(found, by, at)
    record(f"round.{result}", found, by, at, on_agreed=found.on_agreed)
    if result == "agreed" and found.on_agreed and found.step:
        _make_move(found, at)


def _tell_result(found: Round, by: Person, at: datetime) -> None:
    message = N_("“%(round)s”未获同意")
    if found.state == Round.State.AGREED:
        message = N_("“%(round)s”已获同意")
    people = [found.requested_by] if found.requested_by not in (None, by) else []
    word = desk.about(found, f"round:{found.pk}:{found.state}")
    desk.tell(people, word, message, at, round=Words(**found.title))


def _make_move(found: Round, at: datetime) -> None:
    """Make the move that waited for the round, in the name of who asked for it.

    What forbids it by now is told to him; the signature stands all the same.
    """
    from .moving import move

    assert found.step is not None
    run = Run.objects.get(pk=found.step.run_id)
    try:
        with transaction.atomic():
            move(run, found.on_agreed, by=found.requested_by, at=at)
    except Refused as refused:
        first = refused.reasons[0]
        desk.tell(
            [found.requested_by], desk.about(found, f"round:{found.pk}:stuck"),
            N_("“%(round)s”已获同意，但未能送出：%(why)s"), at,
            round=Words(**found.title), why=said(first.message, **first.facts),
        )  # fmt: skip


def pass_on(found: Round, by: Person | None, at: datetime) -> None:
    """Ask whose turn it is now, and let those wait whose turn it is not."""
    places = list(found.signings.select_related("person").order_by("position", "id"))
    states = voting.settled(found.mode, [place.state for place in places])
    if found.state != Round.State.OPEN:
        return
    for place, state in zip(places, states, strict=True):
        if place.state == state:
            continue
        place.state, place.asked_at = State(state), at if state == State.ASKED else None
        place.save(update_fields=["state", "asked_at"])
        if state == State.ASKED:
            desk.signing_asked(place, found, at)
            record("sign.asked", found, by, at, place=place)
        else:
            desk.signing_called_off(place, by, at)


def call_off(found: Round, places: Sequence[Signing], by: Person | None, at: datetime) -> None:
    """Close a round without a result."""
    found.state, found.closed_at = Round.State.CANCELLED, at
    found.save(update_fields=["state", "closed_at"])
    for place in places:
        if place.state == State.ASKED:
            desk.signing_called_off(place, by, at)


def record(
    event: str,
    found: Round,
    by: Person | None,
    at: datetime,
    place: Signing | None = None,
    **data: object,
) -> None:
    """One fact on the timeline of the matter."""
    asked = {"signing": place.pk, "role": place.role, "person": place.person_id} if place else {}
    said = {name: value for name, value in data.items() if value not in (None, "")}
    journal.record(
        event, found, by=by, at=at, matter=matter_of(found),
        purpose=found.purpose, title=found.title, **asked, **said,
    )  # fmt: skip
