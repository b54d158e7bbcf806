"""What a rule may look at, gathered from the tables once: a run turned into a `Situation`."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model

from shouwen.engines.documents import queries as documents
from shouwen.engines.documents import rules as paper_rules
from shouwen.engines.documents.matters import stand_in
from shouwen.engines.documents.models import Section, Sheet
from shouwen.engines.dues.resolvers import facts_of
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.foundation.words import listed
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.ground.policy import queries as policy

from . import needs, questions
from .definitions import Flow, Stage
from .models import Delegation, Round, Run, Signing, Step
from .rules import Barrier, Hat, Need, Paper, Situation

KNOWN = "flow"
"""Under which name an act at a paper keeps the circumstances of its run."""
GIVEN_BACK = ("send_back", "withdraw", "reopen")
"""Ways into a stage that leave it with its former handler."""


class Circumstances:
    """One run at one moment. Every table is read at most once, and only when it is asked for."""

    def __init__(self, run: Run, at: datetime | None = None, *, writing: bool = False) -> None:
        self.run = run
        self.at = at or clock.now()
        self.writing = writing
        """Whether the paper is held, because this act may write on it."""

    @classmethod
    def beginning(cls, run: Run, at: datetime) -> "Circumstances":
        """A run that has only just begun: it has been nowhere yet."""
        c = cls(run, at)
        c.steps = []
        return c

    def after(self, step: Step) -> "Circumstances":
        """The same run once it has entered another stay; what was read is not read again."""
        later = Circumstances(self.run, self.at)
        known = {name: self.__dict__[name] for name in self._STAYS if name in self.__dict__}
        later.__dict__.update(known, steps=[*self.steps, step])
        return later

    def anew(self) -> "Circumstances":
        """The same after its paper was written on; nothing is read again."""
        for name in ("facts", "situation"):
            self.__dict__.pop(name, None)
        return self

    def on(self, sheet: Sheet) -> "Circumstances":
        """The same with its paper at hand."""
        self.__dict__["sheet"] = sheet
        return self

    _STAYS = ("sheet", "sections", "facts", "told", "known")
    """What a step taken leaves as it is."""

    @cached_property
    def flow(self) -> Flow:
        """The course as the edition of the run has it."""
        return flow_of(self.run)

    @cached_property
    def stage(self) -> Stage:
        """Where the run stands."""
        return self.flow.stage(self.run.stage)

    @cached_property
    def steps(self) -> list[Step]:
        """Every stay so far, oldest first."""
        found = questions.steps(self.run.pk)
        for step in found:
            step.run = self.run
        return found

    @cached_property
    def step(self) -> Step:
        """The newest stay: the open one while the run is open."""
        return self.steps[-1]

    @cached_property
    def sheet(self) -> Sheet | None:
        """The paper that travels, with its sections."""
        if not self.flow.form:
            return None
        subject, form, taken = self.run.subject_id, self.flow.form, self.writing
        if self.run.subject_kind == "sheet":
            return documents.standing(subject, form, taken=taken)
        return documents.newest(self.run.subject_kind, subject, form, taken=taken)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """Sections of the paper by key."""
        return {part.key: part for part in self.sheet.sections.all()} if self.sheet else {}

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the subject tells, and every field of its paper as `section.field`."""
        written = {
            f"{key}.{name}": value
            for key, part in self.sections.items()
            for name, value in part.data.items()
        }
        return {**written, **self.told}

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the subject tells of itself; its region decides on limits and authority."""
        if "region" in self.run.facts:
            return dict(self.run.facts)
        run = self.run
        own = (run.subject_kind, run.subject_id) == (run.matter_kind, run.matter_id)
        known = self.known if own else facts_of(run.subject_kind, run.subject_id)
        region = {"region": known["region"]} if known.get("region") else {}
        return {**region, **run.facts}

    @cached_property
    def known(self) -> dict[str, Any]:
        """What its matter is called, and where its page is."""
        return self.run.told or facts_of(self.run.matter_kind, self.run.matter_id)

    @cached_property
    def switches(self) -> frozenset[str]:
        """Optional stages that were called for."""
        return frozenset(questions.switched(self.run.pk))

    @cached_property
    def lent(self) -> Delegation | None:
        """The delegation of this step that has not come back."""
        return questions.lent.first(self.step.pk)

    @cached_property
    def rounds(self) -> list[Round]:
        """Rounds of sign-off at this step, oldest first, with their places."""
        found = questions.rounds(self.step.pk)
        for one in found:
            one.step = self.step
        return found

    @cached_property
    def holds(self) -> tuple[Barrier, ...]:
        """What elsewhere has to happen first."""
        return tuple(holds_on(self.run.subject_kind, self.run.subject_id))

    @cached_property
    def situation(self) -> Situation:
        """Everything the rules ask for."""
        sent = self.sent_by()
        return Situation(
            flow=self.flow,
            stage=self.run.stage,
            is_open=self.run.state == Run.State.OPEN,
            facts=self.facts,
            visited=tuple(step.stage for step in self.steps[:-1] if not step.skipped),
            papers=self._papers(),
            switched_on=self.switches,
            need=self.need(self.stage),
            move_needs={
                move.move: self.need(self.stage, move.by)
                for move in self.flow.moves_from(self.run.stage)
                if move.by
            },
            lent_to=org.person(self.lent.taker_id).name if self.lent else "",
            rounds=tuple(_blocking(self.rounds)),
            holds=self.holds,
            moved_by=_people(sent),
            moved_with=sent.left_by_move if sent else "",
            moved_from=sent.stage if sent else "",
            moved_name=org.person(sent.by_id).name if sent and sent.by_id else "",
            touched=self._touched(),
        )

    def need(self, stage: Stage, by: str = "") -> Need:
        """Who is asked to act at a stage; for the present stage its handler, if it has one."""
        return needs.need_at(self, stage, by)

    def _papers(self) -> dict[str, Paper]:
        """Sections, with what is missing in those that the moves from here need."""
        needed = {key for move in self.flow.moves_from(self.run.stage) for key in move.needs}
        data = {key: part.data for key, part in self.sections.items()}
        found = {}
        for key, part in self.sections.items():
            definition = self.sheet.definition.section(key) if self.sheet else None
            if definition is None:
                continue
            missing: Iterable[Reason] = ()
            if key in needed and part.signed_at is None:
                missing = paper_rules.why_not_complete(definition, part.data, data)
            named = tuple(
                Reason(r.message, r.clause, f"{key}.{r.field}".rstrip("."), r.instead, r.facts)
                for r in missing
            )
            found[key] = Paper(str(definition.title), part.signed_by_id, named)
        return found

    def sent_by(self) -> Step | None:
        """The stay whose end brought the run here, past stages that were skipped."""
        earlier = [step for step in self.steps[:-1] if not step.skipped]
        return earlier[-1] if earlier else None

    def _touched(self) -> bool:
        """Whether anybody has begun to work on this step."""
        part = self.sections.get(self.stage.section or "")
        if part and part.saved_at and part.saved_at >= self.step.entered_at:
            return True
        if self.step.person_id and self.step.entered_by_move not in GIVEN_BACK:
            return True
        own = self.stage.signoff.purpose if self.stage.signoff else ""
        return self.lent is not None or any(
            found.purpose != own or any(place.at for place in found.signings.all())
            for found in self.rounds
        )


def flow_of(run: Run) -> Flow:
    """The course of a run as its edition has it; published editions never change."""
    found: Flow = policy.flow(run.flow, edition=run.edition)
    return found


def hats_of(person: Person, division: int, at: datetime) -> list[Hat]:
    """In whose names somebody may act: his own first, then those he stands in for."""

    def hat(who: int, instead_of: int | None) -> Hat:
        return Hat(person.pk, lambda role: org.holds(who, role, division, at), instead_of)

    absent = org.acting_for(person, at)
    return [hat(person.pk, None), *(hat(other.pk, other.pk) for other in absent)]


def _people(step: Step | None) -> frozenset[int]:
    """Who ended a stay, and in whose name."""
    pair = (step.by_id, step.for_person_id) if step else ()
    return frozenset(pk for pk in pair if pk)


def holds_on(kind: str, pk: int) -> list[Barrier]:
    """What elsewhere has to happen first."""
    return [
        Barrier(hold.reason, hold.clause, hold.facts, stage=hold.stage)
        for hold in questions.held(kind, pk)
    ]


def _blocking(rounds: list[Round]) -> list[Barrier]:
    """Of every purpose the newest round, unless it agreed or was cancelled."""
    newest = {found.purpose: found for found in rounds}
    return [
        barrier_of(found)
        for found in newest.values()
        if found.state in (Round.State.OPEN, Round.State.DECLINED)
    ]


def barrier_of(found: Round) -> Barrier:
    """Why a round keeps the step where it is."""
    if found.state == Round.State.DECLINED:
        return Barrier(
            N_("“%(round)s”未获同意"), found.clause, {"round": str(found)},
            N_("请退回，或修改后重新送签"),
        )  # fmt: skip
    waiting = [asked_name(p, found.division_id) for p in found.signings.all() if p.state == "asked"]
    facts = {"round": str(found), "people": listed(waiting)}
    return Barrier(N_("“%(round)s”尚待%(people)s签署"), found.clause, facts)


def asked_name(place: Signing, division: int) -> str:
    """Whom a place for a signature asks, as people call him."""
    if place.person_id:
        return org.person(place.person_id).name
    return org.role_title(place.role.split("|")[0], division)


def matter_of(record: Any) -> Model:
    """The matter whose timeline shows it; nothing is read for it."""
    return stand_in(record.matter_kind, record.matter_id)
