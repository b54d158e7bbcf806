"""A periodic paper. Its rows are written down when it is drawn up, so it never changes later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """One edition of a period's paper. A signed one is changed only by a new edition."""

    class State(models.TextChoices):
        """A draft is filled in, a submitted one is being signed, a final one is frozen."""

        DRAFT = "draft", _("编制中")
        SUBMITTED = "submitted", _("会签中")
        FINAL = "final", _("已定案")
        REPLACED = "replaced", _("已由新版取代")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    period = models.CharField(max_length=7)
    edition = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    body = models.JSONField(default=dict)
    drawn_up_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    finalised_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "key", "period", "edition"], name="report_edition_once"
            ),
            models.UniqueConstraint(
                fields=["division", "key", "period"],
                condition=~Q(state="replaced"),
                name="report_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(state="final") | Q(finalised_at__isnull=False),
                name="report_final_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["division", "key", "-period"], name="report_of_period")]

    def __str__(self) -> str:
        return f"{self.key} {self.period} v{self.edition}"
