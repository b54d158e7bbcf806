"""Who plans, who tests, and gates: plans are read in their division, skills where they concern."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.org.roles import Rank

from .models import Plan, Session

READERS = ("hr", f"management.{Rank.DEPUTY_GM}")
"""They read the skills of everybody in a division: personnel and the management."""
_LEAST = Rank.SUPERVISOR.order


def leads(person: Person, unit: Unit | int, at: datetime) -> bool:
    """Whether somebody, or one he stands in for, leads a unit or one above it in its division."""
    day = org.staffing(at)
    acting = {person.pk, *(one.pk for one in org.acting_for(person, at))}
    for pk in day.upward(org.key(unit)):
        held = day.by_unit.get(pk, ())
        if any(one.person_id in acting and one.post.level >= _LEAST for one in held):
            return True
        if day.units[pk].division:
            break
    return False


def may_test(by: Person, person: Person, division: Unit | int, at: datetime) -> bool:
    """Whether somebody, or one he stands in for, stands above the person."""
    acting = {by.pk, *(one.pk for one in org.acting_for(by, at))} - {person.pk}
    return bool(acting & {one.pk for one in org.superiors(person, division, at)})


def units_led(person: Person, at: datetime) -> list[Unit]:
    """The units whose training somebody may plan, the topmost first."""
    day = org.staffing(at)
    divisions = sorted(org.divisions_visible(person, at))
    below = (pk for division in divisions for pk in day.below(division))
    return [day.units[pk] for pk in below if leads(person, pk, at)]


def people_of(unit: Unit | int, at: datetime) -> list[Person]:
    """Everybody in a unit and below it, by name."""
    day = org.staffing(at)
    found = {
        held.person_id: held.person
        for pk in day.below(org.key(unit))
        for held in day.by_unit.get(pk, ())
    }
    return sorted(found.values(), key=lambda one: (one.pinyin, one.pk))


def concerned(person: Person, at: datetime) -> set[int]:
    """Whose skills somebody may read: his own, and those of the units he leads or looks after."""
    day = org.staffing(at)
    found = {person.pk}
    for division in org.divisions_visible(person, at):
        whole = any(org.as_whom(person, role, division, at) for role in READERS)
        for pk in day.below(division):
            if whole or leads(person, pk, at):
                found |= {held.person_id for held in day.by_unit.get(pk, ())}
    return found


def home_of(person: Person, at: datetime) -> Unit | None:
    """The division somebody works in; of the group's people none."""
    divisions = (org.division_of(held.post.unit_id, at) for held in org.posts_of(person, at))
    return next((one for one in divisions if one is not None), None)


def visible_plans(person: Person) -> QuerySet[Plan]:
    """The plans of the divisions a person looks into."""
    return Plan.objects.filter(division__in=org.divisions_visible(person))


def access_plan(person: Person, pk: int) -> Plan:
    """The plan, or 404."""
    more = visible_plans(person).select_related("unit", "division", "drafted_by", "submitted_by")
    if found := more.filter(pk=pk).first():
        return found
    raise Http404


def access_session(person: Person, pk: int) -> Session:
    """A training of such a plan, or 404."""
    seen = Session.objects.filter(plan__in=visible_plans(person))
    found = seen.select_related("plan__unit", "plan__division").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def access_person(reader: Person, pk: int) -> Person:
    """Somebody whose skills one may read, or 404."""
    if pk not in concerned(reader, clock.now()):
        raise Http404
    return org.person(pk)
