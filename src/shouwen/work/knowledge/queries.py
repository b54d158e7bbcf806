"""The lists of this primitive, for whoever may see them."""

from collections.abc import Collection

from django.db.models import QuerySet

from shouwen.ground.org.models import Person

from . import access
from .models import Article, Bulletin, ShiftCheck, Summary, TabooHit, TabooPhrase

Divisions = Collection[int]


def articles(person: Person) -> QuerySet[Article]:
    """What is known, with the words it shows."""
    return access.visible_articles(person).select_related("shown", "case", "made_by")


def phrases(divisions: Divisions) -> QuerySet[TabooPhrase]:
    """The lists of taboo phrases."""
    return TabooPhrase.objects.filter(division_id__in=divisions).select_related("added_by")


def hits(divisions: Divisions) -> QuerySet[TabooHit]:
    """Where they were found."""
    return TabooHit.objects.filter(division_id__in=divisions).select_related(
        "interaction", "phrase", "person"
    )


def checks(divisions: Divisions) -> QuerySet[ShiftCheck]:
    """The days that were counted and had an enquiry."""
    return ShiftCheck.objects.filter(division_id__in=divisions, enquiries__gt=0)


def summaries(divisions: Divisions) -> QuerySet[Summary]:
    """The quarters that were counted; what they count stays unread."""
    found = Summary.objects.filter(division_id__in=divisions).defer("body")
    return found.select_related("drawn_up_by", "submitted_by")


def bulletins(divisions: Divisions) -> QuerySet[Bulletin]:
    """What was decided and not decided otherwise since."""
    found = Bulletin.objects.filter(division_id__in=divisions, replaced_at__isnull=True)
    return found.select_related("decided_by", "division")
