"""What a paper on its way lets whom write: only its stage's section, only by who is asked there."""

from datetime import datetime

from shouwen.engines.documents import access as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import queries
from .circumstances import Circumstances, hats_of
from .definitions import DECIDER
from .models import Run
from .rules import hat_for


@documents.register_guard
def why_closed(sheet: Sheet, place: str, by: Person, at: datetime) -> list[Reason]:
    """Why a section of a travelling paper is closed to somebody now."""
    run = _run_with(sheet)
    return queries.why_not_work(run, place, by, at) if run else []


@documents.register_decider
def decider(sheet: Sheet, place: str, by: Person, at: datetime) -> Person | None:
    """In whose name somebody decides here, by the authority table; None when he may not."""
    run = _run_with(sheet)
    if run is None:
        return None
    c = Circumstances(run, at)
    for stage in c.flow.stages:
        if stage.section == place and stage.by == DECIDER:
            hat = hat_for(c.need(stage), hats_of(by, run.division_id, at))
            return org.person(hat.name) if hat else None
    return None


def _run_with(sheet: Sheet) -> Run | None:
    """The run in which this paper travels."""
    about: set[tuple[str, int | None]] = {("sheet", sheet.pk), (sheet.matter_kind, sheet.matter_id)}
    for kind, pk in sorted((kind, pk) for kind, pk in about if pk):
        run = Run.objects.filter(subject_kind=kind, subject_id=pk).first()
        if run and Circumstances(run).flow.form == sheet.form:
            return run
    return None
