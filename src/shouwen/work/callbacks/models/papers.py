"""The audits of two departments and the month's report: drafts until submitted, then locked."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audit(models.Model):
    """A department's quarterly spot-check of the call-back work (R3-56)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    role = models.CharField(max_length=80)
    """The department that audits: `quality`, `operations`."""
    clause = models.CharField(max_length=20)
    seed = models.CharField(max_length=32)
    base = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    opinion = models.TextField(blank=True, default="")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    """Whose seal stands under it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "period", "role"], name="audit_once_a_department"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True)
                | Q(score__isnull=False, submitted_by__isnull=False),
                name="audit_submitted_is_scored",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="audit_score_of_hundred",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.role}"


class AuditItem(models.Model):
    """One call-back asked about again: whether it is true, and how well it was done."""

    class Truth(models.TextChoices):
        """What asking again showed."""

        CONFIRMED = "confirmed", _("属实")
        DIFFERENT = "different", _("与记录不符")
        NOT_REACHED = "not_reached", _("未能核实")

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="items")
    callback = models.ForeignKey("callbacks.Callback", models.PROTECT, related_name="audited")
    truth = models.CharField(max_length=12, choices=Truth, blank=True, default="")
    score = models.PositiveSmallIntegerField(null=True)
    finding = models.TextField(blank=True, default="")
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "callback"], name="audit_item_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=100), name="audit_item_of_hundred"
            ),
            models.CheckConstraint(
                condition=~Q(truth="different") | ~Q(finding=""), name="audit_difference_is_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.callback_id}"


class CallbackReport(models.Model):
    """The month's written report to the director (R3-45); what was submitted is locked."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    clause = models.CharField(max_length=20)
    figures: Any = models.JSONField(default=dict)
    """As counted when it was drawn up, or last counted anew."""
    comment = models.TextField(blank=True, default="")
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    answer = models.TextField(blank=True, default="")
    """What the director notes when he has read it."""
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "period"], name="callback_report_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | Q(submitted_at__isnull=False),
                name="callback_report_read_after_sent",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(comment=""),
                name="callback_report_has_a_comment",
            ),
        ]
        indexes = [models.Index(fields=["division", "-period"], name="callback_report_newest")]

    def __str__(self) -> str:
        return self.period
