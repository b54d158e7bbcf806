"""What a paper on its way lets whom write: only its stage's section, only by who is asked there."""

from django.db.models import Q

from shouwen.engines.documents import access as documents
from shouwen.engines.documents.access import Hand
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import queries
from .circumstances import KNOWN, Circumstances, flow_of, hats_of
from .definitions import DECIDER
from .models import Run
from .rules import hat_for


@documents.register_guard
def why_closed(hand: Hand, place: str) -> list[Reason]:
    """Why a section of a travelling paper is closed to somebody now."""
    c = _circumstances(hand)
    return queries.why_closed(c, place, hand.by) if c else []


@documents.register_decider
def decider(hand: Hand, place: str) -> Person | None:
    """In whose name somebody decides here, by the authority table; None when he may not."""
    c = _circumstances(hand)
    if c is None:
        return None
    for stage in c.flow.stages:
        if stage.section == place and stage.by == DECIDER:
            hat = hat_for(c.need(stage), hats_of(hand.by, c.run.division_id, hand.at))
            return org.person(hat.name) if hat else None
    return None


def _circumstances(hand: Hand) -> Circumstances | None:
    """What is known of the run in which this paper travels; gathered once for an act."""
    if KNOWN not in hand.found:
        run = _run_with(hand.sheet)
        hand.found[KNOWN] = Circumstances(run, hand.at).on(hand.sheet) if run else None
    known: Circumstances | None = hand.found[KNOWN]
    return known.anew() if known else None


def _run_with(sheet: Sheet) -> Run | None:
    """The run in which this paper travels."""
    about = Q(subject_kind="sheet", subject_id=sheet.pk)
    if sheet.matter_id is not None:
        about |= Q(subject_kind=sheet.matter_kind, subject_id=sheet.matter_id)
    runs = Run.objects.filter(about).order_by("subject_kind", "id")
    return next((run for run in runs if flow_of(run).form == sheet.form), None)
