"""Record a fact, and let the upper storeys react to it in the same transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, Protocol

from django.db import models, transaction

from shouwen.ground.foundation import clock, writing

from .models import Entry

ANY = "*"
Reaction = Callable[[Entry, Any], None]
Together = Callable[[Sequence[tuple[Entry, Any]]], None]
"""What is done about all facts of one event that are recorded at once, each with its subject."""
_reactions: dict[str, list[Together]] = {}


class Actor(Protocol):
    """Whoever acts: a person of the company."""

    pk: Any


def kind_of(record: models.Model) -> str:
    """The short name under which facts speak of a record: `case`, `sheet`, `customer`."""
    return str(record._meta.model_name)


def reacts_to(*events: str) -> Callable[[Reaction], Reaction]:
    """Register `reaction(entry, subject)`; it runs inside `record`, so it fails with its act."""

    def register(reaction: Reaction) -> Reaction:
        reacts_together_to(*events)(one_by_one(reaction))
        return reaction

    return register


def reacts_together_to(*events: str) -> Callable[[Together], Together]:
    """Register `reaction(pairs)` for facts that come in hundreds: it is called once for them all.

    The pairs are (entry, subject), in the order in which they were recorded.
    """

    def register(reaction: Together) -> Together:
        for event in events:
            _reactions.setdefault(event, []).append(reaction)
        return reaction

    return register


def one_by_one(reaction: Reaction) -> Together:
    """A reaction to one fact, as one to many."""

    @wraps(reaction)
    def each(pairs: Sequence[tuple[Entry, Any]]) -> None:
        for entry, subject in pairs:
            reaction(entry, subject)

    return each


def record(
    event: str,
    subject: models.Model,
    *,
    by: Actor | None,
    at: datetime | None = None,
    matter: models.Model | None = None,
    **data: Any,
) -> Entry:
    """Append one fact in the caller's transaction. `by=None` is the system itself.

    `data` must be JSON: text, numbers, lists; dates as ISO text, money in cents.
    """
    about = matter if matter is not None else subject
    with transaction.atomic(savepoint=False):
        entry = writing.insert(
            Entry(
                at=at or clock.now(),
                event=event,
                subject_kind=kind_of(subject),
                subject_id=subject.pk,
                matter_kind=kind_of(about),
                matter_id=about.pk,
                actor_id=by.pk if by else None,
                division_id=_division(data, about, subject),
                data=data,
            )
        )
        _react(event, [(entry, subject)])
    return entry


@dataclass(frozen=True)
class Fact:
    """What one of many facts is about; `matter` is (kind, id), the subject's own if left out."""

    subject: models.Model
    matter: tuple[str, int] | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record_all(
    event: str, facts: Iterable[Fact], *, by: Actor | None, at: datetime | None = None
) -> list[Entry]:
    """Append many facts of one event: one statement, then the reactions to each."""
    at, facts = at or clock.now(), list(facts)
    entries = [_entry(event, fact, by, at) for fact in facts]
    pairs = [(entry, fact.subject) for fact, entry in zip(facts, entries, strict=True)]
    with transaction.atomic(savepoint=False):
        writing.insert_all(entries)
        _react(event, pairs)
    return entries


def _react(event: str, pairs: Sequence[tuple[Entry, Any]]) -> None:
    for reaction in [*_reactions.get(event, ()), *_reactions.get(ANY, ())]:
        reaction(pairs)


def _entry(event: str, fact: Fact, by: Actor | None, at: datetime) -> Entry:
    own = (kind_of(fact.subject), fact.subject.pk)
    matter_kind, matter_id = fact.matter or own
    return Entry(
        at=at,
        event=event,
        subject_kind=own[0],
        subject_id=own[1],
        matter_kind=matter_kind,
        matter_id=matter_id,
        actor_id=by.pk if by else None,
        division_id=_division(fact.data, fact.subject),
        data=fact.data,
    )


def _division(data: dict[str, Any], *records: models.Model) -> int | None:
    """The division that the fact names, else that of the first of these records that has one."""
    found = (data.get("division"), *(getattr(one, "division_id", None) for one in records))
    return next((division for division in found if isinstance(division, int)), None)


def reaction_table() -> list[tuple[str, str]]:
    """Every (event, reaction) pair, for the documents and for `make reactions`."""
    return sorted(
        (event, f"{reaction.__module__}.{reaction.__qualname__}")
        for event, reactions in _reactions.items()
        for reaction in reactions
    )
