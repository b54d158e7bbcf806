"""Who has what to do, what is late, and why a thing is due on that day."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db.models import Model, Q

from shouwen.ground import bounded
from shouwen.ground.journal.actions import kind_of
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles
from shouwen.ground.org.calendars import calendar
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.staffing import Staffing
from shouwen.ground.org.worktime import DayCount

from . import rules
from .clockwork import timing
from .models import OPEN, Due, DueQuerySet, OverdueReaction, Pause


class Claimed(NamedTuple):
    """What of a due says whose it is."""

    pk: int
    kind: str
    division_id: int
    unit_id: int | None
    role: str
    person_id: int | None


@dataclass(frozen=True)
class Asked:
    """One due of a desk before it is read whole; `for_person` as in `Item`."""

    due: Claimed
    for_person: Person | None = None


@dataclass(frozen=True)
class Item:
    """One line of the desk; `for_person` is whom the reader stands in for, None for his own."""

    due: Due
    late: bool
    for_person: Person | None = None


@dataclass(frozen=True)
class Explanation:
    """Why a thing is due at its moment."""

    due: Due
    days: Sequence[DayCount] = ()
    pauses: Sequence[Pause] = ()
    warnings: Sequence[datetime] = ()
    reactions: Sequence[OverdueReaction] = field(default_factory=list)


DESK = 200
"""So many of the most urgent dues a desk shows."""


def asked(person: Person, at: datetime, *, limit: int = DESK) -> list[Asked]:
    """What a person has to do, by urgency: his own, his roles', his units', and as a stand-in.

    Of each due only what says whose it is: a desk counts many and draws few (`items`).

    One statement, however many posts he holds; it reads the first of each of his claims, so that
    what waits behind them costs nothing.
    """
    bearers = [person, *org.acting_for(person, at)]
    claims = {bearer.pk: _claim(bearer, at) for bearer in bearers}
    keys = bounded.first_of_each(_branches(claims.values()), limit)
    rows = Due.objects.filter(pk__in=keys).soonest().values_list(*Claimed._fields)[:limit]
    found = (Claimed(*row) for row in rows)
    return [Asked(due, _whose(due, bearers, claims)) for due in found]


def items(found: Sequence[Asked], at: datetime) -> list[Item]:
    """These dues whole, in their order; one statement. What was settled meanwhile is left out."""
    dues = Due.objects.open().in_bulk([one.due.pk for one in found]) if found else {}
    whole = ((dues.get(one.due.pk), one.for_person) for one in found)
    return [Item(with_people(due), due.is_late(at), whom) for due, whom in whole if due]


def late(
    at: datetime,
    *,
    units: Iterable[Unit | int] | None = None,
    division: Unit | int | None = None,
) -> DueQuerySet:
    """What is late in some units and under them, or in a division; the longest first."""
    dues = Due.objects.late(at).order_by("due_at", "id")
    if units is not None:
        day = org.staffing(at)
        below = {pk for unit in units for pk in day.below(org.key(unit))}
        dues = dues.filter(unit_id__in=day.with_predecessors(below))
    if division is not None:
        dues = dues.filter(division_id=org.key(division))
    return dues


def of_matter(matter: Model, *, only_open: bool = False) -> DueQuerySet:
    """Every due of a matter: the open ones by urgency, then the settled ones, newest first."""
    dues = Due.objects.filter(matter_kind=kind_of(matter), matter_id=matter.pk)
    if only_open:
        return dues.filter(OPEN).soonest()
    return dues.order_by("-settled_at", "due_at", "id")


def of_matters(kind: str, ids: Iterable[int]) -> dict[int, list[Due]]:
    """Open dues of many matters by id, for a list; one statement."""
    found: dict[int, list[Due]] = {}
    dues = Due.objects.open().filter(matter_kind=kind, matter_id__in=list(ids)).soonest()
    for due in dues:
        found.setdefault(due.matter_id, []).append(due)
    return found


def names(ids: Iterable[int]) -> dict[int, str]:
    """What dues are called in the reader's language, for a timeline; one statement."""
    return {due.pk: due.name for due in Due.objects.filter(pk__in=set(ids)).only("title", "params")}


def explain(due: Due) -> Explanation:
    """The days that counted and those that did not, its pauses, warnings and overdue responses."""
    pauses = list(due.pauses.order_by("since"))
    spans = [rules.Span(pause.since, pause.until) for pause in pauses]
    days: Sequence[DayCount] = ()
    if due.days is not None:
        days = rules.count_days(calendar(due.division_id), timing.term_of(due), spans)
    return Explanation(due, days, pauses, timing.warn_moments(due), list(due.reactions.all()))


# -- whose it is ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Claim:
    """What one person answers for: himself, roles by division, and the units around his posts."""

    person: int
    roles: frozenset[tuple[int, str]]
    units: frozenset[int]

    def holds(self, due: Claimed) -> bool:
        """The same for one due at hand."""
        if due.person_id:
            return due.person_id == self.person
        if due.role and (due.division_id, due.role) not in self.roles:
            return False
        return due.unit_id in self.units if due.unit_id else bool(due.role)


def _branches(claims: Collection[_Claim]) -> Iterator[bounded.Alike]:
    """What the claims hold as filters, each of them one range of one index."""
    yield bounded.Alike(_of_person, [(claim.person,) for claim in claims])
    units = {unit for claim in claims for unit in claim.units}
    yield bounded.Alike(_of_unit, [(unit,) for unit in sorted(units)])
    held: dict[frozenset[int], set[tuple[int, str]]] = {}
    for claim in claims:
        held.setdefault(claim.units, set()).update(claim.roles)
    for around, roles_held in held.items():
        yield bounded.Alike(_of_role, sorted(roles_held), shape=tuple(sorted(around)))


def _of_person(person: int) -> DueQuerySet:
    return Due.objects.open().soonest().filter(person_id=person)


def _of_unit(unit: int) -> DueQuerySet:
    return Due.objects.open().soonest().filter(person__isnull=True, role="", unit_id=unit)


def _of_role(division: int, role: str, *around: int) -> DueQuerySet:
    inside = Q(unit__isnull=True) | Q(unit_id__in=around)
    nobodys = Due.objects.open().soonest().filter(inside, person__isnull=True)
    return nobodys.filter(division_id=division, role=role)


def _claim(person: Person, at: datetime) -> _Claim:
    day = org.staffing(at)
    held: set[tuple[int, str]] = set()
    around: set[int] = set()
    for appointment in org.posts_of(person, at):
        unit, rank = appointment.post.unit_id, appointment.post.rank
        above = list(day.upward(unit))
        around |= set(above)
        codes = [org.unit_by_id(pk).code for pk in day.with_predecessors(set(above))]
        for name in [*day.functions_of(unit), *(f"unit:{code}" for code in codes)]:
            names = {name, *(f"{name}.{lower}" for lower in _up_to(rank))}
            for division in _served(day, unit, name):
                held |= {(division, role) for role in names}
    return _Claim(person.pk, frozenset(held), frozenset(day.with_predecessors(around)))


def _up_to(rank: str) -> list[str]:
    order = roles.order_of(rank)
    return [lower for lower in roles.Rank.values if roles.order_of(lower) <= order]


def _served(day: Staffing, unit: int, name: str) -> list[int]:
    """Divisions in which a unit fills a function; a group department fills it for many."""
    if name.startswith("unit:"):
        return sorted(day.divisions)
    return [division for division in day.divisions if unit in day.serving(name, division)]


def _whose(due: Claimed, bearers: Sequence[Person], claims: dict[int, _Claim]) -> Person | None:
    if claims[bearers[0].pk].holds(due):
        return None
    return next((bearer for bearer in bearers[1:] if claims[bearer.pk].holds(due)), None)


def with_people(due: Due) -> Due:
    """Division, unit and person of a due, from memory instead of joins."""
    due.division = org.unit_by_id(due.division_id)
    due.unit = org.unit_by_id(due.unit_id) if due.unit_id else None
    due.person = org.person(due.person_id) if due.person_id else None
    return due
