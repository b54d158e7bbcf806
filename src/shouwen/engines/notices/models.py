"""What was told to whom, and the letters that carry it outside."""

from django.db import models
from django.db.models import Q

from shouwen.ground.org.models import Person, Unit

from .saying import say


class Notice(models.Model):
    """One line for one person; `key` keeps it from being told twice."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    division = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    message = models.CharField(max_length=300)
    """Chinese message id; read it by `text`."""
    facts = models.JSONField(default=dict)
    clause = models.CharField(max_length=20, blank=True)
    about_kind = models.CharField(max_length=40)
    about_id = models.BigIntegerField()
    link = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="notice_told_once")]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_inbox"),
            models.Index(
                fields=["person", "-at", "-id"],
                condition=Q(read_at__isnull=True),
                name="notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The line in the reader's language."""
        return say(self.message, self.facts)


class Leaving(models.Model):
    """A letter on its way out. Claimed with a lease: a worker that dies leaves it to others.

    The Message-ID is fixed before the first attempt: should the letter leave twice because a worker
    died between sending and noting it, the receiving side sees one.
    """

    message_id = models.CharField(max_length=200, unique=True)
    after = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    """What the mail server said last."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.message_id


class Mail(Leaving):
    """The letter of a notice."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="mail")

    class Meta:
        indexes = [
            models.Index(
                fields=["after"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="mail_waiting",
            ),
            models.Index(
                fields=["given_up_at"], condition=Q(given_up_at__isnull=False), name="mail_failed"
            ),
        ]


class QuietHours(models.Model):
    """When a division sends no letters but urgent ones; they may reach over midnight."""

    division = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    begins = models.TimeField()
    ends = models.TimeField()

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"
