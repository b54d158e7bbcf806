"""Rounds of sign-off and their places."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.words import Words
from shouwen.ground.org.models import Unit

from .runs import Step
from .subjects import Subject, somebody


class Round(Subject):
    """Some people are asked to sign one thing: one after another, all at once, or any of them."""

    class Mode(models.TextChoices):
        """How many signatures it takes, and in which order."""

        ORDERED = "ordered", _("依次会签")
        PARALLEL = "parallel", _("会签")
        ANY = "any", _("或签")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("签核中")
        AGREED = "agreed", _("已同意")
        DECLINED = "declined", _("已否决")
        CANCELLED = "cancelled", _("已取消")

    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="rounds")
    purpose = models.CharField(max_length=60)
    title: Any = models.JSONField(default=dict)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    clause = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    on_agreed = models.CharField(max_length=60, blank=True)
    barred: Any = models.JSONField(default=list)
    days = models.PositiveIntegerField(null=True)
    requested_by = somebody()
    requested_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "purpose"],
                condition=Q(state="open"),
                name="round_one_open_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(closed_at__isnull=False) & ~Q(state="open"),
                name="round_open_or_closed",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="round_subject")]

    def __str__(self) -> str:
        return str(Words(**self.title))


class Signing(models.Model):
    """One place for a signature: the row holds one decision and can hold no second."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("待前者签署")
        ASKED = "asked", _("待签署")
        SIGNED = "signed", _("已签署")
        DECLINED = "declined", _("不同意")
        DROPPED = "dropped", _("已减签")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="signings")
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=200, blank=True)
    """Roles that may sign, parted by `|`; any of them will do."""
    person = somebody()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    opinion = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True)
    by = somebody()
    for_person = somebody()
    added_by = somebody()
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["signed", "declined"], by__isnull=False, at__isnull=False)
                | Q(state__in=["waiting", "asked", "dropped"], by__isnull=True, at__isnull=True),
                name="signing_one_decision",
            ),
            models.CheckConstraint(
                condition=~Q(role="") | Q(person__isnull=False), name="signing_asks_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "position"], name="signing_order"),
            models.Index(fields=["role"], condition=Q(state="asked"), name="signing_asked_role"),
            models.Index(fields=["person"], condition=Q(state="asked"), name="signing_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.role or self.person_id} {self.state}"
