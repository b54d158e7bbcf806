"""The facts of the dues: every event is written here, with what each of them always carries."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from shouwen.ground.journal.actions import Actor, Fact, record_all

from .models import Due

More = Callable[[Due], Mapping[str, Any]]


def record(
    event: str,
    dues: Iterable[Due],
    *,
    by: Actor | None,
    at: datetime,
    more: More = lambda due: {},
) -> None:
    """One fact for each due, in one statement."""
    facts = [Fact(due, due.matter, {**_always(due), **more(due)}) for due in dues]
    if facts:
        record_all(event, facts, by=by, at=at)


def _always(due: Due) -> dict[str, Any]:
    """Enough for statistics without reading the due again; what it is called is in its opening."""
    return {
        "kind": due.kind,
        "clause": due.clause,
        "division": due.division_id,
        "unit": due.unit_id,
        "role": due.role,
        "person": due.person_id,
        "period": due.period,
        "due_at": due.due_at.isoformat() if due.due_at else None,
    }
