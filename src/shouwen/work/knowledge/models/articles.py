"""What is known: questions with answers that a second person found correct.

Growth: an article for some tens of matters, a few versions each; one use a matter and article.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Article(models.Model):
    """One question and where it came from; what it says stands in its versions."""

    class State(models.TextChoices):
        """A draft is offered to nobody."""

        DRAFT = "draft", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        RETIRED = "retired", _("已停用")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="articles")
    """The consultation or complaint it was made from."""
    category = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    shown = models.ForeignKey(
        "knowledge.ArticleVersion", models.PROTECT, related_name="+", null=True
    )
    """The newest confirmed version: what is offered."""
    uses = models.PositiveIntegerField(default=0)
    """In how many matters it was used."""
    made_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    retired_at = models.DateTimeField(null=True)
    retired_why = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(shown__isnull=False),
                name="article_confirmed_shows_something",
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_at__isnull=False) & ~Q(retired_why="")
                | ~Q(state="retired") & Q(retired_at__isnull=True),
                name="article_retired_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "-id"], name="article_newest"),
            models.Index(fields=["case"], name="article_of_case"),
        ]

    def __str__(self) -> str:
        return f"K{self.pk}"

    @property
    def label(self) -> str:
        """What it is called by."""
        return f"K{self.pk}"


class ArticleVersion(models.Model):
    """One wording; a confirmed one never changes."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300)
    answer = models.TextField()
    written_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    """Counts the changes of a draft: nobody confirms words he has not read."""
    confirmed_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_once"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(confirmed_at__isnull=True),
                name="article_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="article_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("written_by")),
                name="article_confirmed_by_a_second",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(answer=""), name="article_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} v{self.number}"


class ArticleUse(models.Model):
    """An article helped in a matter."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="used")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "case"], name="article_used_once_a_case")
        ]
        indexes = [models.Index(fields=["case"], name="article_use_of_case")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.case_id}"
