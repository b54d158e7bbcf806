"""Say that a record changed; a worker brings the index up to date within a second or so."""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import models, transaction
from django.db.models import Q

from shouwen.ground.foundation import clock, writing
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.waiting import announce

from . import index, rules
from .models import SearchDoc, SearchWaiting
from .queries import find

__all__ = ["Text", "find", "index_waiting", "rebuild", "register", "touch", "touch_id"]

log = logging.getLogger(__name__)
RETRY = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))


@dataclass(frozen=True)
class Text:
    """The words of one record. `names` are found by pinyin too; numbers need no mark.

    `division` is its id, None when everybody may find it; `at` is when it happened.
    """

    object_id: int
    title: str
    at: datetime
    division: int | None = None
    body: str = ""
    names: tuple[str, ...] = ()


Key = tuple[str, int]
Builder = Callable[[Collection[int]], Iterable[Text]]
_builders: dict[str, Builder] = {}


def register(kind: str, builder: Builder) -> None:
    """Tell how records of a kind are found: `builder(ids)` gives the `Text` of those that exist.

    It gets some hundred ids at once, so that it can read them in one query. An id it leaves out is
    forgotten by the index.
    """
    _builders[kind] = builder


def touch(record: models.Model) -> None:
    """The record's words changed, or it is gone: one row in the caller's transaction."""
    touch_id(kind_of(record), record.pk)


def touch_id(kind: str, object_id: int) -> None:
    """The same without the record at hand."""
    if kind not in _builders:
        raise LookupError(f"nobody registered how a {kind!r} is found")
    writing.insert(SearchWaiting(kind=kind, object_id=object_id))
    announce(SearchWaiting)


def index_waiting(limit: int = 500) -> int:
    """Index what waits, oldest first; returns how many rows were worked off. Any number of workers.

    Cost: some ten statements a batch, whatever its size.
    """
    with transaction.atomic():
        waiting = list(_claim(limit))
        if waiting:
            _work_off(waiting, clock.now())
    if waiting:
        index.merge()
    return len(waiting)


def rebuild() -> int:
    """Make the tokens of every document anew from the words that are kept; returns how many.

    Needed when `rules.tokens` changes, or when an index is lost.
    """
    count, after = 0, 0
    with transaction.atomic():
        index.forget_all()
        docs = SearchDoc.objects.filter(indexed=True).order_by("id")
        while batch := list(docs.filter(id__gt=after)[:500]):
            index.write([index.Change(doc, None, _tokens(doc)) for doc in batch])
            count, after = count + len(batch), batch[-1].pk
    index.merge()
    return count


def _claim(limit: int) -> models.QuerySet[SearchWaiting]:
    """Rows of nobody else; on SQLite the transaction itself is the only writer."""
    ready = Q(not_before__isnull=True) | Q(not_before__lte=clock.now())
    waiting = SearchWaiting.objects.filter(ready).order_by("id")
    return waiting.select_for_update(skip_locked=True)[:limit]


def _work_off(waiting: list[SearchWaiting], now: datetime) -> None:
    """The documents are locked before the records are read: who comes later reads newer words."""
    docs = _lock(sorted({(row.kind, row.object_id) for row in waiting}))
    broken: set[Key] = set()
    changes = []
    for kind, keys in groupby(docs, key=lambda key: key[0]):
        texts = _build(kind, [object_id for _kind, object_id in keys], broken)
        for key in (key for key in docs if key[0] == kind and key not in broken):
            changes.append(_change(docs[key], texts.get(key[1]), now))
    index.write(changes)
    _finish(waiting, broken, now)


def _lock(keys: list[Key]) -> dict[Key, SearchDoc]:
    """Reserve and lock the document of every record, always in the same order."""
    found: dict[Key, SearchDoc] = {}
    while missing := [key for key in keys if key not in found]:
        SearchDoc.objects.bulk_create(
            [SearchDoc(kind=kind, object_id=pk, at=clock.now()) for kind, pk in missing],
            ignore_conflicts=True,
        )
        for kind, group in groupby(missing, key=lambda key: key[0]):
            ids = [object_id for _kind, object_id in group]
            docs = SearchDoc.objects.filter(kind=kind, object_id__in=ids).order_by("object_id")
            found |= {(kind, doc.object_id): doc for doc in docs.select_for_update()}
    return {key: found[key] for key in keys}


def _build(kind: str, ids: list[int], broken: set[Key]) -> dict[int, Text]:
    """The words of the records; where the batch fails, one by one, so that only the broken wait."""
    try:
        with transaction.atomic():
            return {text.object_id: text for text in _builders[kind](ids)}
    except Exception:
        if len(ids) > 1:
            parts = (_build(kind, [object_id], broken) for object_id in ids)
            return {pk: text for part in parts for pk, text in part.items()}
        log.exception("no words for %s %s", kind, ids[0])
        broken.add((kind, ids[0]))
        return {}


def _change(doc: SearchDoc, text: Text | None, now: datetime) -> index.Change:
    old = _tokens(doc) if doc.indexed else None
    if text is None:
        return index.Change(doc, old, None)
    doc.division, doc.title, doc.body = text.division, text.title[:300], text.body
    doc.names, doc.at = "\n".join(text.names), min(text.at, now)
    return index.Change(doc, old, _tokens(doc))


def _tokens(doc: SearchDoc) -> rules.Tokens:
    names = doc.names.split("\n") if doc.names else []
    return rules.tokens(doc.title, doc.body, names, doc.kind, clock.day_of(doc.at))


def _finish(waiting: list[SearchWaiting], broken: set[Key], now: datetime) -> None:
    failed = [row for row in waiting if (row.kind, row.object_id) in broken]
    SearchWaiting.objects.filter(pk__in={row.pk for row in waiting}).exclude(
        pk__in=[row.pk for row in failed]
    ).delete()
    for row in failed:
        row.not_before = now + RETRY[min(row.attempts, len(RETRY) - 1)]
        row.attempts += 1
        row.save(update_fields=["attempts", "not_before"])
