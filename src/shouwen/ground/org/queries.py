"""Who works where, who may act, who stands in. Answers from memory; see `roster`."""

from collections.abc import Callable
from datetime import date, datetime

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.policy import queries as policy

from . import roles
from .models import Adoption, Appointment, Person, Substitution, Unit
from .roster import roster
from .staffing import Staffing

Day = date | datetime | None


def staffing(on: Day = None) -> Staffing:
    """The organisation of a day, today's if none is given."""
    if on is None:
        on = clock.now()
    return roster().on(clock.day_of(on) if isinstance(on, datetime) else on)


def key(record: Unit | Person | int) -> int:
    """Callers hand over a record or its id."""
    return record if isinstance(record, int) else record.pk


def unit(code: str) -> Unit:
    """The unit of a code, running or closed; raises Unit.DoesNotExist."""
    for found in roster().units.values():
        if found.code == code:
            return found
    raise Unit.DoesNotExist(f"no unit {code!r}")


def person(pk: int) -> Person:
    """The person of an id; raises Person.DoesNotExist."""
    try:
        return roster().persons[pk]
    except KeyError:
        raise Person.DoesNotExist(f"no person {pk}") from None


def unit_by_id(pk: int) -> Unit:
    """The unit of an id, running or closed; raises Unit.DoesNotExist."""
    try:
        return roster().units[pk]
    except KeyError:
        raise Unit.DoesNotExist(f"no unit {pk}") from None


def all_persons() -> list[Person]:
    """Everybody who works here, in the order of their pinyin."""
    found = (person for person in roster().persons.values() if person.active)
    return sorted(found, key=lambda person: (person.pinyin, person.pk))


# -- roles ----------------------------------------------------------------------------------------


def holds(person: Person | int, role: str, division: Unit | int, on: Day = None) -> bool:
    """Whether a person fills a role in a division; `any` is whoever works there."""
    who = key(person)
    seats = staffing(on).seats(roles.parse(role), key(division))
    return any(held.person_id == who for held in seats)


def people(role: str, division: Unit | int, on: Day = None) -> list[Person]:
    """Who fills a role, most direct first, nobody twice."""
    seats = staffing(on).seats(roles.parse(role), key(division))
    return list({held.person_id: held.person for held in seats}.values())


def superiors(person: Person | int, division: Unit | int, on: Day = None) -> list[Person]:
    """Above a person, nearest first: in the unit, up the tree, then the management."""
    return staffing(on).superiors(key(person), key(division))


def posts_of(person: Person | int, on: Day = None) -> list[Appointment]:
    """Appointments of a person with post and unit, the main one first."""
    return list(staffing(on).by_person.get(key(person), ()))


def posts_ever(person: Person | int) -> list[Appointment]:
    """Every appointment a person has or had, the newest first."""
    who = key(person)
    found = [held for held in roster().appointments if held.person_id == who]
    return sorted(found, key=lambda held: (held.since, held.pk), reverse=True)


def absences(person: Person | int, until_after: datetime) -> list[Substitution]:
    """Absences of a person that end after a moment, the nearest first."""
    return [one for one in roster().absences.get(key(person), ()) if one.until > until_after]


def main_post(person: Person | int, on: Day = None) -> Appointment | None:
    """The post of the name card."""
    return next(iter(posts_of(person, on)), None)


def role_title(role: str, division: Unit | int, on: Day = None) -> str:
    """How a role is called here: the title of its most direct post, else its unit, else itself."""
    wanted = roles.parse(role)
    if seats := staffing(on).seats(wanted, key(division)):
        return seats[0].post.title
    units = units_with(wanted.function, division, on) if wanted.function else []
    return units[0].name if units else role


# -- units ----------------------------------------------------------------------------------------


def units_with(function: str, division: Unit | int, on: Day = None) -> list[Unit]:
    """Units of a function for a division, topmost first; the group's where it has none."""
    day = staffing(on)
    return [day.units[pk] for pk in day.serving(function, key(division))]


def unit_for(function: str, division: Unit | int, on: Day = None) -> Unit:
    """The topmost unit of a function; refuses when the division has none."""
    found = units_with(function, division, on)
    if not found:
        name = roster().units[key(division)].name
        raise refuse(
            N_("%(division)s没有职能为“%(function)s”的部门"),
            instead=N_("请在“设置 · 组织”中设立该部门或指定其职能"),
            division=name,
            function=function,
        )
    return found[0]


def units_of(person: Person | int, on: Day = None) -> set[int]:
    """Own units, what is under them, and closed units whose work they took over."""
    day = staffing(on)
    own = {pk for held in posts_of(person, on) for pk in day.below(held.post.unit_id)}
    return day.with_predecessors(own)


def division_of(unit: Unit | int, on: Day = None) -> Unit | None:
    """The division of a unit, of a closed one where it stood last; None above the divisions."""
    day = staffing(on)
    pk = key(unit)
    if pk not in day.units:
        last = roster().units[pk]
        on_the_way = [int(step) for step in last.path.strip("/").split("/")]
        found = [roster().units[step] for step in on_the_way if roster().units[step].division]
        return found[-1] if found else None
    division = day.division_of(pk)
    return day.units[division] if division else None


def divisions(on: Day = None) -> list[Unit]:
    """Every running division, the oldest first."""
    day = staffing(on)
    return [day.units[pk] for pk in sorted(day.divisions)]


def divisions_visible(person: Person | int, on: Day = None) -> set[int]:
    """Divisions a person may look into: his own, those the group post is over, those of the absent.

    Somebody of a group department sees every division beside or below that department.
    """
    day = staffing(on)
    moment = on if isinstance(on, datetime) else clock.now()
    found: set[int] = set()
    for who in (key(person), *(absent.pk for absent in acting_for(person, moment))):
        for held in day.by_person.get(who, ()):
            found |= _in_sight(day, held.post.unit_id)
    return found


def divisions_under(person: Person | int, *regulations: str, on: Day = None) -> list[Unit]:
    """The divisions a person may look into that run under one of these regulations."""
    seen = sorted(divisions_visible(person, on))
    return [unit_by_id(pk) for pk in seen if any(adopted(pk, one, on) for one in regulations)]


def _in_sight(day: Staffing, unit: int) -> set[int]:
    division = day.division_of(unit)
    if division:
        return {division}
    below = set(day.below(unit)) & day.divisions
    above = day.parent[unit]
    return below or (set(day.below(above)) & day.divisions if above else set())


def closed_units(on: Day = None) -> list[Unit]:
    """Units that do not run any more."""
    day = staffing(on)
    return [unit for pk, unit in roster().units.items() if pk not in day.units]


def current(unit: Unit | int, on: Day = None) -> Unit:
    """The unit while it runs, else the one that took over its work."""
    return staffing(on).open_successor(roster().units[key(unit)])


# -- standing in ----------------------------------------------------------------------------------


def is_away(person: Person | int, at: datetime) -> bool:
    """Whether somebody stands in for a person at a moment."""
    return any(s.since <= at < s.until for s in roster().absences.get(key(person), ()))


def stand_ins(person: Person | int, at: datetime) -> list[Person]:
    """Who acts for an absent person; where the substitute is away too, his own substitute."""
    reached = _follow(roster().absences, key(person), at, lambda s: s.substitute_id)
    return [who for who in reached if who.active and not is_away(who, at)]


def acting_for(person: Person | int, at: datetime) -> list[Person]:
    """Whom a person stands in for at a moment; nobody while away himself."""
    if is_away(person, at):
        return []
    return _follow(roster().standing_in, key(person), at, lambda s: s.person_id)


def _follow(
    ties: dict[int, list[Substitution]],
    start: int,
    at: datetime,
    step: Callable[[Substitution], int],
) -> list[Person]:
    """Everybody reached from one person along the substitutions of a moment, nearest first."""
    reached, waiting = [start], [start]
    while waiting:
        for tie in ties.get(waiting.pop(0), ()):
            if tie.since <= at < tie.until and step(tie) not in reached:
                reached.append(step(tie))
                waiting.append(step(tie))
    return [roster().persons[pk] for pk in reached[1:]]


def as_whom(person: Person, role: str, division: Unit | int, at: datetime) -> Person | None:
    """In whose name a person fills a role: his own, else that of one he stands in for."""
    if holds(person, role, division, at):
        return person
    return next((a for a in acting_for(person, at) if holds(a, role, division, at)), None)


# -- adoption -------------------------------------------------------------------------------------


def adoptions(division: Unit | int | None = None) -> list[Adoption]:
    """Every adoption, of one division or of all, the newest first."""
    found: list[Adoption] = roster().memo("adoptions", _read_adoptions)
    return [a for a in found if division is None or a.division_id == key(division)]


def _read_adoptions() -> list[Adoption]:
    found = list(Adoption.objects.order_by("-since", "regulation"))
    for adoption in found:
        adoption.division = roster().units[adoption.division_id]
    return found


def adopted(division: Unit | int, regulation: str, on: Day = None) -> int | None:
    """The edition a division runs under on a day, or None."""
    day = staffing(on).day
    for adoption in adoptions(division):
        if adoption.regulation == regulation and adoption.since <= day:
            over = adoption.until is not None and adoption.until < day
            return None if over else adoption.edition
    return None


def require_adopted(division: Unit | int, regulation: str, on: Day = None) -> int:
    """The edition in force, or a refusal that says where to adopt it."""
    edition = adopted(division, regulation, on) or _repeated(division, regulation, on)
    if edition is None:
        raise refuse(
            N_("%(division)s在%(day)s没有采用制度%(regulation)s"),
            instead=N_("请在“设置 · 采用制度”中为该单位采用此制度"),
            division=roster().units[key(division)].name,
            day=staffing(on).day.isoformat(),
            regulation=regulation,
        )
    return edition


def _repeated(division: Unit | int, regulation: str, on: Day) -> int | None:
    """The edition in force of a regulation that a division works by under another name."""
    day = staffing(on).day
    for head in policy.regulations(day):
        if head.repeats == regulation and adopted(division, head.code, on):
            return policy.regulation(regulation, day).edition.number
    return None
