"""Asking for haste 催办, and letting others know 抄送."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shouwen.engines.flows.circumstances import Circumstances, flow_of, matter_of
from shouwen.engines.flows.models import CarbonCopy, Round, Run, Step, Urge
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import desk, rounds

URGE_AGAIN = timedelta(hours=1)
"""One person urges one step no oftener: a courtesy among colleagues, no figure of a clause."""


@one_act
def urge(task: Run | Round, *, by: Person, text: str = "", at: datetime | None = None) -> Urge:
    """Ask whoever has it for haste 催办."""
    at = at or clock.now()
    about = About.of(task, at)
    refuse_any(why_not_urge(about, by))
    urged = Urge.objects.create(step=about.step, round=about.round, by=by, at=at, text=text.strip())
    message = N_("%(by)s催办“%(what)s”：%(text)s") if urged.text else N_("%(by)s催办“%(what)s”")
    desk.tell(
        about.asked, desk.about(task, f"urge:{urged.pk}", about.clause), message, at,
        by=desk.named(by), what=about.title, text=urged.text,
    )  # fmt: skip
    stage = about.step.stage if about.step else ""
    journal.record("flow.urged", task, by=by, at=at, matter=matter_of(task), text=urged.text,
                   stage=stage, urge=urged.pk)  # fmt: skip
    return urged


@dataclass(frozen=True)
class About:
    """What is urged: an open step or an open round, what it is called, and who could act."""

    at: datetime
    title: Words
    clause: str
    asked: list[Person]
    step: Step | None = None
    round: Round | None = None

    @classmethod
    def of(cls, task: Run | Round, at: datetime) -> "About":
        """Of a run or a round."""
        if isinstance(task, Run):
            return cls.here(Circumstances(task, at))
        asked = rounds.people_asked(task, at) if task.state == Round.State.OPEN else []
        return cls(at, Words(**task.title), task.clause, asked, round=task)

    @classmethod
    def here(cls, c: Circumstances) -> "About":
        """Of the step at which a run stands."""
        asked = desk.people_asked(c, c.step) if c.situation.is_open else []
        return cls(c.at, c.stage.title, c.stage.clause, asked, step=c.step)


def why_not_urge(about: About, by: Person) -> list[Reason]:
    """Why somebody need not urge: it is over, or his own, or he has just done so."""
    if not about.asked:
        return [Reason(N_("没有待办的人，不必催办"), about.clause)]
    if by in about.asked:
        return [Reason(N_("此步由您自己办理"), about.clause)]
    urges = Urge.objects.filter(by=by, at__gt=about.at - URGE_AGAIN)
    if urges.filter(step=about.step, round=about.round).exists():
        instead = N_("请稍后再催，或请其主管转办")
        return [Reason(N_("您刚刚催办过"), about.clause, instead=instead)]
    return []


@one_act
def copy_to(
    task: Run | Round,
    people: Iterable[Person],
    *,
    by: Person,
    note: str = "",
    at: datetime | None = None,
) -> list[CarbonCopy]:
    """Let people know of it 抄送; nobody gets it twice while he has not read it."""
    at = at or clock.now()
    chosen = list({who.pk: who for who in people}.values())
    about = {
        "subject_kind": task.subject_kind, "subject_id": task.subject_id,
        "matter_kind": task.matter_kind, "matter_id": task.matter_id,
    }  # fmt: skip
    for who in chosen:
        if not who.active or task.division_id not in org.divisions_visible(who, at):
            raise refuse(N_("%(person)s不在本单位任职"), field="people", person=who.name)
    waiting = CarbonCopy.objects.filter(
        subject_kind=task.subject_kind, subject_id=task.subject_id, read_at__isnull=True
    )
    known = set(waiting.values_list("person_id", flat=True))
    copies = CarbonCopy.objects.bulk_create(
        CarbonCopy(**about, person=who, by=by, at=at, note=note.strip())
        for who in chosen
        if who.pk not in known
    )
    what = flow_of(task).title if isinstance(task, Run) else Words(**task.title)
    message = N_("%(by)s抄送“%(what)s”：%(note)s") if note.strip() else N_("%(by)s抄送“%(what)s”")
    if copies:
        word = desk.about(task, f"copy:{copies[0].pk}")
        desk.tell([one.person for one in copies], word, message, at, by=desk.named(by), what=what,
                  note=note.strip())  # fmt: skip
    journal.record("flow.copied", task, by=by, at=at, matter=matter_of(task),
                   to=[who.pk for who in chosen], note=note.strip())  # fmt: skip
    return copies


def read_copy(copy: CarbonCopy, *, by: Person, at: datetime | None = None) -> None:
    """Note that the person copied has read it."""
    if copy.person_id != by.pk:
        raise refuse(N_("只有收件人可以标为已阅"))
    CarbonCopy.objects.filter(pk=copy.pk, read_at__isnull=True).update(read_at=at or clock.now())
