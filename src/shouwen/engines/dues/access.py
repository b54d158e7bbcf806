"""Who may answer for a due, and the gate from an address to it."""

from datetime import datetime

from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org import roles
from shouwen.ground.org.models import Person

from . import people
from .models import Due


def is_owner(person: Person, due: Due, at: datetime) -> bool:
    """Whether he owes it, or stands in for somebody who does."""
    owing = {owner.pk for owner in people.owners(due, at)}
    acting_as = {person.pk, *(absent.pk for absent in org.acting_for(person, at))}
    return bool(owing & acting_as)


def is_over(person: Person, due: Due, at: datetime) -> bool:
    """Whether he leads the unit concerned, or a unit above it inside the division."""
    day = org.staffing(at)
    least = roles.order_of(roles.Rank.SUPERVISOR)
    for unit in day.upward(people.unit_of(due, at)):
        for held in day.by_unit.get(unit, ()):
            if held.person_id == person.pk and roles.order_of(held.post.rank) >= least:
                return True
        if day.units[unit].division:
            break
    return False


def require_answer(by: Person, due: Due, at: datetime) -> None:
    """Refuse whoever neither owes a due nor leads those who do."""
    if not (is_owner(by, due, at) or is_over(by, due, at)):
        raise refuse(
            N_("“%(title)s”由%(owner)s负责，您不能代为处理"),
            due.clause,
            instead=N_("请联系负责人或其主管"),
            title=due.name,
            owner=str(
                org.person(due.person_id)
                if due.person_id
                else org.unit_by_id(people.unit_of(due, at))
            ),
        )


def get_due(person: Person, pk: int, at: datetime) -> Due:
    """The due, for whoever may look into its division or owes it; raises Due.DoesNotExist."""
    due = Due.objects.get(pk=pk)
    if due.division_id in org.divisions_visible(person, at) or is_owner(person, due, at):
        return due
    raise Due.DoesNotExist(f"no due {pk} for {person.pk}")
