"""How a run changes its place: claimed by one hand, left, entered, recorded. Used by the verbs."""

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Model

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.matters import stand_in
from shouwen.engines.flows import needs, rules
from shouwen.engines.flows.circumstances import Circumstances, hats_of, matter_of
from shouwen.engines.flows.definitions import Stage
from shouwen.engines.flows.models import Round, Run, Step, Switch
from shouwen.engines.flows.rules import Hat, Need
from shouwen.ground.foundation import writing
from shouwen.ground.foundation.refusal import N_, Refused, refuse
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from . import desk, rounds

SEND_BACK, WITHDRAW, REOPEN, STOP = "send_back", "withdraw", "reopen", "stop"


@dataclass(frozen=True)
class Hand:
    """Who acts, in whose name, when and why."""

    by: Person | None
    """None where no person of the company acts: a customer's word reopens a matter (R3-33)."""
    at: datetime
    hat: Hat | None = None
    reason: str = ""

    @property
    def for_person(self) -> int | None:
        """The absent person whose act it counts as."""
        return self.hat.for_person if self.hat else None

    def told(self) -> dict[str, Any]:
        """What every fact says of it."""
        said = {"reason": self.reason, "for_person": self.for_person}
        return {name: value for name, value in said.items() if value}


def claim(run: Run, by: Person, version: int | None = None) -> Run:
    """The run in the hands of one person; refuses when somebody else was faster.

    The row stays locked to the end of the transaction, so whatever is checked now still holds when
    it is written.
    """
    seen = run.version if version is None else version
    won = Run.objects.filter(pk=run.pk, version=seen, stage=run.stage, state=Run.State.OPEN).update(
        version=F("version") + 1, changed_by=by
    )
    if won != 1:
        raise overtaken(run)
    claimed = copy.copy(run)
    claimed.version, claimed.changed_by = seen + 1, by
    return claimed


def overtaken(run: Run) -> Refused:
    """What the second of two people is told."""
    now = Run.objects.select_related("changed_by").get(pk=run.pk)
    stage = Circumstances(now).stage
    return refuse(
        N_("刚刚由%(person)s办理，现在“%(stage)s”"),
        stage.clause,
        instead=N_("请刷新页面，看过对方的办理后再继续"),
        person=now.changed_by.name if now.changed_by else "—",
        stage=str(stage.title),
    )


def catch_up(run: Run, claimed: Run) -> Run:
    """Let the caller's copy know what became of it."""
    for name in ("flow", "edition", "stage", "state", "version", "changed_by_id", "facts"):
        setattr(run, name, getattr(claimed, name))
    return run


def hat_at(need: Need, c: Circumstances, by: Person) -> Hat | None:
    """In whose name somebody acts here."""
    return rules.hat_for(need, hats_of(by, c.run.division_id, c.at))


def leave(c: Circumstances, move: str, hand: Hand) -> None:
    """End the present stay."""
    step = c.step
    step.left_at, step.left_by_move, step.reason = hand.at, move, hand.reason
    step.by, step.for_person_id = hand.by, hand.for_person
    writing.update(step, "left_at", "left_by_move", "reason", "by", "for_person")
    desk.step_left(step, hand.by, hand.at)
    for found in c.rounds:
        if found.state == Round.State.OPEN:
            rounds.call_off(found, list(found.signings.all()), hand.by, hand.at)
    if c.lent:
        c.lent.returned_at, c.lent.returned_by = hand.at, hand.by
        c.lent.save(update_fields=["returned_at", "returned_by"])


def skip(c: Circumstances, stage: Stage, via: str, hand: Hand) -> str:
    """Pass an optional stage that is not called for; the path shows that it was passed."""
    (onward,) = c.flow.moves_from(stage.key)
    Step.objects.create(
        run=c.run, stage=stage.key, entered_at=hand.at, entered_by_move=via, left_at=hand.at,
        left_by_move=onward.move, by=hand.by, for_person_id=hand.for_person, skipped=True,
    )  # fmt: skip
    return onward.move


def enter(c: Circumstances, stage: Stage, via: str, hand: Hand, person: int | None = None) -> Step:
    """Begin a stay: somebody is asked, a due is opened; at an end the run is done."""
    run = c.run
    if stage.person_from and not person:
        named = c.facts.get(stage.person_from) or c.known.get(stage.person_from)
        person = int(named) if named else None
    step = writing.insert(
        Step(
            run=run, stage=stage.key, unit=unit_at(c, stage), person_id=person,
            entered_at=hand.at, entered_by_move=via, left_at=hand.at if stage.end else None,
        )
    )  # fmt: skip
    state = Run.State.DONE if stage.end else Run.State.OPEN
    if (run.stage, run.state) != (stage.key, state):
        run.stage, run.state = stage.key, state
        writing.update(run, "stage", "state")
    return step


def ask(c: Circumstances, step: Step, hand: Hand) -> None:
    """Put the stage that was entered on somebody's desk, once the fact of it is recorded."""
    if step.left_at is None:
        here = c.after(step)
        desk.step_entered(here, step, hand)
        if here.stage.signoff:
            open_signoff(here, hand)


def open_signoff(c: Circumstances, hand: Hand) -> Round:
    """Ask for the signatures without which the stage cannot be left."""
    wanted = c.stage.signoff
    assert wanted is not None
    return rounds.request_round(
        subject_of(c.run), wanted.purpose,
        [rounds.Ask(role) for role in wanted.by], title=wanted.title or c.stage.title,
        division=org.unit_by_id(c.run.division_id), by=hand.by, mode=wanted.mode, at=hand.at,
        clause=wanted.clause or c.stage.clause, matter=matter_of(c.run), step=c.step,
    )  # fmt: skip


def subject_of(run: Run) -> Model:
    """What travels; nothing is read for it."""
    return stand_in(run.subject_kind, run.subject_id)


def unit_at(c: Circumstances, stage: Stage) -> Unit | None:
    """The unit that works at a stage."""
    if stage.unit_from:
        return needs.unit_of(c, stage)
    function = stage.lane if not stage.by or "unit:" in stage.by else stage.by.split(".")[0]
    for role in (function, stage.lane):
        if units := org.units_with(role, c.run.division_id, c.at):
            return units[0]
    return None


def remember_ticks(c: Circumstances, hand: Hand) -> None:
    """Whoever ticked an optional stage has called for it, for good (R4-33)."""
    for stage in c.flow.stages:
        ticked = any(c.facts.get(name) is True for name in stage.on_when)
        if ticked and stage.key not in c.switches:
            Switch.objects.create(run=c.run, stage=stage.key, on=True, by=hand.by, at=hand.at)


def reopen_papers(c: Circumstances, stages: list[str], hand: Hand) -> list[str]:
    """Let the sections of some stages be written again; gives their keys."""
    keys = [section for key in stages if (section := c.flow.stage(key).section)]
    signed = [key for key in keys if key in c.sections and c.sections[key].signed_at]
    for key in signed:
        assert c.sheet is not None
        documents.reopen_section(c.sheet, key, reason=hand.reason, by=hand.by, at=hand.at)
    return signed


def record(event: str, c: Circumstances, hand: Hand, **data: Any) -> None:
    """One fact on the timeline of the matter; what the subject tells goes with it."""
    journal.record(
        event, c.run, by=hand.by, at=hand.at, matter=matter_of(c.run),
        **{"flow": c.run.flow, **c.told, **hand.told(), **data},
    )  # fmt: skip
