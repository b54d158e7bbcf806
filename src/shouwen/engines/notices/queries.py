"""Read notices."""

from datetime import datetime

from django.db.models import Q, QuerySet

from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.org.models import Person, Unit

from .models import Mail, Notice, QuietHours


def unread_count(person: Person, most: int = 100) -> int:
    """How many notices a person has not read; counts no further than `most`."""
    return len(_unread(person.pk, most=most))


@prepared
def _unread(person: int, *, most: int) -> "QuerySet[Notice, int]":
    found = Notice.objects.filter(person_id=person, read_at__isnull=True)
    return found.values_list("pk", flat=True)[:most]


def inbox(
    person: Person,
    *,
    unread: bool = False,
    before: tuple[datetime, int] | None = None,
    limit: int = 25,
) -> list[Notice]:
    """A page of a person's notices, newest first; `before` is `(at, pk)` of the last one seen."""
    notices = _of(person, unread=unread)
    if before:
        notices = notices.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    return list(notices[:limit])


def _of(person: Person, *, unread: bool) -> QuerySet[Notice]:
    """Newest first, each way from an index in this order: what is read already costs nothing."""
    notices = Notice.objects.filter(person=person).order_by("-at", "-id")
    return notices.filter(read_at__isnull=True) if unread else notices


def told(about: tuple[str, int]) -> QuerySet[Notice]:
    """Who was told about a record, newest first, with the state of each letter."""
    kind, pk = about
    notices = Notice.objects.filter(about_kind=kind, about_id=pk).order_by("-id")
    return notices.select_related("person", "mail")


def undelivered() -> QuerySet[Mail]:
    """Letters that were given up, newest first: shown on the settings page and by the doctor."""
    failed = Mail.objects.filter(given_up_at__isnull=False).order_by("-given_up_at")
    return failed.select_related("notice__person")


def waiting_mail() -> QuerySet[Mail]:
    """Letters that are still to leave."""
    return Mail.objects.filter(sent_at__isnull=True, given_up_at__isnull=True)


def quiet_hours(division: Unit) -> QuietHours | None:
    """When a division gets no letters but urgent ones; None when at any hour."""
    return QuietHours.objects.filter(division=division).first()
