"""A periodic paper, and what was said of its rows while it was signed.

Growth: one report a month and division, one a month and salesperson; some five remarks a complaint.
"""

from typing import Any

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
    body: Any = models.JSONField(default=dict)
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

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The complaints it is drawn up from, in the order of their numbers."""
        found: list[dict[str, Any]] = self.body.get("rows", [])
        return found

    @property
    def carried(self) -> list[dict[str, Any]]:
        """Complaints of earlier months whose improvement is still open; they are not counted."""
        found: list[dict[str, Any]] = self.body.get("carried", [])
        return found

    @property
    def is_frozen(self) -> bool:
        """Whether it changes no more; the database holds to that too."""
        return self.state in (self.State.FINAL, self.State.REPLACED)


class Remark(models.Model):
    """One word on one complaint of the sheet: by a head, or by the group in answer. Only grows."""

    class Kind(models.TextChoices):
        """What was said."""

        CONFIRMED = "confirmed", _("确认")
        OBJECTED = "objected", _("异议")
        ANSWERED = "answered", _("答复")
        AMENDED = "amended", _("更改比率")

    report = models.ForeignKey(Report, models.PROTECT, related_name="remarks")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    role = models.CharField(max_length=200, blank=True, default="")
    """For which signer's place a head speaks."""
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000, blank=True, default="")
    shares: Any = models.JSONField(default=list)
    """The shares that an objection asks for, or that were amended."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["report", "case", "id"], name="remark_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["objected", "amended", "answered"]) | ~Q(text=""),
                name="remark_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["confirmed", "objected"]) | ~Q(role=""),
                name="remark_of_a_head",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.case_id} {self.kind}"
