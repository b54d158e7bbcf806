"""The decisions of flows and sign-off, pure: a situation and a person in, reasons out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shouwen.ground.foundation.refusal import N_, Reason

from .definitions import Flow, Move, Stage


@dataclass(frozen=True)
class Hat:
    """In whose name somebody may act: himself, or one he stands in for (`for_person`)."""

    person: int
    holds: Callable[[str], bool]
    for_person: int | None = None

    @property
    def name(self) -> int:
        """The person whose act it counts as."""
        return self.for_person or self.person


@dataclass(frozen=True)
class Need:
    """Who is asked at one place. `why_none` says why nobody can be named yet."""

    roles: tuple[str, ...] = ()
    title: str = ""
    clause: str = ""
    person: int | None = None
    person_name: str = ""
    barred: frozenset[int] = frozenset()
    lower: tuple[str, ...] = ()
    """Roles that decide smaller matters of this kind: they are told of their authority."""
    why_none: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One section of the form as it stands."""

    title: str
    signed_by: int | None = None
    missing: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Barrier:
    """A round that is not agreed, or a hold. `stage` is what a hold bars, empty for all."""

    message: str
    clause: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    instead: str = ""
    stage: str = ""

    def reason(self) -> Reason:
        """The same, said to a person."""
        return Reason(self.message, self.clause, "", self.instead, self.facts)


@dataclass(frozen=True)
class Situation:
    """Everything a rule may look at, gathered once."""

    flow: Flow
    stage: str
    is_open: bool = True
    facts: Mapping[str, Any] = field(default_factory=dict)
    visited: tuple[str, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    switched_on: frozenset[str] = frozenset()
    need: Need = Need()
    move_needs: Mapping[str, Need] = field(default_factory=dict)
    """Who is asked where a move names a role other than the stage's."""
    lent_to: str = ""
    """Name of the person to whom the step is delegated, until it comes back."""
    rounds: tuple[Barrier, ...] = ()
    holds: tuple[Barrier, ...] = ()
    moved_by: frozenset[int] = frozenset()
    """Who made the move into this stage, and in whose name."""
    moved_with: str = ""
    moved_from: str = ""
    moved_name: str = ""
    """The stage it came from, and the name of who sent it."""
    touched: bool = False


# -- who ------------------------------------------------------------------------------------------


def hat_for(need: Need, hats: Iterable[Hat]) -> Hat | None:
    """In whose name one of these may act; his own comes first."""
    return next((hat for hat in hats if not _why_not_hat(need, hat)), None)


def why_not_act(need: Need, hats: Sequence[Hat]) -> list[Reason]:
    """Why none of these may act at this place; the reason of the nearest one."""
    if need.why_none:
        return [*need.why_none]
    if hat_for(need, hats):
        return []
    found = [reason for hat in hats for reason in _why_not_hat(need, hat)]
    return sorted(found, key=lambda reason: reason.message == _NOT_HIS)[:1]


_NOT_HIS = N_("此步由%(role)s办理")


def _why_not_hat(need: Need, hat: Hat) -> list[Reason]:
    if need.why_none:
        return [*need.why_none]
    if need.barred & {hat.person, hat.name}:
        return [Reason(N_("不得签核本人办理的结果"), need.clause, instead=N_("请由上级办理"))]
    if need.person is not None and hat.name != need.person:
        facts = {"person": need.person_name}
        text, instead = N_("此步已交由%(person)s办理"), N_("需要换人时，请其转办或委派")
        return [Reason(text, need.clause, "", instead, facts)]
    if not need.roles or any(hat.holds(role) for role in need.roles):
        return []
    if any(hat.holds(role) for role in need.lower):
        text = N_("此项超出您的核决权限，应由%(role)s核决")
        return [Reason(text, need.clause, "", N_("请送%(role)s核决"), {"role": need.title})]
    return [Reason(_NOT_HIS, need.clause, "", "", {"role": need.title})]


# -- moving on ------------------------------------------------------------------------------------


def why_not_move(
    situation: Situation, hats: Sequence[Hat], move: Move, reason: str = ""
) -> list[Reason]:
    """Everything that keeps somebody from making a move."""
    if misplaced := why_not_here(situation, move.source):
        return misplaced
    found = why_not_act(need_of(situation, move), hats)
    found += why_not_lend(situation)
    if not move.fits(situation.facts):
        found.append(Reason(N_("“%(move)s”不适用于本件的情形"), move.clause,
                            facts={"move": str(move.title)}))  # fmt: skip
    for section in move.needs:
        found += _why_unsigned(situation, section, move.clause)
    found += [barrier.reason() for barrier in situation.rounds]
    entered = {target.key for target in way(situation, move)}
    found += [hold.reason() for hold in situation.holds if hold.stage in ("", *entered)]
    if move.reason and not reason.strip():
        found.append(Reason(N_("请写明理由"), move.clause, "reason"))
    return found


def why_not_here(situation: Situation, stage: str) -> list[Reason]:
    """Why nothing can be done at a stage: the course is over, or is elsewhere."""
    if not situation.is_open:
        return [Reason(N_("本件已办结，不能再办理"), situation.flow.clause)]
    if situation.stage == stage:
        return []
    here, there = situation.flow.stage(situation.stage), situation.flow.stage(stage)
    facts = {"here": str(here.title), "there": str(there.title)}
    if situation.moved_from == stage and situation.moved_name:
        facts["person"] = situation.moved_name
        text = N_("“%(there)s”刚刚由%(person)s办理，现在“%(here)s”")
        return [Reason(text, there.clause, facts=facts)]
    return [Reason(N_("本件现在“%(here)s”，不在“%(there)s”"), there.clause, facts=facts)]


def way(situation: Situation, move: Move) -> list[Stage]:
    """The stages a move enters: past the optional ones that are not called for, to the next."""
    entered = [situation.flow.stage(move.target)]
    while entered[-1].optional and not is_on(situation, entered[-1]):
        (onward,) = situation.flow.moves_from(entered[-1].key)
        entered.append(situation.flow.stage(onward.target))
    return entered


def is_on(situation: Situation, stage: Stage) -> bool:
    """Whether an optional stage is called for, by hand or by a tick on the paper."""
    ticked = any(situation.facts.get(name) is True for name in stage.on_when)
    return stage.key in situation.switched_on or ticked


def need_of(situation: Situation, move: Move) -> Need:
    """Who is asked to make a move."""
    return situation.move_needs.get(move.move, situation.need)


def why_not_lend(situation: Situation) -> list[Reason]:
    """Why nothing can be done while the step is in other hands 委派."""
    if not situation.lent_to:
        return []
    text, instead = N_("已委派%(person)s，待其回复"), N_("可先收回委派")
    return [Reason(text, "", "", instead, {"person": situation.lent_to})]


def _why_unsigned(situation: Situation, section: str, clause: str) -> list[Reason]:
    paper = situation.papers.get(section)
    if paper is None:
        return [Reason(N_("缺少“%(section)s”栏"), clause, section, facts={"section": section})]
    if paper.signed_by is not None:
        return []
    unsigned = Reason(N_("“%(section)s”尚未签署"), clause, section, facts={"section": paper.title})
    return [replace(one, clause=one.clause or clause) for one in paper.missing] or [unsigned]


# -- moving back ----------------------------------------------------------------------------------


def back_targets(situation: Situation) -> list[str]:
    """Stages this one may send back to: declared, and really passed on the way here."""
    declared = situation.flow.back_from(situation.stage)
    return [key for key in (declared.back_to if declared else ()) if key in situation.visited]


def why_not_send_back(
    situation: Situation, hats: Sequence[Hat], target: str, reason: str = ""
) -> list[Reason]:
    """Everything that keeps somebody from sending back to an earlier stage."""
    if not situation.is_open:
        return why_not_here(situation, situation.stage)
    declared = situation.flow.back_from(situation.stage)
    clause = declared.clause if declared else situation.flow.stage(situation.stage).clause
    if target not in back_targets(situation):
        named = {s.key: str(s.title) for s in situation.flow.stages}
        text = N_("不能从“%(here)s”退回“%(there)s”")
        facts = {"here": named[situation.stage], "there": named.get(target, target)}
        return [Reason(text, clause, facts=facts)]
    found = why_not_act(situation.need, hats) + why_not_lend(situation)
    if not reason.strip():
        found.append(Reason(N_("退回须写明理由"), clause, "reason"))
    return found


def why_not_withdraw(situation: Situation, hats: Sequence[Hat]) -> list[Reason]:
    """Why the sender cannot take it back 撤回."""
    if not situation.is_open:
        return why_not_here(situation, situation.stage)
    clause = situation.flow.stage(situation.stage).clause
    moves = {move.move: move for move in situation.flow.moves}
    move = moves.get(situation.moved_with)
    if move is None:
        return [Reason(N_("没有可以撤回的送出"), clause)]
    if not {hat.name for hat in hats} & situation.moved_by:
        return [Reason(N_("只有送出人可以撤回"), clause)]
    if not move.withdrawable:
        text = N_("“%(move)s”已生效，不能撤回")
        return [Reason(text, move.clause, facts={"move": str(move.title)})]
    if situation.touched:
        return [Reason(N_("下一步已开始办理，不能撤回"), clause, instead=N_("请对方退回"))]
    return []


# -- optional stages ------------------------------------------------------------------------------


def why_not_switch(situation: Situation, stage: str, *, on: bool, reason: str) -> list[Reason]:
    """Why an optional stage cannot be called for, or be declared needless (R4-33)."""
    if not situation.is_open:
        return why_not_here(situation, situation.stage)
    found = situation.flow.stage(stage)
    facts = {"stage": str(found.title)}
    if not found.optional:
        return [Reason(N_("“%(stage)s”为必经步骤，不能略过"), found.clause, facts=facts)]
    if is_on(situation, found):
        text = N_("“%(stage)s”已指定须经") if on else N_("“%(stage)s”已指定须经，不得略过")
        return [Reason(text, found.clause, facts=facts)]
    if situation.flow.order(stage) <= situation.flow.order(situation.stage):
        return [Reason(N_("“%(stage)s”已经过去"), found.clause, facts=facts)]
    return [] if reason.strip() else [Reason(N_("请写明理由"), found.clause, "reason")]
