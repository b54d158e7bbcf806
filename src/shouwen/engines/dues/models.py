"""The dues. Open means not settled; whoever brought a state about stands beside its moment."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.engines.notices.saying import say
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person, Unit

OPEN = Q(settled_at__isnull=True)


class DueQuerySet(models.QuerySet["Due"]):
    """The questions everybody asks."""

    def open(self) -> "DueQuerySet":
        """Not settled, not cancelled."""
        return self.filter(OPEN)

    def late(self, at: datetime) -> "DueQuerySet":
        """Open, running, and past their moment."""
        return self.filter(OPEN, paused_at__isnull=True, due_at__lte=at)

    def soonest(self) -> "DueQuerySet":
        """By urgency; what has no moment comes last."""
        return self.order_by(F("due_at").asc(nulls_last=True), "id")


class Due(models.Model):
    """Something somebody has to do. `due_at` is the first moment that is late."""

    class Kind(models.TextChoices):
        """What kind of thing is due."""

        STAGE = "stage", _("步骤")
        SIGN = "sign", _("签核")
        DEADLINE = "deadline", _("期限")
        REPORT = "report", _("报表")
        DUTY = "duty", _("例行事项")
        TASK = "task", _("任务")
        COPY = "copy", _("签收")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=300)
    """Chinese message id; read it by `name`."""
    params = models.JSONField(default=dict)
    """Facts of the title; `matter` among them is what the matter is called."""
    clause = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=200, null=True, unique=True)
    """Keeps a due from being opened twice."""
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    matter_kind = models.CharField(max_length=40)
    matter_id = models.BigIntegerField()
    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=80, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=20, blank=True)
    """Which period a duty is about: `2026-02`."""
    link = models.CharField(max_length=300, blank=True)

    opened_at = models.DateTimeField()
    start_at = models.DateTimeField()
    """From when its time is counted."""
    days = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    """Of working time, where the clause speaks of hours."""
    count = models.CharField(max_length=10, default="calendar")
    """How days are counted: `calendar` or `working`."""
    warn_days = models.JSONField(default=list)
    warn_hours = models.JSONField(default=list)
    awaits = models.CharField(max_length=80, blank=True)
    """The company value that would give it a moment; until it is set there is none."""
    picked = models.CharField(max_length=60, blank=True, default="")
    """By which row of a table of values its time is found."""
    pausable = models.BooleanField(default=False)
    stops = models.JSONField(default=dict)
    """`{facts, match, if}`: what settles it, as the clause said when it was opened."""

    due_at = models.DateTimeField(null=True)
    warn_at = models.JSONField(default=list)
    """Moments of the warnings, in order; the first `warned` of them were said."""
    warned = models.PositiveSmallIntegerField(default=0)
    next_wake_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)
    """When the miss was said; it was missed at `due_at`."""
    escalated_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    """When its owner was last reminded, where a clause asks for that week by week."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    settled_entry = models.BigIntegerField(null=True)
    """The fact that settled it."""
    cancelled = models.BooleanField(default=False)
    """Settled because it is no longer wanted."""

    objects = DueQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_wake_at"],
                condition=OPEN & Q(next_wake_at__isnull=False),
                name="due_wake",
            ),
            models.Index(fields=["person", "due_at", "id"], condition=OPEN, name="due_person"),
            models.Index(
                fields=["division", "role", "due_at", "id"],
                condition=OPEN & Q(person__isnull=True),
                name="due_role",
            ),
            models.Index(fields=["division", "due_at", "id"], condition=OPEN, name="due_division"),
            models.Index(fields=["unit", "due_at", "id"], condition=OPEN, name="due_unit"),
            models.Index(
                fields=["unit", "due_at", "id"],
                condition=OPEN & Q(person__isnull=True, role=""),
                name="due_of_unit",
            ),
            models.Index(fields=["matter_kind", "matter_id"], name="due_matter"),
            models.Index(fields=["subject_kind", "subject_id"], name="due_subject"),
            models.Index(fields=["awaits"], condition=OPEN & ~Q(awaits=""), name="due_awaits"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(role="") | Q(unit__isnull=False),
                name="due_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | Q(next_wake_at__isnull=True),
                name="due_paused_sleeps",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What is due, in the reader's language."""
        return say(self.title, self.params)

    @property
    def matter_name(self) -> str:
        """What the matter is called, in the reader's language; empty when nobody said."""
        return say("%(matter)s", self.params) if self.params.get("matter") else ""

    @property
    def is_open(self) -> bool:
        """Not settled, not cancelled."""
        return self.settled_at is None

    def is_late(self, at: datetime) -> bool:
        """Open, running, and past its moment."""
        return (
            self.is_open
            and self.paused_at is None
            and self.due_at is not None
            and self.due_at <= at
        )

    @property
    def last_day(self) -> Any:
        """The last day on which it is in time, or None."""
        return clock.day_of(self.due_at - timedelta.resolution) if self.due_at else None

    @property
    def matter(self) -> tuple[str, int]:
        """Kind and id of the record whose timeline shows it."""
        return self.matter_kind, self.matter_id


class Pause(models.Model):
    """A time that does not count 中止; only a clause may allow it."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="pauses")
    clause = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    resumed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["due"], condition=Q(until__isnull=True), name="pause_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.due_id} {self.since}"


class Rhythm(models.Model):
    """One clause that comes round for each of a division's records, and the figures it runs by."""

    clause = models.CharField(max_length=20)
    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    """Of which records: `customer`."""
    figures = models.JSONField(default=dict)
    """What the company set, by class: `{"": {days, within}, "vip": …}`."""
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause", "division"], name="rhythm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.division_id}"


class Beat(models.Model):
    """When one record's turn is: the last time it was kept, and when it is due again.

    Growth: one row a record and clause, written again each time, never more. The sweep and the
    list of what is overdue read one index range each; whoever's turn is far off costs nothing.
    """

    rhythm = models.ForeignKey(Rhythm, on_delete=models.CASCADE, related_name="beats")
    subject_id = models.BigIntegerField()
    segment = models.CharField(max_length=40, blank=True, default="")
    """The class of the record that gives its interval."""
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    """None while the company has set no interval for its class."""
    asked_at = models.DateTimeField(null=True)
    """When its due was opened; it is open still."""
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                condition=Q(active=True, asked_at__isnull=True, next_at__isnull=False),
                name="beat_turn",
            ),
            models.Index(
                fields=["rhythm", "next_at", "id"], condition=Q(active=True), name="beat_list"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rhythm", "subject_id"], name="beat_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm_id} {self.subject_id}"


class OverdueReaction(models.Model):
    """The overdue response 逾期反应: why it is late, what is done about it, and by when."""

    due = models.ForeignKey(Due, on_delete=models.CASCADE, related_name="reactions")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField()
    measure = models.TextField()
    promise = models.DateField()
    """The new day by which it will be done; the clause's own moment stays what it was."""

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.due_id} {self.promise}"
