"""The organisation of one day: the tree, who sits where, which units serve which division."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from .models import Appointment, Person, Placement, Unit
from .roles import Rank, Role

if TYPE_CHECKING:
    from .roster import Roster

MANAGEMENT = "management"
ANYBODY = "any"
"""The role of everybody who has a post in the division."""


class Staffing:
    """Derived once from the roster; every question is a look into a dictionary."""

    def __init__(self, roster: Roster, day: date) -> None:
        self.roster, self.day = roster, day
        self.units = {pk: u for pk, u in roster.units.items() if _running(u, day)}
        self.parent = {pk: u.parent_id for pk, u in self.units.items()}
        for placed in roster.placements:
            if placed.unit_id in self.parent and _running(placed, day):
                self.parent[placed.unit_id] = placed.parent_id
        self.held = [
            held
            for held in roster.appointments
            if held.person.active and held.post.unit_id in self.units and _running(held, day)
        ]

    @cached_property
    def by_person(self) -> dict[int, list[Appointment]]:
        """Appointments of each person, the main one first."""
        found: dict[int, list[Appointment]] = defaultdict(list)
        for held in sorted(self.held, key=lambda held: (not held.main, held.pk)):
            found[held.person_id].append(held)
        return found

    @cached_property
    def by_unit(self) -> dict[int, list[Appointment]]:
        """Appointments to the posts of each unit itself, highest rank first."""
        found: dict[int, list[Appointment]] = defaultdict(list)
        for held in sorted(self.held, key=lambda held: (-held.post.level, held.pk)):
            found[held.post.unit_id].append(held)
        return found

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Units directly under each unit."""
        found: dict[int, list[int]] = defaultdict(list)
        for pk, parent in self.parent.items():
            if parent:
                found[parent].append(pk)
        return found

    def upward(self, unit: int) -> Iterator[int]:
        """The unit, then its ancestors up to the root."""
        step: int | None = unit
        while step is not None and step in self.units:
            yield step
            step = self.parent[step]

    def below(self, unit: int) -> Iterator[int]:
        """The unit and everything under it, from the top."""
        yield unit
        for child in self.children.get(unit, ()):
            yield from self.below(child)

    def depth(self, unit: int) -> int:
        """How far from the root."""
        return sum(1 for _step in self.upward(unit))

    def division_of(self, unit: int) -> int | None:
        """The division a unit belongs to; None for what stands above the divisions."""
        return next((pk for pk in self.upward(unit) if self.units[pk].division), None)

    @cached_property
    def divisions(self) -> set[int]:
        """Every division that runs on this day."""
        return {pk for pk, unit in self.units.items() if unit.division}

    def functions_of(self, unit: int) -> set[str]:
        """Own function and those inherited inside the division.

        The division's own function is that of its heads: a workshop is not `management`
        because the company it belongs to is managed.
        """
        found = {self.units[unit].function}
        for pk in self.upward(unit):
            if self.units[pk].division or self.parent[pk] is None:
                break
            found.add(self.units[pk].function)
        return found - {""}

    @cached_property
    def own(self) -> dict[tuple[int | None, str], list[int]]:
        """Units by (division, function), the topmost first; division None: shared services."""
        found: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for pk in sorted(self.units, key=lambda pk: (self.depth(pk), self.units[pk].code)):
            for function in self.functions_of(pk):
                found[self.division_of(pk), function].append(pk)
        return found

    def serving(self, function: str, division: int) -> list[int]:
        """Units of a function for a division, topmost first: its own, else the group's.

        A group may keep one accounting or personnel department for all its divisions.
        """
        if found := self.own.get((division, function)):
            return found
        above = set(self.upward(division))
        return [pk for pk in self.own.get((None, function), ()) if self.parent[pk] in above]

    def seats(self, role: Role, division: int) -> list[Appointment]:
        """Who fills a role, most direct first: the lowest rank that suffices, main posts first."""
        seats = [
            held
            for unit in self._units_of(role, division)
            for held in self.by_unit.get(unit, ())
            if held.post.level >= role.least
        ]
        return sorted(seats, key=lambda held: (held.post.level, not held.main))

    def _units_of(self, role: Role, division: int) -> list[int]:
        if role.function == ANYBODY:
            return list(self.below(division))
        if not role.unit:
            return self.serving(role.function, division)
        named = next((pk for pk, unit in self.units.items() if unit.code == role.unit), None)
        return list(self.below(named)) if named else []

    def superiors(self, person: int, division: int) -> list[Person]:
        """Above the person, nearest first: in the unit, up the tree, then the management."""
        found: dict[int, Person] = {}
        for own in self.by_person.get(person, ()):
            if self.division_of(own.post.unit_id) not in (division, None):
                continue
            rank = own.post.level
            for unit in self.upward(own.post.unit_id):
                least = rank + 1 if unit == own.post.unit_id else max(rank, Rank.SUPERVISOR.order)
                for held in reversed(self.by_unit.get(unit, [])):
                    if held.post.level >= least:
                        found.setdefault(held.person_id, held.person)
                if self.units[unit].division:
                    break
            for held in self.seats(Role(MANAGEMENT, least=rank + 1), division):
                found.setdefault(held.person_id, held.person)
        found.pop(person, None)
        return list(found.values())

    def open_successor(self, unit: Unit) -> Unit:
        """The unit itself while it runs, else the one that took over its work."""
        seen: set[int] = set()
        while unit.pk not in self.units and unit.successor_id and unit.pk not in seen:
            seen.add(unit.pk)
            unit = self.roster.units[unit.successor_id]
        return unit

    def with_predecessors(self, units: set[int]) -> set[int]:
        """Units and the closed ones whose work they took over."""
        heirs = {
            pk
            for pk, unit in self.roster.units.items()
            if pk not in self.units and self.open_successor(unit).pk in units
        }
        return units | heirs


def _running(row: Unit | Placement | Appointment, day: date) -> bool:
    """Whether the period of a row covers a day, both ends included."""
    return row.since <= day and (row.until is None or day <= row.until)
