"""What the upper storeys know about their records, for clauses that depend on it.

`register("case", Case.objects, told)` where `told(case)` gives what holds of the record now:
`region`, `division` (id), `title` (what the matter is called: text, or `{zh, en}`), `link`, and
persons and units by the names that clauses use for owners: `person`, `handler`,
`first_contact_owner` (ids, or a role where it is nobody's yet), `unit` (id).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Manager, Model, QuerySet

from shouwen.ground.journal.actions import kind_of
from shouwen.ground.journal.models import Entry

Record = TypeVar("Record", bound=Model)
Told = Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True)
class Resolver:
    """Where records of a kind are found, and what holds of one."""

    records: Manager[Any] | QuerySet[Any]
    told: Told

    def find(self, record_id: int) -> Mapping[str, Any]:
        """What holds of a record, in one query; nothing when it is gone."""
        one = self.records.filter(pk=record_id).first()
        return self.told(one) if one else {}


_resolvers: dict[str, Resolver] = {}


def register(
    kind: str,
    records: Manager[Record] | QuerySet[Record],
    told: Callable[[Record], Mapping[str, Any]],
) -> None:
    """Tell where a kind of record is found, in one query, and what holds of one."""

    _resolvers[kind] = Resolver(records, told)


def facts_of(kind: str, record_id: int) -> dict[str, Any]:
    """What is known of a record; empty when it is gone or nobody registered its kind."""
    resolver = _resolvers.get(kind)
    return dict(resolver.find(record_id)) if resolver else {}


def facts_at(entry: Entry, subject: Model) -> dict[str, Any]:
    """What is known of the matter of a fact; nothing is read where it is about the matter itself.

    A verb records its fact with the record it has just written, so that one is the newest.
    """
    matter = (entry.matter_kind, entry.matter_id)
    resolver = _resolvers.get(entry.matter_kind)
    if resolver and matter == (kind_of(subject), subject.pk):
        return dict(resolver.told(subject))
    return facts_of(*matter)
