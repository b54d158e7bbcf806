"""Improvement projects: one for every tracked complaint, closed only by a confirmed effect."""

from datetime import datetime

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.actions import case_of, sheet_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import file_record, next_answer

FORM = "improvement_project"


def open_project(case: Case, *, by: Person, at: datetime) -> Sheet | None:
    """List the improvement for tracking if it was so decided (R4-41)."""
    sheet = sheet_of(case)
    if papers.figure(sheet, "determination.tracked") != "tracked":
        return None
    plan = {
        "plan": papers.figure(sheet, "determination.improvement"),
        "owner": papers.figure(sheet, "determination.improvement_owner"),
        "due_on": papers.figure(sheet, "determination.improvement_due"),
    }
    return file_record(case, FORM, plan, by=by, at=at)


def after_effect(sheet: Sheet, verdict: str, *, by: Person, at: datetime) -> None:
    """Close an effective improvement; one without effect goes on as a new project (R4-17)."""
    case = case_of(sheet)
    if verdict == "effective":
        record("improvement.closed", sheet, by=by, at=at, matter=case)
        return
    plan = dict(papers.data_of(sheet)["plan"])
    record("improvement.continued", sheet, by=by, at=at, matter=case)
    file_record(case, FORM, plan, by=by, at=at)


def open_projects(division: Unit) -> list[Sheet]:
    """Projects whose effect is not confirmed yet, oldest first."""
    found = Sheet.objects.filter(division=division, form=FORM).exclude(state=Sheet.State.VOID)
    waiting = found.filter(sections__key="effect", sections__signed_at__isnull=True)
    return [sheet for sheet in papers.with_content(waiting.order_by("id")) if next_answer(sheet)]
