"""Every mark a customer gave about one matter, and what was done about the bad ones.

Growth: one row a survey answer, call-back or evaluation. A month of a division, a person or a unit
reads one index range.
"""

from django.db import models
from django.db.models import Q

from shouwen.ground.org.models import Person, Unit

from .answering import AreaResult


class Rating(models.Model):
    """One mark from 1 to 5 with its words, about a matter of any kind. Triggers keep it."""

    division = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()
    about = models.CharField(max_length=160, blank=True, default="")
    """What the matter was called."""
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    """Whose service it is about, where somebody's."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=20, blank=True, default="")
    mark = models.PositiveSmallIntegerField()
    low = models.BooleanField(default=False)
    """So bad that somebody has to look after it, by the company's value of that day (R7-71)."""
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    """Who wrote it down; None: the customer himself."""
    key = models.CharField(max_length=100, null=True, unique=True)
    """Keeps a mark from being recorded twice."""
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replaced_by", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=5), name="rating_mark_range"),
            models.CheckConstraint(condition=~Q(matter_kind=""), name="rating_of_a_matter"),
        ]
        indexes = [
            models.Index(fields=["division", "at", "id"], name="rating_of_division"),
            models.Index(fields=["person", "at", "id"], name="rating_of_person"),
            models.Index(fields=["unit", "at", "id"], name="rating_of_unit"),
            models.Index(fields=["customer", "-id"], name="rating_of_customer"),
            models.Index(fields=["matter_kind", "matter_id"], name="rating_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} {self.about}"


class FollowUp(models.Model):
    """What the one who owed it did about a low mark (R7-71) or about a low area (R5-46)."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="follow_up", null=True)
    result = models.OneToOneField(AreaResult, models.PROTECT, related_name="follow_up", null=True)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=False, result__isnull=True)
                | Q(rating__isnull=True, result__isnull=False),
                name="follow_up_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="follow_up_said"),
        ]

    def __str__(self) -> str:
        return self.words[:40]
