"""Mailboxes, the raw letters that came in, and the letters that go out.

Growth: one `RawMail` a letter with its bytes in the file store, one `Outgoing` an answer. Sweeps
read partial indexes over what is still to do; what is done costs them nothing.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.engines.notices.models import Leaving

from .reading.nature import Nature


class Mailbox(models.Model):
    """An address customers write to. Where it is fetched, and by which password, says the
    environment under `MAILBOX_<KEY>`: no row and no backup of rows holds a secret.
    """

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    key = models.SlugField(max_length=30, unique=True)
    address = models.EmailField(unique=True)
    sender_name = models.CharField(max_length=60, blank=True, default="")
    folder = models.CharField(max_length=100, default="INBOX")
    active = models.BooleanField(default=True)
    answers_per_hour = models.PositiveSmallIntegerField()
    """Automatic acknowledgements one address gets in an hour at most; 0: none is ever sent."""
    letters_per_hour = models.PositiveSmallIntegerField()
    """Letters of one address that are taken in within an hour; more wait to be looked at."""
    by_plus = models.BooleanField(default=False)
    """Whether `name+anything@domain` is delivered here: the token then stands in Reply-To."""
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)
    """When it was last fetched without a fault."""
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True, default="")
    claimed_until = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["division", "id"], name="mailbox_of_division")]
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(address=""), name="mailbox_named"),
            models.CheckConstraint(
                condition=Q(letters_per_hour__gte=1), name="mailbox_takes_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def source(self) -> str:
        """Which server and folder: numbers of letters count within it."""
        return f"{self.key}/{self.folder}"


class State(models.TextChoices):
    """What became of a letter that came in."""

    STORED = "stored", _("待处理")
    PROCESSED = "processed", _("已登记")
    QUARANTINED = "quarantined", _("隔离")
    IGNORED = "ignored", _("未登记")
    DISCARDED = "discarded", pgettext_lazy("mail", "已弃置")


class RawMail(models.Model):
    """The bytes of one letter as they came, and what became of it. The row is never removed."""

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="letters")
    source = models.CharField(max_length=140)
    uidvalidity = models.BigIntegerField()
    uid = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    path = models.CharField(max_length=120)
    stored_at = models.DateTimeField()
    marked = models.BooleanField(default=False)
    """The server was told that it is read."""
    state = models.CharField(max_length=11, choices=State, default=State.STORED)
    reason = models.CharField(max_length=200, blank=True, default="")
    """Why it is not taken in: a message id with `facts`, or a person's words."""
    facts = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    after = models.DateTimeField()
    """Not before this moment is it tried (again)."""
    forced = models.BooleanField(default=False)
    """Somebody said: take it in, whatever the guards think of it."""
    message_id = models.CharField(max_length=250, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    nature = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Nature], blank=True, default=""
    )
    sender = models.CharField(max_length=254, blank=True, default="")
    sender_name = models.CharField(max_length=60, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    interaction = models.ForeignKey(
        "interactions.Interaction", models.PROTECT, related_name="raw_mails", null=True
    )
    follows = models.ForeignKey(
        "interactions.Interaction", models.PROTECT, related_name="followed_by_mails", null=True
    )
    """The earlier interaction it answers, whether or not that belongs to a matter yet."""

    class Meta:
        indexes = [
            models.Index(fields=["after", "id"], condition=Q(state="stored"), name="raw_waiting"),
            models.Index(
                fields=["mailbox", "-id"], condition=Q(state="quarantined"), name="raw_quarantined"
            ),
            models.Index(fields=["mailbox", "uid"], condition=Q(marked=False), name="raw_unmarked"),
            models.Index(fields=["mailbox", "-id"], name="raw_newest"),
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="raw_name"),
            models.Index(fields=["digest"], condition=~Q(digest=""), name="raw_digest"),
            models.Index(fields=["sender", "stored_at"], name="raw_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "source", "uidvalidity", "uid"], name="raw_fetched_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="processed") | Q(interaction__isnull=False),
                name="raw_processed_is_recorded",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["quarantined", "ignored", "discarded"]) | ~Q(reason=""),
                name="raw_left_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="discarded") | Q(settled_by__isnull=False),
                name="raw_discarded_by_somebody",
            ),
        ]

    @property
    def division_id(self) -> int:
        """Whose letter it is: its mailbox's division."""
        return self.mailbox.division_id

    def __str__(self) -> str:
        return self.subject or self.sha256[:12]

    @property
    def is_forgotten(self) -> bool:
        """Whether its bytes went with a person who asked for it (decision 11)."""
        return not self.path


class Purpose(models.TextChoices):
    """Why a letter goes out."""

    REPLY = "reply", pgettext_lazy("mail", "答复")
    RECEIPT = "receipt", _("收信回执")


class Outgoing(Leaving):
    """A letter to a customer. Its words are frozen when it is queued: what was said was said."""

    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="outgoing")
    purpose = models.CharField(max_length=7, choices=Purpose)
    interaction = models.ForeignKey(
        "interactions.Interaction", models.PROTECT, related_name="outgoing_mails"
    )
    """The answer itself, or for a receipt the letter that it acknowledges."""
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    in_reply_to = models.CharField(max_length=250, blank=True, default="")
    references = models.TextField(blank=True, default="")
    queued_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["after"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="outgoing_waiting",
            ),
            models.Index(fields=["mailbox", "-id"], name="outgoing_newest"),
            models.Index(fields=["to", "queued_at"], name="outgoing_to"),
            models.Index(
                fields=["mailbox", "-id"],
                condition=Q(given_up_at__isnull=False) | Q(returned_at__isnull=False),
                name="outgoing_failed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["interaction"], condition=Q(purpose="receipt"), name="outgoing_one_receipt"
            ),
            models.UniqueConstraint(
                fields=["interaction"], condition=Q(purpose="reply"), name="outgoing_one_reply"
            ),
            models.CheckConstraint(condition=~Q(to=""), name="outgoing_to_somebody"),
        ]
