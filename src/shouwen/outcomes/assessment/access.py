"""Who may do and read what here, as the clauses say in the edition that a division has adopted."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy


def spec_of(division: Unit | int, number: str, at: datetime) -> Any:
    """The figures of a clause in the edition that the division has adopted."""
    edition = org.require_adopted(division, number.split("-")[0], at)
    return policy.clause(number, edition=edition).spec


def require(
    by: Person, role: str, division: Unit | int, at: datetime, refusal: tuple[str, str, str]
) -> None:
    """Refuse whoever does not hold the role: `refusal` is message, clause, what to do instead."""
    if org.as_whom(by, role, division, at) is None:
        message, clause, instead = refusal
        raise refuse(message, clause, instead=instead)


def notices_of(person: Person) -> Q:
    """The notices a person may read, as a filter.

    The holders of the copies and whoever instructs on penalties read all of a division; everybody
    else reads his own and those of the units he works in or over.
    """
    at = clock.now()
    readable = Q(person=person) | Q(unit__in=org.units_of(person, at))
    for division in org.divisions_under(person, "R4", on=at):
        if _reads_all(person, division.pk):
            readable |= Q(sheet__division=division)
    return readable


def _reads_all(person: Person, division: int) -> bool:
    at = clock.now()
    roles = [*spec_of(division, "R4-66", at).holders, spec_of(division, "R4-45", at).by]
    return any(org.as_whom(person, role, division, at) for role in roles)
