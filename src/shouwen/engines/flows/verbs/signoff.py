"""The verbs of sign-off: agree, disagree, ask one more 加签, take one back 减签, call it off."""

from dataclasses import replace
from datetime import datetime

from django.db.models import F

from shouwen.engines.flows import rules, voting
from shouwen.engines.flows.circumstances import Circumstances, hats_of, matter_of
from shouwen.engines.flows.models import Round, Run, Signing
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.foundation.words import Words
from shouwen.ground.org.models import Person

from . import course, desk
from .handling import require_reason, why_not_take
from .rounds import (
    Ask,
    State,
    call_off,
    close,
    locked,
    pass_on,
    place_of,
    record,
    request_round,
    take,
)

ADDED = "step.added"
"""Purpose of a round that a handler asks for at his step."""


@one_act
def sign(signing: Signing, *, by: Person, at: datetime | None = None, opinion: str = "") -> Round:
    """Agree. The last signature a round needs closes it, and makes its move if it has one."""
    return _decide(signing, State.SIGNED, by=by, at=at or clock.now(), opinion=opinion)


@one_act
def decline(signing: Signing, *, by: Person, opinion: str, at: datetime | None = None) -> Round:
    """Disagree, and say why. Where everybody must agree this closes the round."""
    if not opinion.strip():
        raise refuse(N_("不同意须写明意见"), signing.round.clause, field="opinion")
    return _decide(signing, State.DECLINED, by=by, at=at or clock.now(), opinion=opinion)


def _decide(signing: Signing, state: State, *, by: Person, at: datetime, opinion: str) -> Round:
    found, places, place, hat = take(signing, by, at)
    place.state, place.opinion, place.at = state, opinion.strip(), at
    place.by, place.for_person_id = by, hat.for_person
    place.save(update_fields=["state", "opinion", "at", "by", "for_person"])
    desk.signing_settled(place, by, at)
    event = "sign.signed" if state == State.SIGNED else "sign.declined"
    record(event, found, by, at, place=place, for_person=hat.for_person, opinion=place.opinion)
    close(found, places, by, at)
    pass_on(found, by, at)
    return found


@one_act
def add_signer(
    signing: Signing,
    to: Person,
    *,
    by: Person,
    reason: str,
    before: bool = True,
    at: datetime | None = None,
) -> Signing:
    """Ask one more person 加签, before or after oneself; only who is asked now may."""
    at = at or clock.now()
    found, places, place, _hat = take(signing, by, at)
    _require_addable(found, places, to, reason)
    position = place.position if before else place.position + 1
    found.signings.filter(position__gte=position).update(position=F("position") + 1)
    added = Signing.objects.create(
        round=found, position=position, person=to, added_by=by, reason=reason.strip()
    )
    record("sign.added", found, by, at, place=added, before=before, reason=added.reason)
    pass_on(found, by, at)
    added.refresh_from_db()
    return added


def _require_addable(found: Round, places: list[Signing], to: Person, reason: str) -> None:
    if not reason.strip():
        raise refuse(N_("请写明理由"), found.clause, field="reason")
    if not to.active:
        raise refuse(N_("%(person)s已离职"), found.clause, field="to", person=to.name)
    if to.pk in found.barred:
        raise refuse(N_("不得签核本人办理的结果"), found.clause, field="to")
    if any(p.person_id == to.pk and p.state != State.DROPPED for p in places):
        raise refuse(N_("%(person)s已在签核名单中"), found.clause, field="to", person=to.name)


@one_act
def drop_signer(
    signing: Signing, *, by: Person, at: datetime | None = None, reason: str = ""
) -> Round:
    """Take back 减签 a place one has added, while it is not signed."""
    at = at or clock.now()
    found, places = locked(signing.round_id)
    place = next(one for one in places if one.pk == signing.pk)
    counted = [p for p in places if p.state != State.DROPPED]
    standing = place_of(found, places, place)
    refuse_any(voting.why_not_drop(standing, by.pk, alone=counted == [place]))
    was_asked = place.state == State.ASKED
    place.state, place.reason = State.DROPPED, reason.strip() or place.reason
    place.save(update_fields=["state", "reason"])
    if was_asked:
        desk.signing_called_off(place, by, at)
    record("sign.dropped", found, by, at, place=place)
    close(found, places, by, at)
    pass_on(found, by, at)
    return found


@one_act
def cancel_round(found: Round, *, by: Person, reason: str, at: datetime | None = None) -> Round:
    """Call a round off; only who asked for it may, while it is open."""
    at = at or clock.now()
    found, places = locked(found.pk)
    if found.state != Round.State.OPEN:
        raise refuse(N_("此次签核已结束"), found.clause)
    if found.requested_by_id != by.pk:
        raise refuse(N_("只有提请人可以取消签核"), found.clause)
    call_off(found, places, by, at)
    record("round.cancelled", found, by, at, reason=reason.strip())
    return found


@one_act
def ask_before(
    run: Run,
    to: Person,
    *,
    by: Person,
    reason: str,
    then: str = "",
    at: datetime | None = None,
) -> Round:
    """Ask one more person to sign at a step 加签.

    Before oneself: the step cannot be left until he agrees. After oneself: `then` is the move one
    has decided on, and his signature makes it.
    """
    at = at or clock.now()
    require_reason(reason)
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    hats = hats_of(by, claimed.division_id, at)
    refuse_any(why_not_ask(c, by))
    if then:
        refuse_any(rules.why_not_move(c.situation, hats, c.flow.move(then), reason))
    refuse_any(why_not_take(replace(c.situation.need, roles=()), to, by, claimed.division_id, at))
    found = request_round(
        course.subject_of(claimed), ADDED, [Ask(person=to)],
        title=Words(zh=f"{c.stage.title.zh} · 加签", en=f"{c.stage.title.en} · added signature"),
        division=claimed.division, by=by, at=at, clause=c.stage.clause,
        matter=matter_of(claimed), step=c.step, on_agreed=then,
    )  # fmt: skip
    record("sign.added", found, by, at, found.signings.get(), reason=reason.strip())
    course.catch_up(run, claimed)
    return found


def why_not_ask(c: Circumstances, by: Person) -> list[Reason]:
    """Why somebody may not ask for one more signature at the step: not his, or asked already."""
    found = rules.why_not_act(c.situation.need, hats_of(by, c.run.division_id, c.at))
    found += rules.why_not_lend(c.situation)
    return found + [
        Reason(N_("“%(round)s”已在签核中"), c.stage.clause, facts={"round": str(asked)})
        for asked in c.rounds
        if asked.purpose == ADDED and asked.state == Round.State.OPEN
    ]


@one_act
def ask_again(run: Run, *, by: Person, at: datetime | None = None) -> Round:
    """Open the round of a stage once more after it was declined."""
    at = at or clock.now()
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    refuse_any(rules.why_not_act(c.situation.need, hats_of(by, claimed.division_id, at)))
    if c.stage.signoff is None:
        raise refuse(N_("此步不需要签核"), c.stage.clause)
    found = course.open_signoff(c, course.Hand(by, at))
    course.catch_up(run, claimed)
    return found
