"""The summary of a quarter's consultations, and the bulletin that the director draws from it.

Growth: one of each a quarter and division; some ten topics a bulletin.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.words import language


class Summary(models.Model):
    """The consultations of a quarter, counted (R3-30). A submitted one never changes.

    It takes up where the one before was submitted, so that no consultation falls between two.
    """

    class State(models.TextChoices):
        """A draft is counted anew as often as one likes."""

        DRAFT = "draft", _("编制中")
        SUBMITTED = "submitted", _("已上报")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    body: Any = models.JSONField(default=dict)
    comment = models.TextField(blank=True, default="")
    drawn_up_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    submitted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "period"], name="summary_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="summary_has_a_span"),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False) & ~Q(comment="")
                | Q(state="draft", submitted_at__isnull=True),
                name="summary_submitted_with_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The consultations it counts, oldest first."""
        found: list[dict[str, Any]] = self.body.get("rows", [])
        return found

    @property
    def is_frozen(self) -> bool:
        """Whether it changes no more; the database holds to that too."""
        return self.state == self.State.SUBMITTED


class Bulletin(models.Model):
    """What the board shows in a quarter, as the director decided it (R3-31)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    first_day = models.DateField()
    last_day = models.DateField()
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="bulletins")
    decided_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    published_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    """When the director decided otherwise, before it was published."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "period"],
                condition=Q(replaced_at__isnull=True),
                name="bulletin_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(published_at__isnull=True),
                name="bulletin_published_stays",
            ),
        ]

    def __str__(self) -> str:
        return self.period


class Topic(models.Model):
    """One piece on the board, with the questions it answers."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="topics")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    title_en = models.CharField(max_length=160, blank=True, default="")
    text_en = models.TextField(blank=True, default="")
    """For customers who read English; without it they read the Chinese."""
    article = models.ForeignKey(
        "knowledge.Article", models.PROTECT, related_name="topics", null=True
    )
    cases = models.ManyToManyField("cases.Case", related_name="+")
    """The consultations it was chosen for."""

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "place"], name="topic_place_once"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="topic_says_something"
            ),
            models.CheckConstraint(
                condition=Q(title_en="", text_en="") | ~Q(title_en="") & ~Q(text_en=""),
                name="topic_english_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def spoken(self) -> str:
        """The language in which the reader gets it."""
        return "en" if self.title_en and language() == "en" else "zh-hans"

    @property
    def heading(self) -> str:
        """The title in the reader's language."""
        return self.title_en if self.spoken == "en" else self.title

    @property
    def words(self) -> str:
        """The text in the reader's language."""
        return self.text_en if self.spoken == "en" else self.text
