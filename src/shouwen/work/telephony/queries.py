"""The only lists of calls and extensions."""

from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit

from .models import Call, Extension, State
from .rules import LOST, OFFERED


def offered(person: Person, at: datetime | None = None) -> QuerySet[Call]:
    """Calls on this person's telephone that nobody registered yet, the newest first."""
    now = at or clock.now()
    running = ~Q(state=State.ENDED) & Q(heard_at__gt=now - LOST)
    over = Q(state=State.ENDED, answered_at__isnull=False, ended_at__gt=now - OFFERED)
    found = Call.objects.filter(agent=person, interaction__isnull=True).filter(running | over)
    return found.order_by("-heard_at", "-id")


def extensions(division: Unit) -> QuerySet[Extension]:
    """Whose telephones there are, by number."""
    found = Extension.objects.filter(division=division, until__isnull=True)
    return found.select_related("person").order_by("number", "id")
