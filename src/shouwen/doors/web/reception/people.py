"""Who can be asked for at the desk, and for which division somebody writes."""

from django.http import Http404

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit


def division_for(person: Person) -> Unit:
    """The division of one's own post, else the first one may look into; 404 without any."""
    at = clock.now()
    for held in org.posts_of(person, at):
        if division := org.division_of(held.post.unit, at):
            return division
    seen = org.divisions_visible(person, at)
    found = [one for one in org.divisions(at) if one.pk in seen]
    if not found:
        raise Http404
    return found[0]


def colleagues(division: Unit) -> list[tuple[int, str]]:
    """Everybody who holds a post in a division: id, name and unit, in the order of pinyin."""
    day = org.staffing()
    found = {
        held.person_id: (held.person, held.post.unit_id)
        for pk in day.below(division.pk)
        for held in day.by_unit.get(pk, ())
    }
    rows = sorted(found.values(), key=lambda row: (row[0].pinyin, row[0].pk))
    return [(one.pk, f"{one.name} · {day.units[unit].name}") for one, unit in rows]
