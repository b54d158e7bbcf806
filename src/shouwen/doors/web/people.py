"""What the shell asks about the person in front of it."""

from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from shouwen.engines.notices import queries as notices
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person


class AnyRequest(HttpRequest):
    """A request as the middleware leaves it, on an open door too."""

    person: Person | None
    htmx: HtmxDetails


class Request(HttpRequest):
    """A request of somebody who signed in: what every other view gets."""

    person: Person
    htmx: HtmxDetails
    about: Model
    """Set by a view to the record it is about, so that a refusal stands on its timeline."""


def has_any(person: Person | None, roles: Iterable[str]) -> bool:
    """Whether the person, or one they stand in for, holds one of the roles anywhere in sight."""
    if person is None:
        return False
    at = clock.now()
    divisions = org.divisions_visible(person, at)
    return any(
        org.as_whom(person, role, division, at) is not None
        for division in divisions
        for role in roles
    )


def acting_for(person: Person | None) -> list[Person]:
    """Whom this person substitutes right now."""
    return org.acting_for(person, clock.now()) if person is not None else []


def unread(person: Person | None) -> int:
    """How many notices wait to be read."""
    return notices.unread_count(person) if person is not None else 0
