"""Whose due it is, who heads the unit, and whom to tell. Answers from memory, without a query."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles
from shouwen.ground.org.models import Appointment, Person, Unit
from shouwen.ground.org.staffing import Staffing

from .models import Due

TOLD_AT_MOST = 8
"""A role with more holders is told through its heads: a letter to fifty is read by nobody."""


def owners(due: Due, at: datetime) -> list[Person]:
    """Who owes it, by name: the person, else who fills the role in the unit."""
    if due.person_id:
        return [org.person(due.person_id)]
    day = org.staffing(at)
    unit = org.current(due.unit_id, at).pk if due.unit_id else None
    if not due.role:
        return _nobody_twice(held.person for held in _seats_below(day, unit))
    seats = day.seats(_running(due.role, at), due.division_id)
    inside = set(day.below(unit)) if unit in day.units else set()
    found = [held for held in seats if held.post.unit_id in inside] or seats
    return _nobody_twice(held.person for held in found)


def _running(role: str, at: datetime) -> roles.Role:
    """The role; of a unit that was closed, that of the unit which took over its work."""
    found = roles.parse(role)
    if not found.unit:
        return found
    return roles.Role(unit=org.current(org.unit(found.unit), at).code, least=found.least)


def takers(due: Due, at: datetime) -> list[Person]:
    """To whom it may be handed: who fills its role, else who works in its unit, else anybody."""
    if due.role:
        found = org.people(due.role, due.division_id, at)
    elif due.unit_id:
        found = [
            held.person for held in _seats_below(org.staffing(at), org.current(due.unit_id, at).pk)
        ]
    else:
        found = org.all_persons()
    return _nobody_twice(person for person in found if person.pk != due.person_id)


def told(due: Due, at: datetime) -> list[Person]:
    """Who is told about it: the owners, and who stands in for them; heads where they are many."""
    found = owners(due, at)
    if len(found) > TOLD_AT_MOST:
        found = heads(due, at, roles.Rank.SUPERVISOR) or found[:TOLD_AT_MOST]
    standing_in = [other for person in found for other in org.stand_ins(person, at)]
    return _nobody_twice([*found, *standing_in])


def heads(due: Due, at: datetime, rank: str = roles.Rank.MANAGER) -> list[Person]:
    """The nearest person of a rank over the due's unit, who is not its owner."""
    day, least = org.staffing(at), roles.order_of(rank)
    owner = due.person_id
    for unit in day.upward(unit_of(due, at)):
        for held in reversed(day.by_unit.get(unit, [])):
            if roles.order_of(held.post.rank) >= least and held.person_id != owner:
                return [held.person]
        if day.units[unit].division:
            break
    return []


def home_of(due: Due, at: datetime) -> int:
    """Where a new due stands: the unit it was given, or above it the nearest that has the role.

    A manager's signature for a workshop without a manager stands in the department above it.
    """
    unit = unit_of(due, at)
    if due.person_id or not due.role:
        return unit
    day = org.staffing(at)
    held = {seat.post.unit_id for seat in day.seats(_running(due.role, at), due.division_id)}
    above = (pk for pk in day.upward(unit) if held & set(day.below(pk)))
    return next(above, unit)


def unit_of(due: Due, at: datetime) -> int:
    """The unit concerned: its own, else that of its person or role, else the division."""
    if due.unit_id:
        return org.current(due.unit_id, at).pk
    if due.person_id:
        post = org.main_post(due.person_id, at)
        return post.post.unit_id if post else due.division_id
    unit = unit_for(due.role, due.division_id, at)
    return unit.pk if unit else due.division_id


def unit_for(role: str, division: int, at: datetime) -> Unit | None:
    """The unit a role belongs to, or None where the division has none."""
    if not role:
        return None
    taken_apart = roles.parse(role)
    try:
        if taken_apart.unit:
            return org.current(org.unit(taken_apart.unit), at)
        return org.unit_for(taken_apart.function, division, at)
    except (Refused, Unit.DoesNotExist):
        return None


def owner_fact(due: Due, at: datetime) -> dict[str, Any]:
    """The owner as a fact of a message, in both languages."""
    if due.person_id:
        named: Person | Unit = org.person(due.person_id)
    else:
        named = org.unit_by_id(unit_of(due, at))
    return {"zh": named.name_zh, "en": named.name_en or named.name_zh}


def reports_to(role: str, due: Due, at: datetime) -> list[Person]:
    """The people of a role that a clause tells; `unit.<rank>` is that rank over the due's unit."""
    prefix, _dot, rank = role.partition(".")
    return (
        heads(due, at, rank) if prefix == "unit" and rank else org.people(role, due.division_id, at)
    )


def _seats_below(day: Staffing, unit: int | None) -> Iterator[Appointment]:
    for pk in day.below(unit) if unit in day.units else ():
        yield from day.by_unit.get(pk, ())


def _nobody_twice(people: Iterable[Person]) -> list[Person]:
    return list({person.pk: person for person in people}.values())
