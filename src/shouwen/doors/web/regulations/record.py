"""What the journal shows of each clause in one month: kept, due, broken."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zlib import crc32

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

MISSED = "due.missed"
KEPT_SECONDS = 20
"""The counts of a month may be this old: a page of a hundred clauses asks once."""


@dataclass(frozen=True)
class Month:
    """A calendar month of the company."""

    first: date

    @classmethod
    def of(cls, text: str) -> "Month":
        """`2026-03`, or the running month for anything else."""
        try:
            return cls(datetime.strptime(text, "%Y-%m").date())  # noqa: DTZ007 - a day, no moment
        except ValueError:
            return cls(clock.today().replace(day=1))

    @property
    def next(self) -> "Month":
        """The month after."""
        return Month((self.first + timedelta(days=32)).replace(day=1))

    @property
    def previous(self) -> "Month":
        """The month before."""
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def is_running(self) -> bool:
        """Whether it is this month."""
        return self.first == clock.today().replace(day=1)

    @property
    def key(self) -> str:
        """As an address carries it."""
        return f"{self.first:%Y-%m}"

    @property
    def span(self) -> Q:
        """The facts of the month."""
        return Q(at__gte=clock.local(self.first), at__lt=clock.local(self.next.first))


@dataclass(frozen=True)
class Heap:
    """Facts of one month that look the same: whose, which event, and what narrows it."""

    division: int | None
    event: str
    form: str | None
    section: str | None
    clause: str | None
    count: int


class Record:
    """The counts of a month for many clauses, in one statement, over the divisions in sight."""

    def __init__(self, clauses: Iterable[Clause], month: Month, divisions: Collection[int]) -> None:
        self.month = month
        self.divisions = {None, *divisions}
        evidence = {event for clause in clauses for event in clause.evidence}
        self.events = sorted({*evidence, MISSED})

    @cached_property
    def _heaps(self) -> list[Heap]:
        key = f"record:{self.month.key}:{crc32(' '.join(self.events).encode())}"
        every = cache.get_or_set(key, self._count, KEPT_SECONDS) or ()
        return [heap for heap in every if heap.division in self.divisions]

    def _count(self) -> list[Heap]:
        found = Entry.objects.filter(self.month.span, event__one_of=self.events).order_by()
        clause = Coalesce(KT("data__under"), KT("data__clause"))  # under which it was reported
        parts = [KT("data__form"), KT("data__section"), clause]
        heaps = found.values_list("division_id", "event", *parts).annotate(n=Count("id"))
        return [Heap(*row) for row in heaps]

    def count(self, clause: Clause) -> int:
        """How many facts of the month show that a clause was at work."""
        return sum(heap.count for heap in self._heaps if shows(clause, heap))

    def broken(self, clause: Clause) -> int:
        """How many time limits of the clause were missed in the month."""
        missed = (heap for heap in self._heaps if heap.event == MISSED)
        return sum(heap.count for heap in missed if _is_under(clause, heap))


def open_dues(clauses: Collection[Clause], divisions: Collection[Unit]) -> dict[str, int]:
    """How many things are due under each clause in these divisions; one statement, or none."""
    if not clauses or not divisions:
        return {}
    counted = {clause.id: policy.counted_as(clause) for clause in clauses}
    wanted = frozenset().union(*counted.values())
    found = Due.objects.open().filter(division__in=divisions, clause__in=wanted)
    owed = dict(found.order_by().values_list("clause").annotate(n=Count("id")))
    return {key: sum(owed.get(one, 0) for one in ones) for key, ones in counted.items()}


def shows(clause: Clause, heap: Heap) -> bool:
    """Whether such facts are evidence of a clause: another form or section is none."""
    if heap.event not in clause.evidence:
        return False
    if heap.event.startswith("due.") and not _is_under(clause, heap):
        return False
    return all(
        not wanted or not found or wanted == found
        for wanted, found in zip(_narrowed(clause), (heap.form, heap.section), strict=True)
    )


def _is_under(clause: Clause, heap: Heap) -> bool:
    """Its own due; or that of a clause it is counted with, where its own regulation holds too."""
    if heap.clause == clause.id:
        return True
    return heap.clause in policy.counted_as(clause) and _binds(clause, heap.division)


def _binds(clause: Clause, division: int | None) -> bool:
    return division is not None and org.adopted(division, clause.regulation) is not None


def _narrowed(clause: Clause) -> tuple[Any, Any]:
    spec = clause.spec.model_dump() if clause.spec is not None else {}
    return spec.get("form"), spec.get("section")


def facts(clause: Clause, month: Month, divisions: Collection[int]) -> QuerySet[Entry]:
    """The facts behind the count, of the divisions the reader may look into; newest first."""
    chosen = Q(event__in=[event for event in clause.evidence if not event.startswith("due.")])
    for name, wanted in zip(("form", "section"), _narrowed(clause), strict=True):
        if wanted:
            chosen &= Q(**{f"data__{name}": wanted}) | Q(**{f"data__{name}__isnull": True})
    dues = [event for event in clause.evidence if event.startswith("due.")]
    bound = [one for one in divisions if _binds(clause, one)]
    kin = _under(policy.counted_as(clause)) & Q(division_id__in=bound)
    chosen |= Q(event__in=dues) & (_under({clause.id}) | kin)
    seen = Q(division_id__in=list(divisions)) | Q(division_id__isnull=True)
    return Entry.objects.filter(chosen, month.span, seen)


def _under(numbers: Collection[str]) -> Q:
    named = sorted(numbers)
    return Q(data__under__in=named) | Q(data__under__isnull=True, data__clause__in=named)
