"""A fact that keeps a clause moves the record's turn and settles its due."""

from datetime import datetime

from django.db.models import QuerySet

from shouwen.engines.dues import actions
from shouwen.engines.dues.models import Beat, Due
from shouwen.engines.dues.tied import clauses, deadlines
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import rules


def renew(entry: Entry) -> None:
    """Move the turns that this fact keeps; one that is told later counts from when it was.

    A fact so old that the turn has come again settles nothing.
    """
    for clause in policy.in_force("duty", clock.day_of(entry.at)):
        if not clauses.is_rhythm(clause) or entry.event not in clause.spec.stops:
            continue
        subject = _subject(clause.spec.each, entry)
        if subject is not None and deadlines.says(clause.spec.match, entry):
            _renew(clause, subject, deadlines.start_of(entry), entry)


def _subject(kind: str, entry: Entry) -> int | None:
    """The record whose turn it is: whose timeline has the fact, or whom the fact names."""
    if entry.matter_kind == kind:
        return entry.matter_id
    if entry.subject_kind == kind:
        return entry.subject_id
    named = entry.data.get(kind)
    return int(named) if isinstance(named, int) else None


def _renew(clause: Clause, subject: int, moment: datetime, entry: Entry) -> None:
    for beat in _beats(clause.id, clause.spec.each, subject):
        beat.last_at = max(beat.last_at, moment)
        beat.next_at = rules.next_turn(beat.rhythm.figures, beat.segment, beat.last_at)
        if beat.next_at is None or beat.next_at > entry.at:
            beat.asked_at = None
            _settle(clause, subject, entry)
        beat.save(update_fields=["last_at", "next_at", "asked_at"])


@prepared
def _beats(clause: str, kind: str, subject: int) -> QuerySet[Beat]:
    found = Beat.objects.select_related("rhythm")
    return found.filter(rhythm__clause=clause, rhythm__kind=kind, subject_id=subject)


def _settle(clause: Clause, subject: int, entry: Entry) -> None:
    dues = Due.objects.open().filter(
        clause=clause.id, subject_kind=clause.spec.each, subject_id=subject
    )
    by = org.person(entry.actor_id) if entry.actor_id else None
    found = list(dues)
    if found:
        actions.settle_these(found, by=by, at=entry.at, entry=entry.pk)
