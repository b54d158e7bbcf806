"""What the upper storeys know about their records, for clauses that depend on it.

`register("case", Case.objects, told)` where `told(case)` gives what holds of the record now:
`region`, `division` (id), `title` (what the matter is called: text, or `{zh, en}`), `link`, and
persons and units by the names that clauses use for owners: `person`, `handler`,
`first_contact_owner` (ids), `unit` (id).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet

Record = TypeVar("Record", bound=Model)
Resolver = Callable[[int], Mapping[str, Any] | None]
_resolvers: dict[str, Resolver] = {}


def register(
    kind: str,
    records: Manager[Record] | QuerySet[Record],
    told: Callable[[Record], Mapping[str, Any]],
) -> None:
    """Tell where a kind of record is found, in one query, and what holds of one."""

    def resolve(record_id: int) -> Mapping[str, Any] | None:
        one = records.filter(pk=record_id).first()
        return told(one) if one else None

    _resolvers[kind] = resolve


def facts_of(kind: str, record_id: int) -> dict[str, Any]:
    """What is known of a record; empty when it is gone or nobody registered its kind."""
    resolver = _resolvers.get(kind)
    return dict((resolver(record_id) if resolver else None) or {})
