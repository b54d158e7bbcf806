"""Which divisions a page of this room speaks of: those in sight that are bound by its clause."""

from typing import Any

from django.http import Http404

from shouwen.doors.web import saying
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling
from shouwen.ground.org.models import Person, Unit


def seen(person: Person) -> list[Unit]:
    """The divisions a person may look into."""
    return [org.unit_by_id(pk) for pk in sorted(org.divisions_visible(person))]


def bound(person: Person, kind: str, **match: Any) -> list[Unit]:
    """Those of them that a clause of the kind binds."""
    now = clock.now()
    return [one for one in seen(person) if ruling.clause(kind, one, now, **match)]


def department(role: str, division: int) -> str:
    """How the department of a role is called in a division, else what the role is called."""
    found = org.units_with(role, division)
    return found[0].name if found else saying.role(role)


def chosen(request: Request, among: list[Unit]) -> Unit:
    """The division the page or the form names, else the first; 404 where there is none."""
    wanted = request.POST.get("division") or request.GET.get("division") or ""
    if not among:
        raise Http404
    if not wanted:
        return among[0]
    found = next((one for one in among if str(one.pk) == wanted), None)
    if found is None:
        raise Http404
    return found
