"""The hash chain over the journal: sealed in batches by a worker, verified from the first link.

Writers never wait for the chain. A fact is sealed within a second or two of its commit; facts that
commit late are sealed late, in the order in which the sealer sees them, which the chain then fixes.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from shouwen.ground.foundation.refusal import N_

from .models import Entry, Seal

GENESIS = "0" * 64
BATCH = 1000
LOOK_BACK = 2_000
"""How far below the newest seal a late commit is sought every second; see `seal`."""


@dataclass(frozen=True)
class Fault:
    """What is wrong (a message id), and at which link."""

    seal_id: int
    entry_id: int
    what: str


def link(previous: str, entry: Entry) -> str:
    """The hash of one link; every column counts."""
    told = [
        entry.pk,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.event,
        entry.subject_kind,
        entry.subject_id,
        entry.matter_kind,
        entry.matter_id,
        entry.actor_id,
        entry.data,
    ]
    if entry.division_id is not None:  # facts sealed before there was such a column had none
        told.append(entry.division_id)
    body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def seal(look_back: int | None = LOOK_BACK) -> int:
    """Seal up to a batch of what is committed and not sealed; returns how many.

    Safe with several sealers. `look_back=None` seeks late commits in the whole journal, which
    costs reading all of it.
    """
    if not _waiting(Seal.objects.order_by("-id").first(), look_back).exists():
        return 0  # without taking the write lock
    try:
        with transaction.atomic():
            _one_sealer_only()
            return _seal_batch(look_back)
    except IntegrityError:  # another sealer was first; its work stands
        return 0


def seal_all(look_back: int | None = LOOK_BACK) -> int:
    """Seal batch after batch until nothing waits; returns how many."""
    total = 0
    while sealed := seal(look_back):
        total += sealed
    return total


def _waiting(newest: Seal | None, look_back: int | None) -> QuerySet[Entry]:
    waiting = Entry.objects.filter(seal__isnull=True)
    if newest and look_back is not None:
        waiting = waiting.filter(id__gt=newest.entry_id - look_back)
    return waiting


def _one_sealer_only() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(711601)")


def _seal_batch(look_back: int | None) -> int:
    newest = Seal.objects.order_by("-id").first()
    previous, number = (newest.hash, newest.pk) if newest else (GENESIS, 0)
    links = []
    for entry in _waiting(newest, look_back).order_by("id")[:BATCH]:
        previous, number = link(previous, entry), number + 1
        links.append(Seal(pk=number, entry_id=entry.pk, hash=previous))
    Seal.objects.bulk_create(links)
    return len(links)


def verify() -> Iterator[Fault]:
    """Walk the chain from its first link; yields every fault. Cost: each entry read once."""
    previous, expected = GENESIS, 1
    for found, entry in _links():
        if found.pk != expected:
            yield Fault(found.pk, found.entry_id, N_("前面缺了若干环"))
        expected = found.pk + 1
        if entry is None:
            yield Fault(found.pk, found.entry_id, N_("这条记录被删去"))
        elif link(previous, entry) != found.hash:
            yield Fault(found.pk, found.entry_id, N_("这条记录或这一环被改动"))
        previous = found.hash


def count_waiting(before: datetime, look_back: int | None = None) -> int:
    """Facts recorded before a moment and still outside the chain; by default of all there are."""
    newest = Seal.objects.order_by("-id").first()
    return _waiting(newest, look_back).filter(at__lt=before).count()


def _links() -> Iterator[tuple[Seal, Entry | None]]:
    """Seals in order, each with its entry; two queries for every batch."""
    after = 0
    while batch := list(Seal.objects.filter(id__gt=after).order_by("id")[:BATCH]):
        entries = Entry.objects.in_bulk([found.entry_id for found in batch])
        yield from ((found, entries.get(found.entry_id)) for found in batch)
        after = batch[-1].pk
