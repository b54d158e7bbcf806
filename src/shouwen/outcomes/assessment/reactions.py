"""What the flow of a complaint and the papers beside it set in motion here."""

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.flows.models import Run
from shouwen.ground.journal.actions import reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.course.courses import QUALITY_FLOW
from shouwen.work.cases.models import Case

from . import claims, improvements, proposals
from .approving import approve_determination


def _actor(entry: Entry) -> Person:
    return org.person(entry.actor_id or 0)


@reacts_to("flow.moved", "flow.sent_back")
def draw_up_loss(entry: Entry, run: Run) -> None:
    """The case comes to the determination: its loss is computed from annex 1 (R4-43)."""
    if run.flow != QUALITY_FLOW or run.stage != proposals.SECTION:
        return
    case = Case.objects.get(pk=run.subject_id)
    sheet = sheet_of(case)
    signed = {part.key for part in sheet.sections.all() if part.signed_at}
    if proposals.SECTION not in signed:
        proposals.draw_up_loss(case, sheet, by=None, at=entry.at)


@reacts_to("case.determined")
def propose_penalties(entry: Entry, case: Case) -> None:
    """What the group proposes is put up to the superior (R4-44)."""
    lines = papers.figure(sheet_of(case), "determination.penalties") or []
    for line in lines:
        record("penalty.proposed", case, by=_actor(entry), at=entry.at, person=line["person"],
               kind=line["kind"], amount=line.get("amount") or 0)  # fmt: skip


@reacts_to("case.instructed")
def take_effect(entry: Entry, case: Case) -> None:
    """The superior approved loss and penalties (R4-45)."""
    approve_determination(case, sheet_of(case), by=_actor(entry), at=entry.at)


@reacts_to("case.closed")
def track_improvement(entry: Entry, case: Case) -> None:
    """A tracked improvement becomes a project of its own (R4-41)."""
    if case.kind == "quality_complaint":
        improvements.open_project(case, by=_actor(entry), at=entry.at)


@reacts_to("improvement_project.filed", "improvement_action.filed")
def follow_improvement(entry: Entry, sheet: Sheet) -> None:
    """A plan was filed: it is followed up from now on (R4-11, R4-17)."""
    improvements.follow(sheet, by=_actor(entry), at=entry.at)


@reacts_to("improvement_project.answered", "improvement_action.answered")
def advance_improvement(entry: Entry, sheet: Sheet) -> None:
    """The owner reported, or the effect was confirmed, or found wanting (R4-11, R4-17)."""
    improvements.advance(sheet, entry.data["section"], by=_actor(entry), at=entry.at)


@reacts_to("third_party.filed")
def open_claim(entry: Entry, sheet: Sheet) -> None:
    """Another company is liable: the office handles it jointly (R4-56)."""
    claims.open_claim(sheet, by=_actor(entry), at=entry.at)


@reacts_to("joint_opinion.answered")
def take_opinion(entry: Entry, sheet: Sheet) -> None:
    """A unit invited has given its opinion (R4-56)."""
    claims.take_opinion(sheet, at=entry.at)


@reacts_to("third_party.answered")
def settle_claim(entry: Entry, sheet: Sheet) -> None:
    """The office has recorded what came of the claim (R4-56)."""
    claims.settle_claim(sheet, by=_actor(entry), at=entry.at)
