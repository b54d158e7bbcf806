"""Read the journal."""

from django.db.models import Model, QuerySet

from .actions import kind_of
from .models import Entry


def timeline(matter: Model) -> QuerySet[Entry]:
    """All facts of one matter, newest first; cost: one index range of that matter."""
    return timeline_of(kind_of(matter), matter.pk)


def timeline_of(kind: str, pk: int) -> QuerySet[Entry]:
    """The same without the matter at hand."""
    return Entry.objects.filter(matter_kind=kind, matter_id=pk).order_by("-id")


def last(event: str, subject: Model) -> Entry | None:
    """The newest such fact about a record that is its own matter."""
    return timeline(subject).filter(event=event).first()
