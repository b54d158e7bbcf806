"""A subject on its way: where it is, where it was, what was called for, what stops it."""

from typing import Any

from django.db import models
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from shouwen.engines.documents.models import Sheet
from shouwen.ground.org.models import Unit

from .subjects import Subject, somebody


class Run(Subject):
    """A subject on its way. `facts` is what the subject tells of itself, such as its region."""

    class State(models.TextChoices):
        """Whether it still travels."""

        OPEN = "open", _("进行中")
        DONE = "done", _("已办结")
        STOPPED = "stopped", _("已终止")

    flow = models.CharField(max_length=60)
    edition = models.PositiveIntegerField()
    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    facts: Any = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    started_by = somebody()
    started_at = models.DateTimeField()
    changed_by = somebody()
    """Who acted last: whoever comes a moment later is told so."""
    about: Model | None = None
    """The subject itself, where the act has only just written it; no column."""
    paper: Sheet | None = None
    """The paper that travels, where the act has read it already; no column."""
    told: "dict[str, Any] | None" = None
    """What its matter tells of itself, where whoever follows the run has read it; no column."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="run_one_a_subject")
        ]
        indexes = [
            models.Index(
                fields=["division", "flow", "edition", "stage"],
                condition=Q(state="open"),
                name="run_open_stage",
            ),
            models.Index(fields=["matter_kind", "matter_id"], name="run_matter"),
        ]

    def current_unit(self) -> Unit | None:
        """The unit at whose stage it stands, or ended."""
        newest = self.steps.select_related("unit").order_by("-id").first()
        return newest.unit if newest else None

    def __str__(self) -> str:
        return f"{self.flow} {self.subject_kind}:{self.subject_id} @ {self.stage}"


class Step(models.Model):
    """One stay at a stage. `person` is the handler, when one was named; `by` is who ended it."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    person = somebody()
    entered_at = models.DateTimeField()
    entered_by_move = models.CharField(max_length=60, blank=True)
    left_at = models.DateTimeField(null=True)
    left_by_move = models.CharField(max_length=60, blank=True)
    by = somebody()
    for_person = somebody()
    reason = models.CharField(max_length=1000, blank=True)
    skipped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run"], condition=Q(left_at__isnull=True), name="step_one_open_a_run"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by_move="", by__isnull=True, skipped=False)
                | Q(left_at__isnull=False),
                name="step_open_or_left",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "id"], name="step_path"),
            models.Index(
                fields=["person"], condition=Q(left_at__isnull=True), name="step_open_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.stage}"


class Switch(models.Model):
    """An optional stage was called for (`on`), or somebody said why it is not needed."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="switches")
    stage = models.CharField(max_length=60)
    on = models.BooleanField()
    by = somebody()
    at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "stage", "on"], name="switch_once_each_way")
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.stage} {'on' if self.on else 'off'}"


class Hold(models.Model):
    """Something elsewhere has to happen first. It bars one `stage`, or every move on."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    stage = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200)
    facts: Any = models.JSONField(default=dict)
    clause = models.CharField(max_length=20, blank=True)
    by = somebody()
    at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = somebody()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key"],
                condition=Q(released_at__isnull=True),
                name="hold_one_open_a_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.key}"
