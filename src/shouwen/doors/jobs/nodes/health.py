"""How one node is: for a balancer that asks every few seconds, and for whoever is called."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Min, QuerySet

from shouwen.doors.jobs.models import Worker, newest_beat
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Mail
from shouwen.engines.search.models import SearchWaiting
from shouwen.ground.journal.models import Entry, Seal
from shouwen.work.mail.models import Outgoing, RawMail, State

TOO_OLD = timedelta(minutes=10)
"""A row that waits longer says that its sweep stands still."""
SILENT = timedelta(seconds=60)
"""A worker without a sign of life for so long is dead."""
TOO_MANY = 10_000
"""So many facts outside the chain, or records outside the index, are not worked off any more."""


@dataclass(frozen=True)
class Health:
    """`ok`, and under each name what was found."""

    ok: bool
    found: dict[str, object] = field(default_factory=dict)


def ready() -> Health:
    """Whether this node can serve: its database answers and has the tables of this version.

    A database that a newer version prepared already is good: nodes are renewed one by one.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        tables = _has_tables()
    except DatabaseError as error:
        return Health(False, {"database": type(error).__name__})
    return Health(tables, {"database": "ok", "tables": "ok" if tables else "behind"})


def working(now: datetime) -> Health:
    """Whether what waits is worked off, by whichever machine: one answer for all nodes.

    `oldest` are seconds; `waiting` are numbers of rows that bear no moment of their own.
    """
    try:
        ages = {name: _age(oldest(now), now) for name, oldest in QUEUES.items()}
        heaps = {name: rows()[:TOO_MANY].count() for name, rows in HEAPS.items()}
        beat = newest_beat()
    except DatabaseError as error:
        return Health(False, {"database": type(error).__name__})
    alive = beat is not None and beat >= now - SILENT
    late = any(age > TOO_OLD.total_seconds() for age in ages.values())
    high = any(count >= TOO_MANY for count in heaps.values())
    found: dict[str, object] = {"oldest": ages, "waiting": heaps}
    found["workers"] = "ok" if alive else "silent"
    return Health(alive and not late and not high, found)


def worker_here(now: datetime) -> Health:
    """Whether a worker of this very machine gave a sign of life."""
    mine = Worker.objects.filter(name__startswith=f"{socket.gethostname()}:")
    try:
        alive = mine.filter(beat_at__gte=now - SILENT).exists()
    except DatabaseError as error:
        return Health(False, {"database": type(error).__name__})
    return Health(alive, {"worker": "ok" if alive else "silent"})


_known: set[str] = set()
"""Databases that were seen to have the tables: a version's own never go away again."""


def _has_tables() -> bool:
    name = str(connection.settings_dict["NAME"])
    if name not in _known:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _known.add(name)
    return True


def _age(moment: datetime | None, now: datetime) -> int:
    """Seconds that the oldest row waits; 0 when none does."""
    return max(0, int((now - moment).total_seconds())) if moment else 0


def _oldest(rows: QuerySet[Any], moment: str, now: datetime) -> datetime | None:
    """Since when the first of these rows could have been worked off."""
    found: datetime | None = rows.filter(**{f"{moment}__lte": now}).aggregate(at=Min(moment))["at"]
    return found


def _facts() -> QuerySet[Entry]:
    """After the chain's end. Counted, for a fact may bear a moment long ago."""
    newest = Seal.objects.order_by("-id").values_list("entry_id", flat=True).first() or 0
    return Entry.objects.filter(pk__gt=newest)


def _unindexed() -> QuerySet[SearchWaiting]:
    return SearchWaiting.objects.filter(not_before__isnull=True)


UNSENT = {"sent_at__isnull": True, "given_up_at__isnull": True}
QUEUES: dict[str, Callable[[datetime], datetime | None]] = {
    "letters": lambda now: _oldest(Mail.objects.filter(**UNSENT), "after", now),
    "answers": lambda now: _oldest(Outgoing.objects.filter(**UNSENT), "after", now),
    "incoming": lambda now: _oldest(RawMail.objects.filter(state=State.STORED), "after", now),
    "dues": lambda now: _oldest(Due.objects.open(), "next_wake_at", now),
}
HEAPS: dict[str, Callable[[], QuerySet[Any]]] = {"facts": _facts, "search": _unindexed}
