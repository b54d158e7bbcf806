"""The director's quarterly sample, and the list of improvements. One sample a quarter."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Sample(models.Model):
    """A quarter's sample, frozen with its seed: whoever has both draws the same again (R3-51)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    """The quarter: `2025-Q1`."""
    clause = models.CharField(max_length=20)
    seed = models.CharField(max_length=32)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    base = models.PositiveIntegerField()
    """How many records the quarter had when it was drawn."""
    size = models.PositiveIntegerField()
    items: Any = models.JSONField(default=list)
    """The lines the director scores: `[{key, label}]`, as the company had them on the day."""
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "period"], name="sample_once_a_quarter"),
            models.CheckConstraint(condition=Q(size__lte=F("base")), name="sample_of_its_base"),
        ]
        indexes = [models.Index(fields=["division", "-period"], name="sample_newest")]

    def __str__(self) -> str:
        return self.period


class SampleItem(models.Model):
    """One record drawn, the call-back about it, and the matter its problem became."""

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="drawn")
    position = models.PositiveIntegerField()
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()
    stratum = models.CharField(max_length=60)
    """Month and unit it was drawn from."""
    callback = models.OneToOneField(
        "callbacks.Callback", models.PROTECT, related_name="sampled", null=True
    )
    linked = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True)
    """The matter opened for the problem found (R3-53)."""

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="sample_item_place"),
            models.UniqueConstraint(
                fields=["sample", "matter_kind", "matter_id"], name="sample_item_once"
            ),
        ]
        indexes = [models.Index(fields=["linked"], name="sample_item_linked")]

    def __str__(self) -> str:
        return f"{self.sample_id} {self.matter_kind}:{self.matter_id}"


class Decision(models.TextChoices):
    """What is decided about an opinion or a suggestion."""

    OPEN = "", _("待决定")
    ADOPTED = "adopted", _("采纳")
    DECLINED = "declined", _("不采纳")
    DONE_ALREADY = "done_already", _("已有办法")


class Suggestion(models.Model):
    """One line of the improvement list: what was said, what is decided, by whom, its effect."""

    class Sort(models.TextChoices):
        """An opinion judges what is, a suggestion says what could be."""

        OPINION = "opinion", _("意见")
        SUGGESTION = "suggestion", _("建议")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    callback = models.ForeignKey("callbacks.Callback", models.PROTECT, related_name="suggestions")
    sort = models.CharField(max_length=10, choices=Sort)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    decision = models.CharField(max_length=14, choices=Decision, default="", blank=True)
    reason = models.TextField(blank=True, default="")
    owner = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    due_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    effect = models.TextField(blank=True, default="")
    effect_at = models.DateTimeField(null=True)
    effect_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["callback", "sort"], name="suggestion_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="suggestion_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(decision="adopted") | Q(owner__isnull=False, due_on__isnull=False),
                name="suggestion_adopted_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(effect="") | Q(decision="adopted"), name="suggestion_effect_of_adopted"
            ),
        ]
        indexes = [models.Index(fields=["division", "-id"], name="suggestion_newest")]

    def __str__(self) -> str:
        return self.text[:40]
