"""Find documents, newest first."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.prepared import prepared

from . import index, rules
from .models import SearchDoc, SearchWaiting

Place = tuple[datetime, int]
"""Where a page ended: `(doc.at, doc.pk)` of its last hit."""
SENTENCE = 300
"""Characters of a question that are looked at."""
NEAREST = 200
"""Documents that are compared with a sentence, the newest of those that share anything."""


def find(
    words: str,
    *,
    kinds: Collection[str] | None = None,
    divisions: Collection[int] | None = None,
    limit: int = 25,
    before: Place | SearchDoc | None = None,
) -> list[SearchDoc]:
    """The newest documents that hold all the words; None for kinds or divisions means any.

    A common word is found in the newest months, so that its cost does not grow with the years; a
    rare one is sought further back. At most three statements.
    """
    terms = rules.ask(words)
    if not terms or limit <= 0 or kinds == []:
        return []
    end = (before.at, before.pk) if isinstance(before, SearchDoc) else before
    among = [[rules.kind_token(kind) for kind in kinds]] if kinds else []
    found: list[SearchDoc] = []
    for window in _windows(clock.day_of(end[0]) if end else clock.today()):
        asked = index.question(terms, [*among, *window])
        seen = None if divisions is None else tuple(divisions)
        found = _newest(asked, *(end or ()), divisions=seen, before=bool(end), limit=limit)
        if len(found) == limit:
            break
    return found


@prepared
def _newest(
    asked: str, *end: Any, divisions: tuple[int, ...] | None, before: bool, limit: int
) -> QuerySet[SearchDoc]:
    place = (end[0], end[1]) if before else None
    return _allowed(divisions, place).filter(index.matches(asked))[:limit]


def akin(
    words: str,
    *,
    kinds: Collection[str],
    divisions: Collection[int] | None = None,
    limit: int = 5,
) -> list[SearchDoc]:
    """Documents that share most with a whole sentence, the nearest first. One statement.

    Where `find` wants every word, here any two characters in a row that both have count; a third
    of the sentence, or of the title if that is shorter, has to be shared. Meant for kinds with
    some hundreds of documents.
    """
    asked = rules.pairs(words[:SENTENCE])
    if not asked or limit <= 0:
        return []
    among = [[rules.kind_token(kind) for kind in kinds], sorted(asked)]
    docs = _allowed(divisions, None).filter(index.matches(index.question([], among)))[:NEAREST]
    ranked = [(_nearness(asked, doc), doc) for doc in docs]
    near = sorted((one for one in ranked if one[0]), key=lambda one: -one[0])
    return [doc for _shared, doc in near[:limit]]


def _nearness(asked: frozenset[str], doc: SearchDoc) -> int:
    """How much is shared, the title counting double; 0 where it is too little to be the same."""
    title = rules.pairs(doc.title)
    in_title = len(asked & title)
    shared = len(asked & rules.pairs(f"{doc.title} {doc.body}"))
    is_near = in_title * 3 >= min(len(asked), len(title)) > 0 or shared * 3 >= len(asked)
    return in_title + shared if is_near else 0


def _allowed(divisions: Collection[int] | None, end: Place | None) -> QuerySet[SearchDoc]:
    docs = SearchDoc.objects.order_by("-at", "-id")
    if divisions is not None:
        docs = docs.filter(Q(division__in=divisions) | Q(division__isnull=True))
    if end is not None:
        docs = docs.filter(Q(at__lt=end[0]) | Q(at=end[0], id__lt=end[1]))
    return docs


def _windows(day: date) -> Iterator[Sequence[Sequence[str]]]:
    """Groups of tokens, one of which a document must hold: two months, two years, all time."""
    last_month = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
    yield [[rules.month_token(day), rules.month_token(last_month)]]
    yield [[rules.year_token(day), rules.year_token(date(day.year - 1, 1, 1))]]
    yield []


def waiting() -> tuple[int, int]:
    """How many records wait for the index, and how many of them failed to be read."""
    rows = SearchWaiting.objects
    return rows.count(), rows.filter(attempts__gt=0).count()
