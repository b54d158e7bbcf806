"""The only way from an address to an interaction."""

from django.db.models import Q, QuerySet
from django.http import Http404

from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .models import Interaction


def visible(person: Person) -> QuerySet[Interaction]:
    """Those of the divisions a person works in, and those he took himself, wherever that was."""
    return Interaction.objects.filter(
        Q(division_id__in=org.divisions_visible(person)) | Q(taker=person)
    )


def access_interaction(person: Person, pk: int) -> Interaction:
    """The interaction with its words, or 404 for whoever may not know that it exists."""
    found = visible(person).select_related("customer", "taker", "text", "division", "unit")
    interaction = found.filter(pk=pk).first()
    if interaction is None:
        raise Http404
    return interaction
