"""One performance of a scenario: its steps against the verbs, and what they must show."""

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from shouwen.ground.foundation import clock, refusal
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.journal.models import Entry

from . import steps as story
from .scenarios import Line, Way
from .scene import Scene, Unknown, moment, same
from .verbs import Verbs

RECENT = 20
"""So many facts are named to whoever looks for one in vain."""


class Fell(AssertionError):  # noqa: N818 - a scenario falls, the program does not
    """A step did not show what it says."""


@dataclass(frozen=True)
class Fact:
    """What the journal held at the end of a scenario: the event and what narrows it."""

    event: str
    form: str | None
    section: str | None
    clause: str | None


class House(Protocol):
    """Where a play is given: its words and its recorded ways."""

    verbs: Verbs

    def way(self, name: str) -> Way:
        """A recorded way by its name."""


class Play:
    """One performance: the names it knows, its clock, and the facts since it began."""

    def __init__(
        self, theatre: House, scene: Scene, time: clock.Rehearsal, began: int | None = None
    ) -> None:
        self.theatre, self.scene, self.time = theatre, scene, time
        newest = Entry.objects.order_by("-id").values_list("id", flat=True)
        self.began = began if began is not None else newest.first() or 0

    def perform(self, lines: Sequence[Line], upto: str = "") -> None:
        """Take the steps in order; with `upto`, until that stage is marked."""
        for line in lines:
            try:
                if self._reaches(line, upto):
                    return
            except Fell as fell:
                inner = str(fell)
                raise Fell(f"{line.place}: {inner}") from fell
            except Unknown as unknown:
                raise Fell(f"{line.place}: {unknown}") from unknown
        if upto:
            raise Fell(f"no stage “{upto}” is marked on this way")

    def _reaches(self, line: Line, upto: str) -> bool:
        step = line.step
        self.set_clock(step)
        if isinstance(step, story.Stage):
            return step.stage == upto
        if act := _ACTS.get(type(step)):
            act(self, step)
        return False

    def facts(self) -> Iterator[Fact]:
        """What was recorded since the scenario began, each kind of it once."""
        found = Entry.objects.filter(id__gt=self.began).order_by()
        clause = Coalesce(KT("data__under"), KT("data__clause"))
        narrowed = [KT("data__form"), KT("data__section"), clause]
        for row in found.values_list("event", *narrowed).distinct():
            yield Fact(*row)

    def set_clock(self, step: story.Step) -> None:
        """A step may say when it happens."""
        if step.at:
            self.time.move(moment(step.at))

    def do(self, step: story.Do) -> None:
        """Perform a verb; what it gives gets a name."""
        try:
            result = self._call(step)
        except refusal.Refused as refused:
            raise Fell(f"“{step.do}” was refused: {refused}") from refused
        if step.name:
            self.scene.names[step.name] = result

    def let(self, step: story.Let) -> None:
        """Give data a name."""
        for name, written in step.let.items():
            self.scene.names[name] = self.scene.value(written)

    def _call(self, step: story.Do) -> Any:
        verb = self.theatre.verbs.find(step.do)
        try:
            given = self.scene.arguments(verb.call, verb.filled(step.arguments, self.scene.names))
            if "by" in verb.wants:  # nobody named: the system itself
                given["by"] = self.scene.get(step.by) if step.by else None
            with transaction.atomic():
                return verb.call(**given)
        except (refusal.Refused, Fell, Unknown):
            raise
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            what = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
            raise Fell(f"“{step.do}” broke: {what}") from error

    def refuse(self, step: story.Refused) -> None:
        """The act must be refused by that clause and no other, saying that, at that field."""
        wanted = step.refused
        try:
            self._call(wanted)
        except refusal.Refused as refused:
            if refused.clauses != {wanted.clause}:
                raise Fell(f"refused, but not by {wanted.clause} alone: {refused}") from refused
            said = refused.reasons
            if not any(wanted.says in str(one) and wanted.field in one.field for one in said):
                raise Fell(f"refused in other words: {refused}") from refused
            return
        raise Fell(f"“{wanted.do}” was not refused by {wanted.clause}")

    def walk(self, step: story.Walked) -> None:
        """Go a recorded way; everything named on it is known afterwards."""
        journey = Journey(self, step.walk)
        journey.perform(journey.way.lines, step.walk.upto)
        self.arrive(journey, step)

    def arrive(self, journey: "Journey", step: story.Walked) -> None:
        """Know what was named on a way, not what it was given."""
        found = journey.scene.names
        self.scene.names.update({key: found[key] for key in found if key not in journey.given})
        if step.name:
            self.scene.names[step.name] = journey.scene.get(journey.way.gives)

    def expect(self, step: story.Expect) -> None:
        """Records say what the scenario says."""
        for path, written in step.expect.items():
            actual, wanted = self.scene.get(path), self.scene.value(written)
            if not same(actual, wanted):
                raise Fell(f"{path} is {actual!r}, expected {wanted!r}")

    def fact(self, step: story.Fact) -> None:
        """The journal holds the fact since the scenario began."""
        found = Entry.objects.filter(id__gt=self.began, event=step.fact)
        if step.about:
            record = self.scene.get(step.about)
            subject = Q(subject_kind=kind_of(record), subject_id=record.pk)
            found = found.filter(subject | Q(matter_kind=kind_of(record), matter_id=record.pk))
        wanted = self.scene.value(step.data)
        count = sum(same(entry.data, wanted) for entry in found)
        if count == 0 if step.times is None else count != step.times:
            recent = Entry.objects.filter(id__gt=self.began).order_by("-id")[:RECENT]
            facts = ", ".join(entry.event for entry in reversed(recent)) or "none"
            times = "" if step.times is None else f" {step.times} times but {count}"
            raise Fell(f"{step.fact} was not recorded{times}; facts: {facts}")

    def due(self, step: story.Due) -> None:
        """The desk holds a due of that clause, in that state."""
        wanted = step.due
        about = self.scene.get(wanted.about) if wanted.about else None
        found = list(self.theatre.verbs.dues(wanted.clause, about))
        if wanted.none:
            if found:
                raise Fell(f"{wanted.clause} is due: {found}")
            return
        if not any(_is_so(due, wanted) for due in found):
            raise Fell(f"no due of {wanted.clause} is so; there are: {_told(found)}")


class Journey(Play):
    """A recorded way on which a play has set out, with what it was given."""

    def __init__(self, play: Play, walk: story.Walk) -> None:
        self.way = play.theatre.way(walk.of)
        if strangers := set(walk.arguments) - set(self.way.takes):
            raise Fell(f"this way does not take {', '.join(sorted(strangers))}")
        self.given = play.scene.value({**self.way.takes, **walk.arguments})
        names = {**play.scene.names, **self.given}
        super().__init__(play.theatre, Scene(names), play.time, play.began)

    def stages(self) -> Iterator[str]:
        """Go to the end; gives each marked stage when it is reached. The end has no name."""
        for line in self.way.lines:
            self.perform([line])
            if isinstance(line.step, story.Stage):
                yield line.step.stage
        yield ""


def _is_so(due: Any, wanted: story.DueState) -> bool:
    return (
        (not wanted.at or _near(due.due_at, wanted.at))
        and wanted.missed in (None, due.missed_at is not None)
        and wanted.settled in (None, due.settled_at is not None)
    )


def _near(due_at: Any, written: str) -> bool:
    """The same moment; an engine may mean the last second of a day or the first after it."""
    return due_at is not None and abs(due_at - moment(written)) <= timedelta(minutes=1)


def _told(dues: Sequence[Any]) -> str:
    return "; ".join(
        f"due {due.due_at}, missed {due.missed_at}, settled {due.settled_at}" for due in dues
    ) or "none"  # fmt: skip


_ACTS: dict[type[story.Step], Callable[[Play, Any], None]] = {
    story.Do: Play.do,
    story.Let: Play.let,
    story.Refused: Play.refuse,
    story.Walked: Play.walk,
    story.Expect: Play.expect,
    story.Fact: Play.fact,
    story.Due: Play.due,
}
