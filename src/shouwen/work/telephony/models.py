"""One narrow row a call; whom it rings for is looked up once, when it rings.

Growth: one row a call. The desk asks for the calls of one person that nobody registered yet: a
partial index of a few rows.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Extension(models.Model):
    """Whose telephone it is; the row ends when the telephone goes to somebody else."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="extensions")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=Q(until__isnull=True),
                name="extension_of_one",
            )
        ]

    def __str__(self) -> str:
        return self.number


class State(models.TextChoices):
    """How far a call came."""

    RINGING = "ringing", _("振铃")
    ANSWERED = "answered", _("已接听")
    ENDED = "ended", _("已结束")


class Call(models.Model):
    """One call from outside. `source` and `call_id` are what the telephone system calls it."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    call_id = models.CharField(max_length=200)
    caller = models.CharField(max_length=40, blank=True, default="")
    """As it was sent; empty when the caller hides the number."""
    callee = models.CharField(max_length=40, blank=True, default="")
    extension = models.CharField(max_length=20, blank=True, default="")
    agent = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=8, choices=State)
    rang_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField()
    """When we were first told of it."""
    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, related_name="call", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "call_id"], name="call_once"),
            models.CheckConstraint(
                name="call_ended_has_moment",
                condition=Q(state="ended", ended_at__isnull=False)
                | ~Q(state="ended") & Q(ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agent", "-heard_at"],
                condition=Q(interaction__isnull=True),
                name="call_unregistered",
            ),
            models.Index(fields=["division", "-id"], name="call_newest"),
        ]

    def __str__(self) -> str:
        return self.call_id

    @property
    def is_missed(self) -> bool:
        """It rang and nobody answered."""
        return self.state == State.ENDED and self.answered_at is None
