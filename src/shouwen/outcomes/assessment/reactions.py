"""What the flow of a complaint sets in motion here."""

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows.models import Run
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.work.cases.actions import FLOW, sheet_of
from shouwen.work.cases.models import Case

from . import proposals
from .approving import approve_determination
from .projects import after_effect, open_project


@reacts_to("flow.moved")
def draw_up_loss(entry: Entry, run: Run) -> None:
    """The case comes to the determination: its loss is computed from annex 1 (R4-43)."""
    if run.flow != FLOW or run.stage != "determination":
        return
    case = Case.objects.get(pk=run.subject_id)
    sheet = sheet_of(case)
    losses = proposals.computed_losses(case, sheet)
    documents.fill_computed(sheet, "determination", {"losses": losses}, by=None, at=entry.at)


@reacts_to("case.instructed")
def take_effect(entry: Entry, case: Case) -> None:
    """The superior approved loss and penalties (R4-45)."""
    approve_determination(case, sheet_of(case), by=org.person(entry.actor_id or 0), at=entry.at)


@reacts_to("case.closed")
def track_improvement(entry: Entry, case: Case) -> None:
    """A tracked improvement becomes a project of its own (R4-41)."""
    if case.kind == "quality_complaint":
        open_project(case, by=org.person(entry.actor_id or 0), at=entry.at)


@reacts_to("improvement_project.answered")
def judge_effect(entry: Entry, sheet: Sheet) -> None:
    """The group confirmed the effect, or found none (R4-17)."""
    if entry.data["section"] == "effect":
        by = org.person(entry.actor_id or 0)
        after_effect(sheet, entry.data["result"], by=by, at=entry.at)
