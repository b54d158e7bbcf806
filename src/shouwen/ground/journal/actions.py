"""Record a fact, and let the upper storeys react to it in the same transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction

from shouwen.ground.foundation import clock

from .models import Entry

ANY = "*"
Reaction = Callable[[Entry, Any], None]
_reactions: dict[str, list[Reaction]] = {}


class Actor(Protocol):
    """Whoever acts: a person of the company."""

    pk: Any


def kind_of(record: models.Model) -> str:
    """The short name under which facts speak of a record: `case`, `sheet`, `customer`."""
    return str(record._meta.model_name)


def reacts_to(*events: str) -> Callable[[Reaction], Reaction]:
    """Register `reaction(entry, subject)`; it runs inside `record`, so it fails with its act."""

    def register(reaction: Reaction) -> Reaction:
        for event in events:
            _reactions.setdefault(event, []).append(reaction)
        return reaction

    return register


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
    with transaction.atomic():
        entry = Entry.objects.create(
            at=at or clock.now(),
            event=event,
            subject_kind=kind_of(subject),
            subject_id=subject.pk,
            matter_kind=kind_of(about),
            matter_id=about.pk,
            actor_id=by.pk if by else None,
            data=data,
        )
        for reaction in [*_reactions.get(event, ()), *_reactions.get(ANY, ())]:
            reaction(entry, subject)
    return entry


def reaction_table() -> list[tuple[str, str]]:
    """Every (event, reaction) pair, for the documents and for `make reactions`."""
    return sorted(
        (event, f"{reaction.__module__}.{reaction.__qualname__}")
        for event, reactions in _reactions.items()
        for reaction in reactions
    )
