"""One narrow row a call-back; its tries and what the customer said stand apart and never change.

Growth: one call-back a solved problem and one a finished repair, one a project and period; two
tries each. The queue reads one partial index range of the open ones, the daily rate one of a day.
"""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import clock


class Reason(models.TextChoices):
    """Why the customer is rung."""

    FIRST_CONTACT = "first_contact", _("首问回访")
    REPAIR = "repair", _("报修回访")
    PROJECT = "project", _("项目回访")
    REGULAR = "regular", _("定期回访")
    SAMPLE = "sample", _("主任抽查")


class State(models.TextChoices):
    """What became of it; only an open one is on the list of calls."""

    OPEN = "open", _("待回访")
    DONE = "done", _("已回访")
    DECLINED = "declined", _("客户不愿答")
    UNREACHABLE = "unreachable", _("未能联系上")


class Callback(models.Model):
    """One call owed to a customer about a matter, by a person or by whoever fills a role."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=14, choices=Reason)
    clause = models.CharField(max_length=20, blank=True, default="")
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()
    title: Any = models.JSONField(default=str)
    """What the matter is called, text or `{zh, en}`, as it was when the call was planned."""
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    phone = models.CharField(max_length=60, blank=True, default="")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=80, blank=True, default="")
    occasion = models.BigIntegerField(null=True)
    """The fact it answers, so that one fact asks for one call."""
    period = models.CharField(max_length=24, blank=True, default="")
    """First day of the period whose call it is."""
    counted_on = models.DateField()
    """The day in whose rate it counts."""
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    """When it is its turn again: after a try that reached nobody, later."""
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    satisfied = models.BooleanField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "occasion"],
                condition=Q(occasion__isnull=False),
                name="callback_once_a_fact",
            ),
            models.UniqueConstraint(
                fields=["reason", "matter_kind", "matter_id", "period"],
                condition=~Q(period=""),
                name="callback_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role=""), name="callback_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(state="open", done_at__isnull=True)
                | ~Q(state="open") & Q(done_at__isnull=False),
                name="callback_done_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(state="done"),
                name="callback_satisfied_when_done",
            ),
        ]
        indexes = [
            models.Index(
                fields=["division", "due_at", "next_at", "id"],
                condition=Q(state="open"),
                name="callback_queue",
            ),
            models.Index(fields=["division", "reason", "counted_on"], name="callback_of_day"),
            models.Index(fields=["division", "-id"], name="callback_newest"),
            models.Index(fields=["matter_kind", "matter_id"], name="callback_of_matter"),
            models.Index(fields=["customer", "-id"], name="callback_of_customer"),
            models.Index(fields=["division", "done_at"], name="callback_done_in"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.matter_kind}:{self.matter_id}"

    @property
    def matter(self) -> tuple[str, int]:
        """Kind and id of what the call is about."""
        return self.matter_kind, self.matter_id

    @property
    def due_on(self) -> date | None:
        """The last day on which it is in time."""
        return clock.day_of(self.due_at - timedelta.resolution) if self.due_at else None

    @property
    def is_open(self) -> bool:
        """Whether it still has to be made."""
        return self.state == State.OPEN


class Attempt(models.Model):
    """One try: when, by whom, and its outcome by the company's list. Never changed."""

    callback = models.ForeignKey(Callback, models.PROTECT, related_name="attempts")
    outcome = models.CharField(max_length=30)
    meaning = models.CharField(max_length=10)
    """What the outcome meant on that day: reached, missed or declined."""
    at = models.DateTimeField()
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.callback_id} {self.outcome}"


class Result(models.Model):
    """What the customer answered, as it was submitted: a correction stands beside it (R3-44)."""

    callback = models.OneToOneField(
        Callback, models.PROTECT, primary_key=True, related_name="result"
    )
    satisfied = models.BooleanField()
    marks: Any = models.JSONField(default=dict)
    """Item → mark; None where the item does not apply."""
    words = models.TextField()
    opinion = models.TextField(blank=True, default="")
    suggestion = models.TextField(blank=True, default="")
    none_given = models.BooleanField(default=False)
    """He was asked and had neither."""
    problem = models.TextField(blank=True, default="")
    """What the director found wrong (R3-53)."""
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="result_in_his_own_words"),
            models.CheckConstraint(
                condition=Q(none_given=False) | Q(opinion="", suggestion=""),
                name="result_none_is_none",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:40]


class CallbackCorrection(models.Model):
    """What is right instead, who says so and why; the result itself stays as submitted."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=40)
    """`words`, or an item: `marks.speed`."""
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="callback_correction_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.result_id}.{self.field}"
