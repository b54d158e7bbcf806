"""What customers answered. Triggers keep every answer; a correction stands beside what it replaces.

Growth: one row a response and one a question answered. Statistics read the replies of a campaign.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from shouwen.ground.org.models import Person

from .asking import Campaign, Question, Recipient


class Response(models.Model):
    """One set of answers. `keyed_by` None: the customer himself, by his link."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="responses")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="responses")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replaced_by", null=True)
    reason = models.CharField(max_length=200, blank=True, default="")
    """Why it was corrected."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(replaces__isnull=True), name="response_once"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, reason="")
                | Q(replaces__isnull=False) & ~Q(reason=""),
                name="response_correction_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "-id"], name="response_of_campaign"),
            models.Index(fields=["customer", "-id"], name="response_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}/{self.pk}"


class Reply(models.Model):
    """The answer to one question: a mark, the place of a choice, or words."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="replies")
    question = models.ForeignKey(Question, models.PROTECT, related_name="replies")
    mark = models.PositiveSmallIntegerField(null=True)
    choice = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="reply_once"),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__gte=1, mark__lte=5),
                name="reply_mark_range",
            ),
            models.CheckConstraint(
                condition=Q(mark__isnull=False, choice__isnull=True, text="")
                | Q(mark__isnull=True, choice__isnull=False, text="")
                | Q(mark__isnull=True, choice__isnull=True) & ~Q(text=""),
                name="reply_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.mark or self.text}"


class AreaResult(models.Model):
    """What an area came to when its campaign was closed; channel empty: all of them together."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="results")
    area = models.CharField(max_length=40)
    channel = models.CharField(max_length=20, blank=True, default="")
    marks = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    low = models.BooleanField(default=False)
    """Below the threshold: somebody has to improve it (R5-46)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "area", "channel"], name="area_result_once"
            ),
            models.CheckConstraint(condition=Q(marks__gt=0), name="area_result_of_something"),
            models.CheckConstraint(
                condition=Q(low=False) | Q(channel=""), name="area_result_low_as_a_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.average}"

    @property
    def average(self) -> Decimal:
        """The mean of the marks, to two places."""
        return (Decimal(self.total) / self.marks).quantize(Decimal("0.01"))
