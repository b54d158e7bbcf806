"""From an address to a record: 404 for what is out of sight, 403 for who may only read."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from shouwen.doors.web.people import Request
from shouwen.ground.org import access, queries
from shouwen.ground.org.models import Person, Unit


def may_keep(request: Request, unit: Unit | None) -> bool:
    """Whether the reader may change a unit; with None, what is common to the whole company."""
    division = queries.division_of(unit) if unit is not None else None
    return access.may_keep(request.person, division)


def keeper_only(request: Request, unit: Unit | None) -> None:
    """Turn away who may not change this; the verb would refuse too, but without a page."""
    if not may_keep(request, unit):
        raise PermissionDenied


def units_in_sight(person: Person) -> set[int]:
    """Units of the divisions a person may look into, and what stands above the divisions."""
    day, seen = queries.staffing(), queries.divisions_visible(person)
    return {pk for pk in day.units if (day.division_of(pk) or 0) in {0, *seen}}


def unit_in_sight(request: Request, code: str) -> Unit:
    """A unit by its code, running or closed."""
    try:
        unit = queries.unit(code)
    except Unit.DoesNotExist:
        raise Http404 from None
    division = queries.division_of(unit)
    if division and division.pk not in queries.divisions_visible(request.person):
        raise Http404
    return unit


def division_in_sight(request: Request, code: str) -> Unit:
    """A division, or the group above, whose values the reader may see."""
    unit = unit_in_sight(request, code)
    if not (unit.division or unit.parent_id is None):
        raise Http404
    return unit


def person_in_sight(request: Request, pk: int) -> Person:
    """A colleague; who left is found by the post held last."""
    try:
        person = queries.person(pk)
    except Person.DoesNotExist:
        raise Http404 from None
    seen = queries.divisions_visible(request.person)
    held = [a.post.unit for a in queries.posts_ever(person)]
    divisions = {division.pk if (division := queries.division_of(u)) else 0 for u in held}
    if person != request.person and divisions and not divisions & {0, *seen}:
        raise Http404
    return person


def places(request: Request) -> list[Unit]:
    """Where values can be set: the divisions in sight, then the groups above them."""
    day, seen = queries.staffing(), queries.divisions_visible(request.person)
    divisions = [unit for unit in queries.divisions() if unit.pk in seen]
    above = {pk for unit in divisions for pk in day.upward(unit.pk) if not day.units[pk].division}
    return [*divisions, *(day.units[pk] for pk in sorted(above))]


def place(request: Request) -> Unit:
    """The division the address asks for (`?division=`), else the reader's own."""
    code = request.GET.get("division", "")
    if code:
        return division_in_sight(request, code)
    own = [queries.division_of(held.post.unit) for held in queries.posts_of(request.person)]
    mine = next((unit for unit in own if unit), None) or next(iter(places(request)), None)
    if mine is None:
        raise Http404
    return mine
