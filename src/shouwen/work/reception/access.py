"""The only way from an address to a visit or a letter."""

from django.db.models import Q, QuerySet
from django.http import Http404

from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .models import Letter, Visit


def visible_visits(person: Person) -> QuerySet[Visit]:
    """Those of the divisions a person looks into, and those he received."""
    seen = org.divisions_visible(person)
    found = Visit.objects.filter(Q(division_id__in=seen) | Q(host=person))
    return found.select_related("host", "unit")


def visible_letters(person: Person) -> QuerySet[Letter]:
    """Those of the divisions a person looks into, and those he deals with."""
    seen = org.divisions_visible(person)
    found = Letter.objects.filter(Q(division_id__in=seen) | Q(handler=person))
    return found.select_related("handler", "customer")


def access_visit(person: Person, pk: int) -> Visit:
    """The visit, or 404 for whoever may not know of it."""
    found = visible_visits(person).select_related(
        "host", "unit", "division", "interaction", "signature", "registered_by", "received_by",
        "followed_up_by",
    )  # fmt: skip
    visit = found.filter(pk=pk).first()
    if visit is None:
        raise Http404
    return visit


def access_letter(person: Person, pk: int) -> Letter:
    """The letter or fax, or 404 for whoever may not know of it."""
    found = visible_letters(person).select_related(
        "division", "interaction__text", "answers", "registered_by", "dispatched_by"
    )
    letter = found.filter(pk=pk).first()
    if letter is None:
        raise Http404
    return letter
