"""Play scenarios: each from the same company, each undone afterwards.

    with Theatre() as theatre:
        outcomes = theatre.play_all(read_scenarios())

Everything happens in the open database and is rolled back, so play where nobody works. A way that
several scenarios begin with is gone once: at each of its stages those that branch off there play.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.policy.loading import ROOT

from .playing import Fact, Fell, Journey, Play
from .scenarios import Line, Scenario, Way, read_company, read_ways
from .scene import Scene, Unknown
from .steps import Walked
from .verbs import REAL, Verbs

BEGINNING = "2024-12-02 09:00"
"""When the company is set up; a scenario begins where that ended."""


@dataclass(frozen=True)
class Outcome:
    """How one scenario ended; without a problem it passed."""

    scenario: Scenario
    problem: str = ""
    facts: tuple[Fact, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing was otherwise than the scenario says."""
        return not self.problem


class Theatre:
    """A company set up once; scenarios play in it one after another and leave no trace."""

    def __init__(
        self,
        *,
        root: Path = ROOT,
        verbs: Verbs = REAL,
        company: Sequence[Line] | None = None,
        ways: Mapping[str, Way] | None = None,
    ) -> None:
        self.verbs = verbs
        self.company = read_company(root) if company is None else company
        self.ways = read_ways(root) if ways is None else ways
        self.names: dict[str, Any] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "Theatre":
        self._stack.enter_context(transaction.atomic())
        self._stack.callback(transaction.set_rollback, True)
        try:
            self.found()
        except BaseException:
            self._stack.close()
            raise
        return self

    def found(self) -> dict[str, Any]:
        """Set the company up, in whatever transaction is open; gives its names."""
        with clock.rehearsal(BEGINNING) as time:
            play = Play(self, Scene(), time)
            play.perform(self.company)
            self.names, self.now = play.scene.names, time.at
        return self.names

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        self.verbs.forget()

    def way(self, name: str) -> Way:
        """A recorded way; where there is only one it needs no name."""
        if not name and len(self.ways) == 1:
            return next(iter(self.ways.values()))
        if name not in self.ways:
            raise Fell(f"no way is called “{name}”; there are: {', '.join(self.ways) or 'none'}")
        return self.ways[name]

    def play_all(self, scenarios: Sequence[Scenario]) -> list[Outcome]:
        """Play every scenario and undo it; those that begin with the same walk go it together."""
        ended: dict[str, Outcome] = {}
        alike: dict[str, list[Scenario]] = {}
        for scenario in scenarios:
            alike.setdefault(_beginning(scenario), []).append(scenario)
        for beginning, group in alike.items():
            ended |= self._on_one_way(group) if beginning else self._each_alone(group)
        return [ended[str(one)] for one in scenarios]

    def play(self, scenario: Scenario) -> Outcome:
        """Play one part of a story and undo it."""
        return self.play_all([scenario])[0]

    def _each_alone(self, scenarios: Sequence[Scenario]) -> dict[str, Outcome]:
        return {str(one): self._ended(one, partial(self._from_start, one)) for one in scenarios}

    def _from_start(self, scenario: Scenario, time: clock.Rehearsal) -> Play:
        play = Play(self, Scene(self.names_for(scenario)), time)
        play.perform(scenario.lines)
        return play

    def names_for(self, scenario: Scenario) -> dict[str, Any]:
        """What a scenario knows: the company, and as `division` whoever works by its regulation.

        Of several the one with the fewest others: what a clause does is its own doing there.
        """
        today = clock.today()
        homes = [one for one in org.divisions() if org.adopted(one, scenario.regulation)]
        homes.sort(key=lambda one: len(ruling.editions(one, today)))
        return {**self.names, **({"division": homes[0]} if homes else {})}

    def _on_one_way(self, alike: Sequence[Scenario]) -> dict[str, Outcome]:
        """Go the way that all of these begin with; each branches off at its stage."""
        ended: dict[str, Outcome] = {}

        def go(time: clock.Rehearsal) -> None:
            known = Scene(self.names_for(alike[0]))
            play, first = Play(self, known, time), _walk_of(alike[0])
            play.set_clock(first)
            journey = Journey(play, first.walk)
            for stage in journey.stages():
                for one in alike:
                    if _walk_of(one).walk.upto == stage:
                        rest = partial(self._branch_off, journey, one)
                        ended[str(one)] = self._ended(one, rest, time.at)
                if len(ended) == len(alike):
                    return

        fell = self._undone(go)
        for one in alike:
            missed = fell or f"no stage “{_walk_of(one).walk.upto}” is marked on this way"
            ended.setdefault(str(one), Outcome(one, f"{one.lines[0].place}: {missed}"))
        return ended

    def _branch_off(self, journey: Journey, scenario: Scenario, time: clock.Rehearsal) -> Play:
        play = Play(self, Scene(self.names_for(scenario)), time, journey.began)
        play.arrive(journey, _walk_of(scenario))
        play.perform(scenario.lines[1:])
        return play

    def _ended(
        self,
        scenario: Scenario,
        perform: Callable[[clock.Rehearsal], Play],
        now: datetime | None = None,
    ) -> Outcome:
        """Play one scenario and take it back; keeps how it ended and what it recorded."""
        facts: list[Fact] = []
        fell = self._undone(lambda time: facts.extend(perform(time).facts()), now)
        return Outcome(scenario, fell, tuple(facts))

    def _undone(self, play: Callable[[clock.Rehearsal], None], now: datetime | None = None) -> str:
        """Play and take everything back; gives where it fell."""
        try:
            with transaction.atomic(), clock.rehearsal(now or self.now) as time:
                try:
                    play(time)
                finally:
                    transaction.set_rollback(True)
        except (Fell, Unknown) as fell:
            return str(fell)
        finally:
            self.verbs.forget()
        return ""


def _walk_of(scenario: Scenario) -> Walked:
    first = scenario.lines[0].step
    assert isinstance(first, Walked)
    return first


def _beginning(scenario: Scenario) -> str:
    """The walk with which a scenario begins, whatever its stage; nothing when it does not."""
    step = scenario.lines[0].step
    if not isinstance(step, Walked):
        return ""
    told = [scenario.regulation, step.at, step.walk.of, step.walk.arguments]
    return json.dumps(told, sort_keys=True, default=str)
