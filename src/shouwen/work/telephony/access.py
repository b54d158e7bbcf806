"""The only way from an address to a call: it is the person's on whose telephone it rings."""

from django.http import Http404

from shouwen.ground.org.models import Person

from .models import Call


def access_call(person: Person, pk: int) -> Call:
    """The call on this person's telephone, or 404."""
    found = Call.objects.select_related("division").filter(pk=pk, agent=person).first()
    if found is None:
        raise Http404
    return found
