"""The only lists and counts of cases."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from shouwen.engines.dues.models import Due
from shouwen.engines.flows.models import Step
from shouwen.ground import bounded
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .access import visible
from .models import Case, Kind, Severity, State

VIEWS = ("open", "mine", "unit", "late", "soon", "closed", "all")
COUNTED = ("open", "mine", "unit", "late", "soon")
"""Views whose counts are shown."""
SERIOUS = Q(kind=Kind.COMPLAINT, severity=Severity.CRITICAL, state=State.OPEN)
"""Serious events under way, as their partial index has them."""


@dataclass(frozen=True)
class Filters:
    """What a list shows. Empty values do not filter; days are inclusive."""

    view: str = "open"
    kind: str = ""
    category: str = ""
    stage: str = ""
    region: str = ""
    severity: int | None = None
    outcome: str = ""
    method: str = ""
    cause_item: str = ""
    customer: int | None = None
    customer_grade: str = ""
    unit: int | None = None
    part: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    ids: tuple[int, ...] | None = None

    @property
    def by_due(self) -> bool:
        """Open cases are read by what is due first, the others newest first."""
        return self.view in ("open", "mine", "unit", "late", "soon")


def listed(person: Person, filters: Filters, at: datetime | None = None) -> QuerySet[Case]:
    """Every case the filters let through, in the order of the list."""
    found = visible(person).filter(_of_view(person, filters.view, at or clock.now()))
    return _narrowed(found, filters)


def on_top(person: Person, filters: Filters, at: datetime | None = None) -> QuerySet[Case]:
    """Serious events among what the filters let through: they stand on top of a list (R2-15)."""
    return listed(person, filters, at).filter(SERIOUS)


def serious_ones(person: Person, most: int = 200) -> set[int]:
    """The serious events under way in the divisions a person looks into, what is due first."""
    found = Case.objects.filter(SERIOUS, division__in=org.divisions_visible(person))
    return set(found.order_by("due_at", "id").values_list("pk", flat=True)[:most])


def serious_among(ids: Iterable[int]) -> set[int]:
    """Which of some matters are serious events under way; one statement, none for no matter."""
    wanted = list(ids)
    if not wanted:
        return set()
    found = Case.objects.filter(SERIOUS, pk__in=wanted)
    return set(found.values_list("pk", flat=True))


def of_division(division: int, filters: Filters, at: datetime) -> dict[str, Any]:
    """What a system asks for that was let into one division, as conditions with their values.

    Only for the views of no person; parts, ids and days are not asked for there.
    """
    return {"division_id": division, **_of_state(filters.view, at), **_exactly(filters)}


def _exactly(filters: Filters) -> dict[str, Any]:
    exact = {
        "kind": filters.kind,
        "category": filters.category,
        "stage": filters.stage,
        "region": filters.region,
        "severity": filters.severity,
        "outcome": filters.outcome,
        "method": filters.method,
        "cause_item": filters.cause_item,
        "customer_id": filters.customer,
        "customer__grade": filters.customer_grade,
        "unit_id": filters.unit,
    }
    return {key: value for key, value in exact.items() if value}


def _narrowed(found: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    found = found.filter(**_exactly(filters))
    if filters.opened_from:
        found = found.filter(opened_at__gte=clock.local(filters.opened_from))
    if filters.opened_to:
        found = found.filter(opened_at__lt=clock.end_of(filters.opened_to))
    if filters.part:
        found = found.filter(lines__part_number=filters.part).distinct()
    if filters.ids is not None:
        found = found.filter(pk__in=filters.ids)
    return found.order_by("due_at", "id") if filters.by_due else found.order_by("-id")


def _of_view(person: Person, view: str, now: datetime) -> Q:
    is_open = Q(state=State.OPEN)
    match view:
        case "mine":
            return is_open & (Q(first_owner=person) | Q(salesperson=person))
        case "unit":
            return is_open & Q(unit_id__in=org.units_of(person))
    return Q(**_of_state(view, now))


def _of_state(view: str, now: datetime) -> dict[str, Any]:
    is_open = {"state": State.OPEN}
    match view:
        case "late":
            return is_open | {"due_at__lt": now}
        case "soon":
            return is_open | {"due_at__gte": now, "due_at__lt": clock.end_of(clock.day_of(now))}
        case "closed":
            return {"state": State.CLOSED}
        case "all":
            return {}
    return is_open


def counts_by_stage(person: Person, kind: str = "quality_complaint") -> Counter[str]:
    """How many open cases stand at each stage; reads the open cases of the person's divisions."""
    stages = visible(person).filter(state=State.OPEN, kind=kind).values_list("stage", flat=True)
    return Counter(stages.order_by())


def counts_by_view(person: Person, at: datetime | None = None) -> dict[str, int]:
    """How many cases the views of open cases hold, `bounded.MOST` and one where there are more."""
    now = at or clock.now()
    seen = visible(person).filter(state=State.OPEN)
    wanted = {view: seen.filter(_of_view(person, view, now)) for view in COUNTED}
    # Two ranges of two indexes; joined by OR they would be sought among all cases there are.
    own = [Q(first_owner=person), Q(salesperson=person)]
    branches = [seen.filter(one).order_by("due_at", "id") for one in own]
    wanted["mine"] = seen.filter(pk__in=bounded.first_of_each(branches, bounded.MOST + 1))
    return bounded.counts(wanted)


def board(person: Person, limit: int, kind: str = "quality_complaint") -> list[Case]:
    """The `limit` open cases of each stage that are due first; one statement."""
    place = Window(RowNumber(), partition_by=F("stage"), order_by=[F("due_at"), F("id")])
    found = on_board(person, kind).annotate(place=place).filter(place__lte=limit)
    return list(found.select_related("customer", "unit", "salesperson"))


def on_board(person: Person, kind: str = "quality_complaint") -> QuerySet[Case]:
    """Every open case of the board, those due first on top."""
    return visible(person).filter(state=State.OPEN, kind=kind).order_by("due_at", "id")


def overdue(person: Person, at: datetime | None = None) -> QuerySet[Case]:
    """Open cases of which anything at all is late: the whole, a step, an answer (R4-14)."""
    now = at or clock.now()
    late = Due.objects.late(now).filter(matter_kind="case", matter_id=OuterRef("pk"))
    found = visible(person).filter(Exists(late), state=State.OPEN)
    return found.select_related("customer", "unit", "salesperson")


def steps_of(cases: Iterable[Case]) -> dict[int, list[Step]]:
    """The stays of some cases, oldest first, passed-over stages left out; one statement."""
    ids = [case.pk for case in cases]
    found: dict[int, list[Step]] = {pk: [] for pk in ids}
    steps = Step.objects.filter(run__subject_kind="case", run__subject_id__in=ids, skipped=False)
    for step in steps.select_related("run").order_by("id"):
        found[step.run.subject_id].append(step)
    return found


def similar_open(
    person: Person, customer_id: int, parts: Iterable[str] = (), limit: int = 5
) -> list[Case]:
    """Open matters of the same customer, those of the same part first."""
    wanted = {part for part in parts if part}
    found = list(
        visible(person)
        .filter(customer_id=customer_id, state=State.OPEN)
        .prefetch_related("lines")
        .order_by("-id")[:50]
    )
    found.sort(key=lambda case: not wanted & {line.part_number for line in case.lines.all()})
    return found[:limit]


def of_customer(person: Person, customer_id: int) -> QuerySet[Case]:
    """Every matter of a customer that a person may see."""
    return visible(person).filter(customer_id=customer_id)


def register(division_id: int, since: date, until: date) -> QuerySet[Case]:
    """The register 客户抱怨案件登记追踪表: complaints accepted in the days, in order."""
    return (
        Case.objects.filter(
            division_id=division_id,
            accepted_at__gte=clock.local(since),
            accepted_at__lt=clock.end_of(until),
        )
        .select_related("customer", "unit", "text")
        .prefetch_related("lines")
        .order_by("accepted_at", "number")
    )


def closed_between(division_id: int, since: date, until: date) -> QuerySet[Case]:
    """Complaints closed in the days, inclusive, in the order of their numbers."""
    return (
        Case.objects.filter(
            division_id=division_id,
            kind="quality_complaint",
            closed_at__gte=clock.local(since),
            closed_at__lt=clock.end_of(until),
        )
        .select_related("customer", "liable_unit", "salesperson")
        .order_by("number", "id")
    )
