"""The verbs that move a run: start, on, back, taken back, opened again, stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import Hand as PaperHand
from shouwen.engines.documents.sheets import Also, nothing_more
from shouwen.engines.flows import rules
from shouwen.engines.flows.circumstances import KNOWN, Circumstances, hats_of
from shouwen.engines.flows.definitions import Move, Stage
from shouwen.engines.flows.models import Run, Step
from shouwen.ground.foundation import clock, writing
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy

from .course import (
    REOPEN,
    SEND_BACK,
    STOP,
    WITHDRAW,
    Hand,
    ask,
    catch_up,
    claim,
    enter,
    hat_at,
    leave,
    record,
    remember_ticks,
    reopen_papers,
    skip,
)


@dataclass(frozen=True)
class Filling:
    """What is written in the section of a step as it is signed and sent on.

    Without `data` what stands there is signed; `version` is the one that was read, `also` what the
    storey above asks of the text.
    """

    data: Mapping[str, Any] | None = None
    version: int = 0
    also: Also = nothing_more


@one_act
def start(
    flow: str,
    subject: Model,
    *,
    division: Unit,
    by: Person,
    at: datetime | None = None,
    matter: Model | None = None,
    facts: dict[str, Any] | None = None,
) -> Run:
    """Send a subject on its course, by the edition its division runs under today.

    `facts` is what the subject tells of itself for good (`region`), for limits and authority. The
    subject is a row just written, or locked: who follows the run writes on it.
    """
    at = at or clock.now()
    code, _newest = policy.edition_of(flow, clock.day_of(at))
    edition = org.require_adopted(division, code, at)
    about = matter if matter is not None else subject
    definition = policy.flow(flow, edition=edition)
    run = Run(
        flow=flow, edition=edition, division=division, stage=definition.start,
        subject_kind=kind_of(subject), subject_id=subject.pk,
        matter_kind=kind_of(about), matter_id=about.pk,
        facts=facts or {}, started_by=by, started_at=at, changed_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            writing.insert(run)
    except IntegrityError:
        raise refuse(N_("本件已在流程中"), definition.clause) from None
    run.about = subject
    hand = Hand(by, at)
    c = Circumstances.beginning(run, at)
    step = enter(c, definition.stage(definition.start), "", hand)
    record("flow.started", c, hand, to=run.stage, unit=step.unit_id, person=step.person_id)
    ask(c, step, hand)
    return run


@one_act
def move(
    run: Run,
    move: str,
    *,
    by: Person,
    at: datetime | None = None,
    version: int | None = None,
    reason: str = "",
    filling: Filling | None = None,
) -> Run:
    """Send a run on, past the optional stages nobody called for.

    Refuses what the flow, the papers, the rounds and the holds forbid, and whoever comes second.
    With a `filling` the section of the step is filled and signed first, in the same act.
    """
    at = at or clock.now()
    claimed = claim(run, by, version)
    c = Circumstances(claimed, at, writing=filling is not None)
    chosen = _move_of(c, move)
    if filling:
        refuse_any(rules.why_not_here(c.situation, chosen.source))
        _fill(c, filling, by)
    hats = hats_of(by, claimed.division_id, at)
    refuse_any(rules.why_not_move(c.situation, hats, chosen, reason))
    hand = Hand(by, at, hat_at(rules.need_of(c.situation, chosen), c, by), reason.strip())
    _go(c, chosen, hand)
    return catch_up(run, claimed)


def _fill(c: Circumstances, filling: Filling, by: Person) -> None:
    """Fill and sign the section of the step, unless it is signed already."""
    section = c.sections.get(c.stage.section or "")
    if section is None or (section.signed_at and filling.data is None):
        return
    hand = PaperHand(section.sheet, by, c.at, papers.data_of(section.sheet), {KNOWN: c})
    documents.fill_and_sign(
        hand, section.key, filling.data, version=filling.version, also=filling.also
    )
    c.anew()


def _move_of(c: Circumstances, key: str) -> Move:
    try:
        return c.flow.move(key)
    except KeyError:
        raise refuse(N_("流程中没有“%(move)s”"), c.flow.clause, move=key) from None


def _go(c: Circumstances, chosen: Move, hand: Hand) -> Step:
    """Make a move that nothing forbids."""
    here, c.run.paper = c.run.stage, c.sheet
    way = rules.way(c.situation, chosen)
    remember_ticks(c, hand)
    leave(c, chosen.move, hand)
    via = chosen.move
    for passed in way[:-1]:
        via = skip(c, passed, via, hand)
    step = enter(c, way[-1], via, hand)
    record(
        "flow.moved", c, hand, move=chosen.move, to=c.run.stage, unit=step.unit_id,
        person=step.person_id, skipped=[passed.key for passed in way[:-1]], **{"from": here},
    )  # fmt: skip
    ask(c, step, hand)
    return step


@one_act
def send_back(
    run: Run,
    to: str,
    *,
    by: Person,
    reason: str,
    at: datetime | None = None,
    version: int | None = None,
) -> Run:
    """Send a run back 驳回 to an earlier stage; what was signed since then is signed again."""
    at = at or clock.now()
    claimed = claim(run, by, version)
    c = Circumstances(claimed, at)
    hats = hats_of(by, claimed.division_id, at)
    refuse_any(rules.why_not_send_back(c.situation, hats, to, reason))
    hand = Hand(by, at, hat_at(c.situation.need, c, by), reason.strip())
    _return_to(c, c.flow.stage(to), SEND_BACK, "flow.sent_back", hand)
    return catch_up(run, claimed)


@one_act
def withdraw(
    run: Run,
    *,
    by: Person,
    at: datetime | None = None,
    version: int | None = None,
    reason: str = "",
) -> Run:
    """Take back 撤回 what one has just sent, before the next has touched it."""
    at = at or clock.now()
    claimed = claim(run, by, version)
    c = Circumstances(claimed, at)
    hats = hats_of(by, claimed.division_id, at)
    refuse_any(rules.why_not_withdraw(c.situation, hats))
    hat = next(hat for hat in hats if hat.name in c.situation.moved_by)
    hand = Hand(by, at, hat, reason.strip())
    _return_to(c, c.flow.stage(c.situation.visited[-1]), WITHDRAW, "flow.withdrawn", hand)
    return catch_up(run, claimed)


@one_act
def reopen(
    run: Run,
    to: str,
    *,
    by: Person | None,
    reason: str,
    clause: str = "",
    at: datetime | None = None,
) -> Run:
    """Take a decision up again at an earlier stage, even after the end (R4-55, R4-58).

    For the storeys above: they have asked whoever may order it. `by` None is no person of the
    company: a customer who is not content (R3-33).
    """
    at = at or clock.now()
    run = Run.objects.select_for_update().get(pk=run.pk)
    c = Circumstances(run, at)
    if to not in {step.stage for step in c.steps if not step.skipped} or run.state == "stopped":
        raise refuse(N_("不能从此步重新办理"), clause)
    run.version, run.changed_by = run.version + 1, by
    run.save(update_fields=["version", "changed_by"])
    hand = Hand(by, at, reason=reason.strip())
    _return_to(c, c.flow.stage(to), REOPEN, "flow.reopened", hand, clause=clause)
    return run


def _return_to(
    c: Circumstances, target: Stage, move: str, event: str, hand: Hand, **data: Any
) -> None:
    """Enter an earlier stage again, with whoever handled it there; later signatures fall."""
    here, order = c.run.stage, c.flow.order(target.key)
    passed = {step.stage for step in c.steps if c.flow.order(step.stage) >= order}
    sections = reopen_papers(c, sorted(passed, key=c.flow.order), hand)
    if c.step.left_at is None:
        leave(c, move, hand)
    last = [step for step in c.steps if step.stage == target.key and not step.skipped][-1]
    step = enter(c, target, move, hand, person=last.person_id)
    told = {"from": here, "unit": step.unit_id, "person": step.person_id, **data}
    record(event, c, hand, to=target.key, reopened=sections, **told)
    ask(c, step, hand)


@one_act
def stop(run: Run, *, by: Person, reason: str, clause: str = "", at: datetime | None = None) -> Run:
    """End a run before its end 终止. For the storeys above: they have asked whoever may."""
    at = at or clock.now()
    claimed = claim(run, by)
    c = Circumstances(claimed, at)
    hand = Hand(by, at, reason=reason.strip())
    leave(c, STOP, hand)
    claimed.state = Run.State.STOPPED
    claimed.save(update_fields=["state"])
    record("flow.stopped", c, hand, clause=clause, **{"from": claimed.stage})
    return catch_up(run, claimed)
