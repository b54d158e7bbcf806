"""What the upper storeys know about their records, for clauses that depend on it.

`register("case", fn)` where `fn(id)` gives what holds of the record now: `region`, `division` (id),
`title` (what the matter is called: text, or `{zh, en}`), `link`, and persons and units by the names
that clauses use for owners: `person`, `handler`, `first_contact_owner` (ids), `unit` (id).
"""

from collections.abc import Callable, Mapping
from typing import Any

Resolver = Callable[[int], Mapping[str, Any] | None]
_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver) -> None:
    """Tell how the facts of a kind of record are found; at most one query."""
    _resolvers[kind] = resolver


def facts_of(kind: str, record_id: int) -> dict[str, Any]:
    """What is known of a record; empty when nobody registered its kind."""
    resolver = _resolvers.get(kind)
    return dict((resolver(record_id) if resolver else None) or {})
