"""Read flows and rounds: what can be done now and why not, the path, who is waited for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import authority
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy

from . import questions, rules, voting
from .circumstances import Circumstances, flow_of, hats_of
from .definitions import DECIDER, Flow, Stage
from .models import CarbonCopy, Delegation, Round, Run, Signing, Step, Urge
from .rules import Hat
from .verbs import handling, holds, signoff, telling
from .verbs.rounds import place_of

WORDS = "…"
"""Stands for the reason that is written only when a button is pressed."""


@dataclass(frozen=True)
class Act:
    """One thing a person can do now, or cannot, and why. `target` is what the verb takes."""

    key: str
    title: object
    kind: str
    allowed: bool
    reasons: list[Reason] = field(default_factory=list)
    target: object = None
    needs_reason: bool = False


# -- one run --------------------------------------------------------------------------------------


def run_of(subject: Model) -> Run:
    """The run of a subject; raises Run.DoesNotExist."""
    return questions.run.one(kind_of(subject), subject.pk)


def stage_of(run: Run) -> Stage:
    """Where a run stands."""
    return flow_of(run).stage(run.stage)


def stage_with(run: Run, section: str) -> Stage:
    """The stage that fills a section."""
    return next(stage for stage in flow_of(run).stages if stage.section == section)


def deciding_stages(run: Run) -> list[Stage]:
    """The stages at which somebody decides by the authority table, in the order of the course."""
    return [stage for stage in flow_of(run).stages if stage.by == DECIDER]


def path(run: Run) -> list[Step]:
    """Every stay, oldest first, with who and where; one query."""
    return list(run.steps.select_related("unit", "person", "by", "for_person").order_by("id"))


def why_not_work(
    run: Run, section: str, person: Person, at: datetime | None = None
) -> list[Reason]:
    """Why somebody may not write in a section now; nothing for a section of no stage."""
    return why_closed(Circumstances(run, at), section, person)


def why_closed(c: Circumstances, section: str, person: Person) -> list[Reason]:
    """The same, of circumstances that are known already."""
    run = c.run
    stages = [stage for stage in c.flow.stages if stage.section == section]
    if not stages:
        return []
    if c.stage not in stages or run.state != Run.State.OPEN:
        return rules.why_not_here(c.situation, stages[0].key)
    hats = hats_of(person, run.division_id, c.at)
    if c.lent:
        taken = c.lent.taker_id in {hat.name for hat in hats}
        return [] if taken else rules.why_not_lend(c.situation)
    return rules.why_not_act(c.need(c.stage), hats)


def known(run: Run, sheet: Sheet, steps: list[Step]) -> Circumstances:
    """What a page asks of a run in several places, gathered once; sheet and `path` are at hand."""
    c = Circumstances(run).on(sheet)
    c.__dict__["steps"] = steps
    return c


@dataclass(frozen=True)
class Turn:
    """Whose turn it is at a run, since when, and how it came to him."""

    stage: Stage
    role: str
    handler: str
    people: tuple[Person, ...]
    mine: bool
    lent_to: str
    since: datetime
    came: str
    sent_by: str
    reason: str


def turn(c: Circumstances, person: Person) -> Turn:
    """Whose turn it is, and whether it is this person's."""
    need, step, sent = c.need(c.stage), c.step, c.sent_by()
    people = () if need.person_name else _able(need.roles, c)
    hats = hats_of(person, c.run.division_id, c.at)
    taken = {hat.name for hat in hats} & {c.lent.taker_id} if c.lent else None
    mine = bool(taken) if taken is not None else not rules.why_not_act(need, hats)
    return Turn(
        c.stage, need.title, need.person_name, people, mine,
        org.person(c.lent.taker_id).name if c.lent else "",
        step.entered_at, step.entered_by_move,
        org.person(sent.by_id).name if sent and sent.by_id else "",
        sent.reason if sent else "",
    )  # fmt: skip


def _able(roles: tuple[str, ...], c: Circumstances) -> tuple[Person, ...]:
    found = (who for role in roles for who in org.people(role, c.run.division_id, c.at))
    return tuple({who.pk: who for who in found}.values())


def what_can(
    run: Run, person: Person, at: datetime | None = None, c: Circumstances | None = None
) -> list[Act]:
    """Every button of a case page: what somebody can do, and why he cannot do the rest."""
    c = c or Circumstances(run, at)
    if run.state != Run.State.OPEN:
        return []
    hats = hats_of(person, run.division_id, c.at)
    return [
        *_moves(c, hats),
        *_backs(c, hats),
        *_handling(c, hats, person),
        *_optional(c, person),
        *_signings(c, hats, person),
        *_around(c, person),
    ]


def _moves(c: Circumstances, hats: list[Hat]) -> Iterator[Act]:
    for move in c.flow.moves_from(c.run.stage):
        why = rules.why_not_move(c.situation, hats, move, WORDS)
        yield Act(f"move:{move.move}", move.title, "move", not why, why, move.move, move.reason)


def _backs(c: Circumstances, hats: list[Hat]) -> Iterator[Act]:
    for key in rules.back_targets(c.situation):
        why = rules.why_not_send_back(c.situation, hats, key, WORDS)
        title = c.flow.stage(key).title
        yield Act(f"send_back:{key}", title, "send_back", not why, why, key, True)
    if c.situation.moved_with in {move.move for move in c.flow.moves}:
        why = rules.why_not_withdraw(c.situation, hats)
        yield Act("withdraw", _("撤回"), "withdraw", not why, why)


def _handling(c: Circumstances, hats: list[Hat], person: Person) -> Iterator[Act]:
    given = handling.why_not_give(c, person)
    yield Act("hand_over", _("转办"), "hand_over", not given, given, None, True)
    if c.lent:
        concerned = {c.lent.giver_id, c.lent.taker_id} & {hat.name for hat in hats}
        title = _("交回委派") if c.lent.taker_id in concerned else _("收回委派")
        if concerned:
            yield Act(f"give_back:{c.lent.pk}", title, "give_back", True, [], c.lent.pk)
        return
    own = rules.why_not_act(c.situation.need, hats)
    yield Act("delegate", _("委派"), "delegate", not own, own, None, True)
    more = signoff.why_not_ask(c, person)
    yield Act("ask_before", _("加签"), "ask_before", not more, more, None, True)
    if c.stage.signoff and any(found.state == Round.State.DECLINED for found in c.rounds):
        yield Act("ask_again", _("重新送签"), "ask_again", not own, own)


def _optional(c: Circumstances, person: Person) -> Iterator[Act]:
    for stage in c.flow.stages:
        ahead = c.flow.order(stage.key) > c.flow.order(c.run.stage)
        if not stage.optional or not ahead or rules.is_on(c.situation, stage):
            continue
        for on, kind in ((True, "switch_on"), (False, "skip_stage")):
            why = holds.why_not_switch(c, stage.key, on=on, by=person, reason=WORDS)
            yield Act(f"{kind}:{stage.key}", stage.title, kind, not why, why, stage.key, True)


def _signings(c: Circumstances, hats: list[Hat], person: Person) -> Iterator[Act]:
    for found in c.rounds:
        if found.state == Round.State.OPEN:
            yield from _acts_in(found, hats, person)


def _acts_in(found: Round, hats: list[Hat], person: Person) -> Iterator[Act]:
    places = list(found.signings.all())
    counted = [place for place in places if place.state != Signing.State.DROPPED]
    for place in places:
        if place.state not in (Signing.State.ASKED, Signing.State.WAITING):
            continue
        standing = place_of(found, places, place)
        title = Words(**found.title)
        if rules.hat_for(standing.need, hats):
            why = voting.why_not_sign(standing, hats)
            for kind, needs in (("sign", False), ("decline", True)):
                yield Act(f"{kind}:{place.pk}", title, kind, not why, why, place.pk, needs)
        if place.added_by_id == person.pk:
            why = voting.why_not_drop(standing, person.pk, alone=counted == [place])
            yield Act(f"drop_signer:{place.pk}", title, "drop_signer", not why, why, place.pk)


def _around(c: Circumstances, person: Person) -> Iterator[Act]:
    why = telling.why_not_urge(telling.About.here(c), person)
    yield Act("urge", _("催办"), "urge", not why, why)
    yield Act("copy_to", _("抄送"), "copy_to", True)


# -- rounds ---------------------------------------------------------------------------------------


def rounds_of(subject: Model) -> list[Round]:
    """Every round about a subject, oldest first, with its places and who signed; 2 queries."""
    places = Signing.objects.select_related("person", "by", "for_person", "added_by")
    found = Round.objects.filter(subject_kind=kind_of(subject), subject_id=subject.pk)
    ordered = found.select_related("requested_by").order_by("id")
    return list(ordered.prefetch_related(Prefetch("signings", places.order_by("position", "id"))))


def what_can_sign(found: Round, person: Person, at: datetime | None = None) -> list[Act]:
    """The buttons of a round outside a flow: a certificate, a slip, the statistics sheet."""
    if found.state != Round.State.OPEN:
        return []
    return [*_acts_in(found, hats_of(person, found.division_id, at or clock.now()), person)]


# -- one person -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: a step, or a place for a signature."""

    kind: str
    title: Words
    clause: str
    since: datetime
    record: Step | Signing


def waiting_for(person: Person, at: datetime | None = None, limit: int = 200) -> list[Waiting]:
    """Steps and signatures that this person may take now, the oldest first.

    Cost: what waits for his roles, never all that is open.
    """
    at = at or clock.now()
    found = [*_steps_for(person, at, limit), *_places_for(person, at, limit)]
    return sorted(found, key=lambda one: one.since)[:limit]


def _steps_for(person: Person, at: datetime, limit: int) -> Iterator[Waiting]:
    names = [person.pk, *(who.pk for who in org.acting_for(person, at))]
    lent = Delegation.objects.filter(taker__in=names, returned_at__isnull=True, step__isnull=False)
    taken = set(lent.values_list("step_id", flat=True))
    mine = Q(person__in=names) | Q(pk__in=taken)
    for course, stages in _stages_for(person, at):
        mine |= Q(person__isnull=True, stage__in=stages, **course)
    steps = Step.objects.filter(mine, left_at__isnull=True, run__state=Run.State.OPEN)
    for step in steps.select_related("run").order_by("entered_at")[:limit]:
        stage = flow_of(step.run).stage(step.stage)
        hats = hats_of(person, step.run.division_id, at)
        if step.pk in taken or _may_take(step, stage, hats, at):
            yield Waiting("step", stage.title, stage.clause, step.entered_at, step)


def _stages_for(person: Person, at: datetime) -> Iterator[tuple[dict[str, object], list[str]]]:
    """Where anything travels that this person could have to act on."""
    open_runs = Run.objects.filter(
        state=Run.State.OPEN, division__in=org.divisions_visible(person, at)
    )
    for flow, edition, division in open_runs.values_list("flow", "edition", "division").distinct():
        hats = hats_of(person, division, at)
        course: Flow = policy.flow(flow, edition=edition)
        stages = [
            stage.key
            for stage in course.stages
            if any(hat.holds(role) for hat in hats for role in _roles_of(stage))
        ]
        if stages:
            where = {"run__flow": flow, "run__edition": edition, "run__division": division}
            yield where, stages


def _roles_of(stage: Stage) -> list[str]:
    """Roles one of which somebody must hold to act at a stage, for all that is known of it."""
    if stage.end:
        return []
    return [*authority.ROLES.values()] if stage.by == DECIDER else [stage.by]


def _may_take(step: Step, stage: Stage, hats: list[Hat], at: datetime) -> bool:
    """Cheap answers first: most steps are seen to be somebody else's without reading anything."""
    if step.person_id:
        return step.person_id in {hat.name for hat in hats}
    if stage.by != DECIDER and not stage.unit_from:
        if not any(hat.holds(stage.by) for hat in hats):
            return False
        if not stage.not_signer_of:
            return True
    c = Circumstances(step.run, at)
    return rules.hat_for(c.need(stage), hats) is not None


def _places_for(person: Person, at: datetime, limit: int) -> Iterator[Waiting]:
    names = [person.pk, *(who.pk for who in org.acting_for(person, at))]
    asked = Signing.objects.filter(
        state=Signing.State.ASKED, round__division__in=org.divisions_visible(person, at)
    )
    roles = asked.exclude(role="").values_list("role", "round__division").distinct()
    mine = Q(person__in=names)
    for role, division in roles:
        hats = hats_of(person, division, at)
        if any(hat.holds(one) for hat in hats for one in role.split("|")):
            mine |= Q(person__isnull=True, role=role, round__division=division)
    for place in asked.filter(mine).select_related("round").order_by("asked_at")[:limit]:
        if person.pk not in place.round.barred:
            since = place.asked_at or place.round.requested_at
            title = Words(**place.round.title)
            yield Waiting("sign", title, place.round.clause, since, place)


def copies_for(person: Person) -> QuerySet[CarbonCopy]:
    """What was copied to a person, newest first."""
    return CarbonCopy.objects.filter(person=person).select_related("by").order_by("-id")


def urges_of(run: Run) -> QuerySet[Urge]:
    """Every time somebody asked for haste, newest first."""
    return Urge.objects.filter(step__run=run).select_related("by", "step").order_by("-id")
