"""A record is entered, changes its class, or leaves: said by the primitive that owns it."""

from datetime import datetime

from shouwen.engines.dues import actions
from shouwen.engines.dues.models import Beat, Due, Rhythm
from shouwen.ground.policy import queries as policy

from . import following


def follow(kind: str, pk: int, division: int, *, at: datetime) -> None:
    """A record was entered, came back, or changed its class; it keeps what it was last told.

    Its turn is reckoned from there by its class of today; a new one begins `at`.
    """
    followers = following.followers_of(kind)
    facts = followers.facts([pk]) if followers else {}
    if pk not in facts:
        leave(kind, pk, at=at)
        return
    beats = Beat.objects.filter(rhythm__kind=kind, subject_id=pk)
    known = dict(beats.values_list("rhythm", "last_at"))
    for rhythm in Rhythm.objects.filter(kind=kind, division_id=division):
        word = following.class_word(policy.clause(rhythm.clause, kind="duty"))
        following.write(rhythm, word, facts, {pk: known.get(rhythm.pk, at)})


def leave(kind: str, pk: int, *, at: datetime) -> None:
    """The record counts no longer: its turn never comes, and what was asked is taken back."""
    beats = Beat.objects.filter(rhythm__kind=kind, subject_id=pk, active=True)
    asked = list(beats.exclude(asked_at=None).values_list("rhythm__clause", flat=True))
    beats.update(active=False, asked_at=None)
    dues = Due.objects.open().filter(subject_kind=kind, subject_id=pk, clause__in=asked)
    for due in dues if asked else ():
        actions.cancel(due, at=at)
        # The key is free again: a record that comes back is asked for the same turn.
        Due.objects.filter(pk=due.pk).update(key=f"{due.key}:left:{due.pk}")
