"""Who may read a notice: its holders, those above them, and whom it concerns."""

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .ruling import spec_of


def notices_of(person: Person) -> Q:
    """The notices a person may read, as a filter.

    The holders of the copies and whoever instructs on penalties read all of a division; everybody
    else reads his own and those of the units he works in or over.
    """
    at = clock.now()
    readable = Q(person=person) | Q(unit__in=org.units_of(person, at))
    for division in org.divisions_visible(person, at):
        if org.adopted(division, "R4", at) and _reads_all(person, division):
            readable |= Q(sheet__division=division)
    return readable


def _reads_all(person: Person, division: int) -> bool:
    at = clock.now()
    roles = [*spec_of(division, "R4-66", at).holders, spec_of(division, "R4-45", at).by]
    return any(org.as_whom(person, role, division, at) for role in roles)
