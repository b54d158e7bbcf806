"""Improvements that are followed up: the group's projects (R4-17), quality's actions (R4-11).

Their papers are filed and answered like any other; here their rows are kept in step, whoever may
report is asked, and what had no effect goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.access import Hand, register_guard
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, Reason
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of, sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import file_record

from .access import spec_of
from .models import Improvement

REPORT = "progress"


@dataclass(frozen=True)
class Paper:
    """How the paper of a kind is read: its sections, and which answer ends it well."""

    kind: Improvement.Kind
    clause: str
    first: str
    plan: str
    last: str
    verdict: str
    good: str
    event: str


PAPERS = {
    "improvement_project": Paper(
        Improvement.Kind.PROJECT, "R4-17", "plan", "plan", "effect", "verdict", "effective",
        "improvement.confirmed",
    ),
    "improvement_action": Paper(
        Improvement.Kind.ACTION, "R4-11", "action", "what", "check", "result", "done",
        "improvement.checked",
    ),
}  # fmt: skip


def open_project(case: Case, *, by: Person, at: datetime) -> Sheet | None:
    """List the improvement for tracking if it was so decided (R4-41); one at a time for a case.

    A case that was reopened and closed again goes on with the project that runs.
    """
    sheet = sheet_of(case)
    running = Improvement.objects.filter(case=case, kind=Improvement.Kind.PROJECT)
    if running.exclude(state=Improvement.State.CLOSED).exists():
        return None
    if papers.figure(sheet, "determination.tracked") != "tracked":
        return None
    plan = {
        "plan": papers.figure(sheet, "determination.improvement"),
        "owner": papers.figure(sheet, "determination.improvement_owner"),
        "due_on": papers.figure(sheet, "determination.improvement_due"),
    }
    return file_record(case, "improvement_project", plan, by=by, at=at)


def follow(sheet: Sheet, *, by: Person, at: datetime) -> Improvement:
    """A plan was filed: it stands on the list from now on."""
    paper = PAPERS[sheet.form]
    case, plan = case_of(sheet), papers.data_of(_fresh(sheet))[paper.first]
    improvement = Improvement.objects.create(
        sheet=sheet,
        case=case,
        division=case.division,
        kind=paper.kind,
        owner=org.person(int(plan["owner"])),
        plan=str(plan[paper.plan])[:200],
        due_on=date.fromisoformat(plan["due_on"]),
    )
    record("improvement.opened", sheet, by=by, at=at, matter=case, kind=paper.kind,
           owner=improvement.owner_id, due_on=plan["due_on"])  # fmt: skip
    return improvement


def advance(sheet: Sheet, section: str, *, by: Person, at: datetime) -> None:
    """The owner reported, or the one who confirms gave his verdict (R4-11, R4-17)."""
    paper = PAPERS[sheet.form]
    improvement = Improvement.objects.select_related("case").get(sheet=sheet)
    if section == REPORT:
        improvement.state = Improvement.State.REPORTED
        improvement.save(update_fields=["state"])
        return
    answer = papers.data_of(_fresh(sheet))[paper.last]
    verdict = answer[paper.verdict]
    improvement.state, improvement.verdict = Improvement.State.CLOSED, verdict
    improvement.closed_at = at
    improvement.save(update_fields=["state", "verdict", "closed_at"])
    record(paper.event, sheet, by=by, at=at, matter=improvement.case, verdict=verdict)
    if verdict != paper.good:
        _go_on(improvement, paper, answer, by=by, at=at)


def _go_on(
    improvement: Improvement, paper: Paper, answer: dict[str, str], *, by: Person, at: datetime
) -> None:
    """What had no effect is planned anew, with a new day; the old paper stays as it is."""
    plan = {
        paper.plan: answer.get("next_plan") or _plan_of(improvement, paper),
        "owner": improvement.owner_id,
        "due_on": answer["next_due"],
    }
    renewed = file_record(improvement.case, improvement.sheet.form, plan, by=by, at=at)
    Improvement.objects.filter(sheet=renewed).update(follows=improvement)


def _plan_of(improvement: Improvement, paper: Paper) -> str:
    return str(papers.figure(improvement.sheet, f"{paper.first}.{paper.plan}"))


def _fresh(sheet: Sheet) -> Sheet:
    return Sheet.objects.prefetch_related("sections").get(pk=sheet.pk)


@register_guard
def only_the_owner_reports(hand: Hand, place: str) -> Iterable[Reason]:
    """The owner says what was done, or the unit that follows it up when he cannot."""
    sheet, by = hand.sheet, hand.by
    paper = PAPERS.get(sheet.form)
    if paper is None or place != REPORT:
        return
    owner = hand.data.get(paper.first, {}).get("owner")
    acting = {by.pk, *(one.pk for one in org.acting_for(by, hand.at))}
    if owner is None or int(owner) in acting:
        return
    role = spec_of(sheet.division_id, paper.clause, hand.at).owner
    if org.as_whom(by, role, sheet.division_id, hand.at) is None:
        yield Reason(
            N_("执行情形由负责人%(owner)s填报"),
            paper.clause,
            field=place,
            instead=N_("请联系负责人,或由督促单位代填"),
            facts={"owner": org.person(int(owner)).name},
        )


def is_late(improvement: Improvement) -> bool:
    """Whether its day has passed and nothing was reported."""
    running = improvement.state == Improvement.State.RUNNING
    return running and improvement.due_on < clock.today()
