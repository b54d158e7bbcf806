"""What a flow puts on desks: a due for each step and each place to sign, and word of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.people import TOLD_AT_MOST
from shouwen.engines.dues.resolvers import facts_of
from shouwen.engines.flows.circumstances import Circumstances, matter_of
from shouwen.engines.flows.models import Round, Run, Signing, Step
from shouwen.engines.notices.actions import Telling, tell_all
from shouwen.engines.notices.saying import said
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person

if TYPE_CHECKING:
    from .course import Hand


def step_entered(c: Circumstances, step: Step, hand: "Hand") -> None:
    """A step waits from now on: it is due, and those who may take it know."""
    stage, run = c.stage, c.run
    need = c.need(stage)
    dues.open_due(
        N_("办理“%(stage)s”"), kind="stage", clause=stage.clause or c.flow.clause, subject=step,
        matter=matter_of(run), division=run.division_id, unit=step.unit,
        role=need.roles[0] if need.roles else "", person=step.person, start=hand.at,
        days=limit_days(c), params={"stage": stage.title, **called(c.known)}, by=hand.by,
        at=hand.at,
    )  # fmt: skip
    if step.entered_by_move:
        message, facts = _word(c, step, hand)
        asked = [who for who in people_asked(c, step) if who != hand.by]
        what = Word(run, c.known, f"step:{step.pk}", stage.clause)
        tell(asked, what, message, hand.at, **facts)


def _word(c: Circumstances, step: Step, hand: "Hand") -> tuple[str, dict[str, Any]]:
    facts: dict[str, Any] = {"stage": c.stage.title, "reason": hand.reason}
    if hand.by:
        facts["by"] = named(hand.by)
    if step.entered_by_move == "send_back":
        return N_("%(by)s退回，请重新办理“%(stage)s”：%(reason)s"), facts
    if step.entered_by_move == "reopen":
        return N_("请重新办理“%(stage)s”：%(reason)s"), facts
    return N_("请办理“%(stage)s”"), facts


def step_left(step: Step, by: Person | None, at: datetime) -> None:
    """The step is done with, and so is everything that was asked for it."""
    dues.settle(subject=step, kind="stage", by=by, at=at)


def step_given(step: Step, to: Person, by: Person, at: datetime) -> None:
    """The step has another handler; its limit stays what it was."""
    dues.assign(step, to, kind="stage", by=by, at=at)


def limit_days(c: Circumstances) -> int | None:
    """Days this stage may take: the company's figure, else the flow's, else none is set."""
    rows = values.find(c.flow.limits, c.run.division_id, c.at) if c.flow.limits else None
    for row in rows or ():
        if row["stage"] == c.stage.key:
            days = row.get("days", row.get(c.told.get("region", "")))
            return int(days) if days is not None else c.stage.days
    return c.stage.days


def people_asked(c: Circumstances, step: Step) -> list[Person]:
    """Whom to tell of a step: its handler; those of the role who know the matter; all of them."""
    if step.person_id:
        return _present([org.person(step.person_id)], c.at)
    need = c.need(c.stage)
    if not need.roles:
        return []
    able = org.people(need.roles[0], c.run.division_id, c.at)
    known = {earlier.by_id for earlier in c.steps} | {c.run.started_by_id}
    at_hand = [who for who in able if who.pk in known]
    return _present(at_hand or _few(able, need.roles[0], c.run.division_id, c.at), c.at)


def _few(able: list[Person], role: str, division: int, at: datetime) -> list[Person]:
    """Where a role has many holders its heads are told: a letter to fifty is read by none."""
    if len(able) <= TOLD_AT_MOST or "." in role:
        return able
    return org.people(f"{role}.supervisor", division, at) or able[:TOLD_AT_MOST]


def _present(people: Iterable[Person], at: datetime) -> list[Person]:
    """The same people, and whoever stands in for those who are away."""
    return [one for who in people for one in (who, *org.stand_ins(who, at))]


# -- rounds ---------------------------------------------------------------------------------------


def signing_asked(place: Signing, found: Round, at: datetime) -> None:
    """A place waits for its signature from now on."""
    role, matter = place.role.split("|")[0], matter_of(found)
    known = facts_of(found.matter_kind, found.matter_id)
    dues.open_due(
        N_("签署“%(round)s”"), kind="sign", clause=found.clause, subject=place, matter=matter,
        division=found.division_id, role=role, person=place.person, start=at, days=found.days,
        params={"round": Words(**found.title), **called(known)},
        by=found.requested_by, at=at,
    )  # fmt: skip
    tell(
        signers(place, found, at), Word(found, known, f"signing:{place.pk}", found.clause),
        N_("请签署“%(round)s”"), at, round=Words(**found.title),
    )  # fmt: skip


def signers(place: Signing, found: Round, at: datetime) -> list[Person]:
    """Whom to tell that a place waits for a signature."""
    if place.person:
        return _present([place.person], at)
    role = place.role.split("|")[0]
    able = org.people(role, found.division_id, at)
    return _present(_few(able, role, found.division_id, at), at)


def signing_settled(place: Signing, by: Person, at: datetime) -> None:
    """It was decided, or is not asked for any longer."""
    dues.settle(subject=place, kind="sign", by=by, at=at)


def signing_called_off(place: Signing, by: Person | None, at: datetime) -> None:
    """It is not asked for any longer, and nobody failed to do it."""
    dues.cancel(subject=place, kind="sign", by=by, at=at)


def signing_given(place: Signing, to: Person, by: Person, at: datetime) -> None:
    """Another person is asked; the limit stays what it was."""
    dues.assign(place, to, kind="sign", by=by, at=at)


# -- word -----------------------------------------------------------------------------------------


def named(person: Person) -> Words:
    """A name in both languages, for a fact."""
    return Words(zh=person.name_zh, en=person.name_en or person.name_zh)


@dataclass(frozen=True)
class Word:
    """What a message is about: a run or a round, what is known of its matter; told once a key."""

    record: Run | Round
    known: dict[str, Any]
    key: str
    clause: str = ""


def about(record: Run | Round, key: str, clause: str = "") -> Word:
    """Word of a run or a round; asks once what its matter is called."""
    if isinstance(record, Round):
        clause = clause or record.clause
    return Word(record, facts_of(record.matter_kind, record.matter_id), key, clause)


def called(known: dict[str, Any]) -> dict[str, Any]:
    """What the matter is called, for a title; nothing when nobody said."""
    return {"matter": known["title"]} if known.get("title") else {}


def tell(people: Iterable[Person], word: Word, message: str, at: datetime, **facts: Any) -> None:
    """Tell people about the matter of a run or a round."""
    record, known = word.record, word.known
    if named_matter := called(known):
        facts = {**named_matter, "title": said(message, **facts)}
        message = "%(matter)s · %(title)s"
    told = Telling(
        list(people), message, (record.matter_kind, record.matter_id), word.key,
        known.get("link", ""), word.clause, record.division_id, facts=facts,
    )  # fmt: skip
    tell_all([told], at=at)
