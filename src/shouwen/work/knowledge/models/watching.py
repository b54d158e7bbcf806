"""What is watched over: words that may not be said, and records that have to be there.

Growth: some tens of phrases a division; a row that waits for each thing we said, gone with the next
look; one check a day and division.
"""

from django.db import models
from django.db.models import F, Q


class TabooPhrase(models.Model):
    """Words nobody says to a customer 服务忌语, and what is said instead."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    phrase = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    """The phrase as it is compared: letters and digits alone."""
    instead = models.CharField(max_length=200)
    """What to say in its place."""
    note = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)
    """Its last day; none while it holds."""
    added_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    """None where the regulation itself names it."""
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "key"],
                condition=Q(until__isnull=True),
                name="taboo_phrase_holds_once",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(instead=""), name="taboo_phrase_says_something"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="taboo_phrase_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.phrase


class ScanWaiting(models.Model):
    """Something we said that the next look reads for taboo phrases."""

    interaction = models.ForeignKey("interactions.Interaction", models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.interaction_id)


class TabooHit(models.Model):
    """A taboo phrase found in what was recorded."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    interaction = models.ForeignKey("interactions.Interaction", models.PROTECT, related_name="+")
    phrase = models.ForeignKey(TabooPhrase, models.PROTECT, related_name="hits")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    """Who said it."""
    excerpt = models.CharField(max_length=200)
    at = models.DateTimeField()
    """When it was said."""
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "phrase"], name="taboo_hit_once")
        ]
        indexes = [
            models.Index(fields=["division", "-id"], name="taboo_hit_newest"),
            models.Index(fields=["person", "-id"], name="taboo_hit_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id} {self.phrase_id}"


class ShiftCheck(models.Model):
    """How many enquiries of a day had their record when the day closed (R3-29)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    enquiries = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    """As counted when the day closed."""
    checked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    """When nothing was missing any more."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "day"], name="shift_check_once"),
            models.CheckConstraint(
                condition=Q(missing__lte=F("enquiries")), name="shift_check_missing_are_some_of_all"
            ),
            models.CheckConstraint(
                condition=Q(missing__gt=0) | Q(settled_at__isnull=False),
                name="shift_check_whole_is_settled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["division", "day"],
                condition=Q(settled_at__isnull=True),
                name="shift_check_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.day}"

    @property
    def records(self) -> int:
        """How many had their record."""
        return self.enquiries - self.missing
