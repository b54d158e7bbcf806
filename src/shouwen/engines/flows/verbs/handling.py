"""Whose hands a step or a signature is in: handed over 转办, delegated 委派, given back."""

from dataclasses import replace
from datetime import datetime

from shouwen.engines.flows import rules
from shouwen.engines.flows.circumstances import Circumstances, hats_of
from shouwen.engines.flows.models import Delegation, Round, Run, Signing
from shouwen.engines.flows.rules import Hat, Need
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import course, desk, rounds

Task = Run | Signing


@one_act
def hand_over(
    task: Task, to: Person, *, by: Person, reason: str, at: datetime | None = None
) -> None:
    """Give a step or a signature to somebody else for good 转办; he must be able to do it.

    The superior of a handler may do so too, so that nothing lies on the desk of one who is ill.
    """
    at = at or clock.now()
    require_reason(reason)
    if isinstance(task, Run):
        _hand_over_step(task, to, by, reason.strip(), at)
    else:
        _hand_over_signing(task, to, by, reason.strip(), at)


def _hand_over_step(run: Run, to: Person, by: Person, reason: str, at: datetime) -> None:
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    refuse_any(why_not_give(c, by))
    refuse_any(why_not_take(c.situation.need, to, by, claimed.division_id, at))
    step = c.step
    step.person = to
    step.save(update_fields=["person"])
    desk.step_given(step, to, by, at)
    word = desk.about(claimed, f"step:{step.pk}:to:{to.pk}:{claimed.version}", c.stage.clause)
    desk.tell([to], word, N_("%(by)s把“%(stage)s”转交您办理：%(reason)s"), at,
              by=desk.named(by), stage=c.stage.title, reason=reason)  # fmt: skip
    course.record("flow.handed_over", c, course.Hand(by, at, reason=reason), to=to.pk,
                  stage=c.stage.key)  # fmt: skip
    course.catch_up(run, claimed)


def _hand_over_signing(place: Signing, to: Person, by: Person, reason: str, at: datetime) -> None:
    found, _places, place, _hat = rounds.take(place, by, at)
    need = rounds.need_of(found, place)
    refuse_any(why_not_take(need, to, by, found.division_id, at))
    place.person = to
    place.save(update_fields=["person"])
    desk.signing_given(place, to, by, at)
    word = desk.about(found, f"signing:{place.pk}:to:{to.pk}:{found.version}")
    desk.tell([to], word, N_("%(by)s请您签署“%(round)s”：%(reason)s"), at,
              by=desk.named(by), round=Words(**found.title), reason=reason)  # fmt: skip
    rounds.record("sign.handed_over", found, by, at, place, to=to.pk, reason=reason)


def why_not_give(c: Circumstances, by: Person) -> list[Reason]:
    """Why somebody may not give the present step away: it is neither his nor his people's."""
    if not c.situation.is_open:
        return rules.why_not_here(c.situation, c.situation.stage)
    found = rules.why_not_act(c.situation.need, hats_of(by, c.run.division_id, c.at))
    handler = c.step.person_id
    if found and handler:
        above = org.superiors(handler, c.run.division_id, c.at)
        if by.pk in {who.pk for who in above}:
            return []
    return found


def why_not_take(need: Need, to: Person, by: Person, division: int, at: datetime) -> list[Reason]:
    """Why somebody cannot take over a step or a signature."""
    if to.pk == by.pk:
        return [Reason(N_("不必交给自己"), need.clause, "to")]
    if not to.active or division not in org.divisions_visible(to, at):
        facts = {"person": to.name}
        return [Reason(N_("%(person)s不在本单位任职"), need.clause, "to", "", facts)]
    own = Hat(to.pk, lambda role: org.holds(to, role, division, at))
    reasons = rules.why_not_act(replace(need, person=None), [own])
    return [replace(reason, field="to") for reason in reasons]


@one_act
def delegate(
    task: Task, to: Person, *, by: Person, reason: str, at: datetime | None = None
) -> Delegation:
    """Let somebody prepare a step or a signature 委派; it comes back, and is still one's own."""
    at = at or clock.now()
    require_reason(reason)
    if isinstance(task, Run):
        return _delegate_step(task, to, by, reason.strip(), at)
    return _delegate_signing(task, to, by, reason.strip(), at)


def _delegate_step(run: Run, to: Person, by: Person, reason: str, at: datetime) -> Delegation:
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    refuse_any(rules.why_not_act(c.situation.need, hats_of(by, claimed.division_id, at)))
    refuse_any(rules.why_not_lend(c.situation))
    refuse_any(why_not_take(c.situation.need, to, by, claimed.division_id, at))
    step = c.step
    giver = course.hat_at(c.situation.need, c, by)
    step.person_id = giver.name if giver else by.pk
    step.save(update_fields=["person"])
    lent = Delegation.objects.create(step=step, giver=step.person, taker=to, reason=reason, at=at)
    desk.step_given(step, to, by, at)
    _tell_taker(lent, claimed, c.stage.title, by, at)
    course.record("flow.delegated", c, course.Hand(by, at, reason=reason), to=to.pk,
                  stage=c.stage.key)  # fmt: skip
    course.catch_up(run, claimed)
    return lent


def _delegate_signing(
    place: Signing, to: Person, by: Person, reason: str, at: datetime
) -> Delegation:
    found, _places, place, hat = rounds.take(place, by, at)
    refuse_any(why_not_take(replace(rounds.need_of(found, place), roles=()), to, by,
                            found.division_id, at))  # fmt: skip
    place.person_id = hat.name
    place.save(update_fields=["person"])
    lent = Delegation.objects.create(
        signing=place, giver_id=hat.name, taker=to, reason=reason, at=at
    )
    desk.signing_given(place, to, by, at)
    _tell_taker(lent, found, Words(**found.title), by, at)
    rounds.record("sign.delegated", found, by, at, place, to=to.pk, reason=reason)
    return lent


def _tell_taker(
    lent: Delegation, record: Run | Round, title: Words, by: Person, at: datetime
) -> None:
    desk.tell(
        [lent.taker], desk.about(record, f"delegation:{lent.pk}"),
        N_("%(by)s委派您办理“%(what)s”：%(reason)s"), at,
        by=desk.named(by), what=title, reason=lent.reason,
    )  # fmt: skip


@one_act
def give_back(
    lent: Delegation, *, by: Person, opinion: str = "", at: datetime | None = None
) -> Delegation:
    """Return what was delegated, with an opinion; the giver may also take it back himself."""
    at = at or clock.now()
    lent = Delegation.objects.select_for_update(of=("self",)).select_related(
        "giver", "taker", "step__run", "signing__round"
    ).get(pk=lent.pk)  # fmt: skip
    names = {by.pk, *(who.pk for who in org.acting_for(by, at))}
    if lent.returned_at:
        raise refuse(N_("此项委派已经交回"))
    if not names & {lent.giver_id, lent.taker_id}:
        raise refuse(N_("只有受委派人可以交回，委派人可以收回"))
    if lent.taker_id in names and not opinion.strip():
        raise refuse(N_("请写明意见"), field="opinion")
    lent.returned_at, lent.returned_by, lent.opinion = at, by, opinion.strip()
    lent.save(update_fields=["returned_at", "returned_by", "opinion"])
    _back_on_desk(lent, by, at)
    return lent


def _back_on_desk(lent: Delegation, by: Person, at: datetime) -> None:
    data = {"delegation": lent.pk, "opinion": lent.opinion}
    record: Run | Round
    if lent.step:
        record = lent.step.run
        desk.step_given(lent.step, lent.giver, by, at)
        course.record(
            "flow.given_back",
            Circumstances(record, at),
            course.Hand(by, at),
            stage=lent.step.stage,
            **data,
        )
    else:
        assert lent.signing is not None
        record = lent.signing.round
        desk.signing_given(lent.signing, lent.giver, by, at)
        rounds.record("sign.given_back", record, by, at, lent.signing, **data)
    if by.pk != lent.giver_id:
        word = desk.about(record, f"delegation:{lent.pk}:back")
        desk.tell([lent.giver], word, N_("%(by)s交回委派：%(opinion)s"), at, by=desk.named(by),
                  opinion=lent.opinion)  # fmt: skip


def require_reason(reason: str) -> None:
    """Refuse what is done without saying why."""
    if not reason.strip():
        raise refuse(N_("请写明理由"), field="reason")


@one_act
def give_step(run: Run, to: Person, *, by: Person, reason: str, at: datetime | None = None) -> None:
    """Put the present step into somebody's hands. For the storeys above: they asked whoever may."""
    at = at or clock.now()
    claimed = course.claim(run, by)
    c = Circumstances(claimed, at)
    step = c.step
    step.person = to
    step.save(update_fields=["person"])
    desk.step_given(step, to, by, at)
    hand = course.Hand(by, at, reason=reason.strip())
    course.record("flow.handed_over", c, hand, to=to.pk, stage=c.stage.key)
    course.catch_up(run, claimed)
