"""Whose turn comes round: who follows a rhythm, in which class, and who left."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Max
from django.db.models.fields.json import KT

from shouwen.engines.dues.models import Beat, Rhythm
from shouwen.ground.journal.models import Entry
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import rules

Facts = Mapping[str, Any]
SLICE = 1000


@dataclass(frozen=True)
class Followers:
    """How an upper storey tells of its records: all ids of a division, and facts of some ids.

    The facts are those of a resolver (`title`, `link`, persons by name) and the classes by which
    companies set intervals: `segment`, `grade`. A record that no longer counts is left out.
    """

    members: Callable[[int], Iterable[int]]
    facts: Callable[[Collection[int]], Mapping[int, Facts]]


_followers: dict[str, Followers] = {}


def register(kind: str, followers: Followers) -> None:
    """Let clauses say `each: <kind>`."""
    _followers[kind] = followers


def followers_of(kind: str) -> Followers | None:
    """Who they are; None while no primitive owns such records."""
    return _followers.get(kind)


def class_word(clause: Clause) -> str:
    """By which fact of a record the clause's table picks the interval."""
    spec = policy.value_spec(clause.spec.value)
    return rules.class_word(column.key for column in spec.columns)


def enrol(rhythm: Rhythm, clause: Clause, at: datetime) -> None:
    """Give every record of the division its turn, once, when the rhythm begins.

    It counts from the last fact that kept the clause, else from when the record was entered.
    """
    followers = followers_of(rhythm.kind)
    if followers is None:
        return
    members = iter(followers.members(rhythm.division_id))
    while ids := list(islice(members, SLICE)):
        facts = followers.facts(ids)
        since = _since(rhythm.kind, ids, clause.spec.stops)
        write(rhythm, class_word(clause), facts, {pk: since.get(pk, at) for pk in facts})


def write(
    rhythm: Rhythm, word: str, facts: Mapping[int, Facts], last: Mapping[int, datetime]
) -> None:
    """Write the turns of some records: one statement; what is known is overwritten."""
    beats = []
    for pk, told in facts.items():
        segment = str(told.get(word) or "") if word else ""
        moment = rules.next_turn(rhythm.figures, segment, last[pk])
        beats.append(
            Beat(
                rhythm=rhythm, subject_id=pk, segment=segment, last_at=last[pk], next_at=moment
            )
        )  # fmt: skip
    Beat.objects.bulk_create(
        beats,
        update_conflicts=True,
        unique_fields=["rhythm", "subject_id"],
        update_fields=["segment", "last_at", "next_at", "active"],
    )


def _since(kind: str, ids: Collection[int], stops: Collection[str]) -> dict[int, datetime]:
    """When each was last kept, by facts on its timeline or facts that name it; else entered."""
    found: dict[int, datetime] = {}
    for pk, moment in _moments(kind, ids, stops):
        found[pk] = max(found.get(pk, moment), moment)
    missing = [pk for pk in ids if pk not in found]
    created = Entry.objects.filter(event=f"{kind}.created", matter_kind=kind, matter_id__in=missing)
    return found | dict(created.values_list("matter_id", "at"))


def _moments(
    kind: str, ids: Collection[int], stops: Collection[str]
) -> Iterator[tuple[int, datetime]]:
    facts = Entry.objects.filter(event__in=stops).order_by()
    own = facts.filter(matter_kind=kind, matter_id__in=ids).values("matter_id")
    yield from own.annotate(last=Max("at")).values_list("matter_id", "last")
    named = facts.exclude(matter_kind=kind).annotate(named=KT(f"data__{kind}"))
    told = named.filter(named__in=[str(pk) for pk in ids]).values("named")
    for pk, last in told.annotate(last=Max("at")).values_list("named", "last"):
        yield int(pk), last
