"""One narrow row an interaction; its words apart, because lists and counts never need them.

Growth: two to six rows a matter. A customer's timeline and the queue of what nobody took on each
read one index range.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.engines.notices.saying import say
from shouwen.ground.foundation import clock
from shouwen.work.customers.models.choices import GOING
from shouwen.work.customers.models.choices import Channel as Channel

from . import wording


class Direction(models.TextChoices):
    """Who turned to whom."""

    IN = "in", _("客户来")
    OUT = "out", _("我方去")


ON_PAPER = frozenset({Channel.LETTER, Channel.FAX})


def channel_word(channel: str, direction: str) -> str:
    """What a way is called by whoever goes it."""
    going = GOING.get(Channel(channel)) if direction == Direction.OUT else None
    return str(going or Channel(channel).label)


def going_choices() -> list[tuple[str, str]]:
    """The ways by which we turn to a customer."""
    return [(one.value, channel_word(one, Direction.OUT)) for one in Channel]


class Nature(models.TextChoices):
    """What the customer brings: something to be done, told, demanded, asked, or said (R5-06)."""

    SERVICE = "service", _("办理事项")
    PROBLEM = "problem", _("反映问题")
    DEMAND = "demand", _("提出要求")
    ENQUIRY = "enquiry", _("咨询")
    OPINION = "opinion", _("意见建议")
    FOLLOW_UP = "follow_up", _("跟进联系")


class Interaction(models.Model):
    """One call, letter, visit or message. `taker` is who took or made it, None where nobody did."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=10, choices=Channel)
    nature = models.CharField(max_length=10, choices=Nature)
    at = models.DateTimeField()
    """When they spoke."""
    recorded_at = models.DateTimeField()
    customer = models.ForeignKey(
        "customers.Customer", models.PROTECT, related_name="interactions", null=True
    )
    taker = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", null=True)
    """The taker's unit at the time."""
    matter_kind = models.CharField(max_length=40, blank=True, default="")
    matter_id = models.BigIntegerField(null=True)
    routed_at = models.DateTimeField(null=True)
    """When it was passed to whoever deals with it (R2-04, R5-18)."""
    definite = models.BooleanField(default=False)
    """A definite answer, not a word in between (R3-49)."""
    repeated = models.BooleanField(default=False)
    """The customer had to turn to us once more about an open matter (R5-19)."""
    source = models.CharField(max_length=20, blank=True, default="")
    external_id = models.CharField(max_length=300, null=True)
    """What the outside calls it: a call id, a Message-ID, an idempotency key."""
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="interaction_number_once"),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=Q(external_id__isnull=False),
                name="interaction_external_once",
            ),
            models.CheckConstraint(
                condition=Q(matter_kind="", matter_id__isnull=True)
                | ~Q(matter_kind="") & Q(matter_id__isnull=False),
                name="interaction_matter_whole",
            ),
            models.CheckConstraint(
                condition=Q(direction="out") | Q(definite=False),
                name="interaction_definite_goes_out",
            ),
            models.CheckConstraint(
                condition=Q(direction="in") | Q(repeated=False),
                name="interaction_repeated_comes_in",
            ),
        ]
        indexes = [
            models.Index(fields=["matter_kind", "matter_id", "id"], name="interaction_matter"),
            models.Index(fields=["customer", "-id"], name="interaction_customer"),
            models.Index(fields=["division", "-id"], name="interaction_newest"),
            models.Index(fields=["taker", "-id"], name="interaction_taker"),
            models.Index(
                fields=["division", "id"],
                condition=Q(routed_at__isnull=True, direction="in"),
                name="interaction_unrouted",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def channel_word(self) -> str:
        """By which way, as it is called in its direction."""
        return channel_word(self.channel, self.direction)

    @property
    def is_dated(self) -> bool:
        """A letter was registered with its day; nobody knows the hour."""
        return self.channel in ON_PAPER and self.at == clock.local(clock.day_of(self.at))

    @property
    def matter(self) -> tuple[str, int] | None:
        """Kind and id of the matter it belongs to."""
        return (self.matter_kind, self.matter_id) if self.matter_id is not None else None


class InteractionText(models.Model):
    """Who spoke, and the words; `more` is what only this channel has: courier number, call id."""

    interaction = models.OneToOneField(
        Interaction, models.PROTECT, primary_key=True, related_name="text"
    )
    name = models.CharField(max_length=60, blank=True, default="")
    """Whoever spoke for the customer."""
    phone = models.CharField(max_length=40, blank=True, default="")
    phone_key = models.CharField(max_length=24, blank=True, default="", db_index=True)
    email = models.CharField(max_length=254, blank=True, default="")
    subject = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField()
    wanted = models.TextField(blank=True, default="")
    """The outcome the customer wants (R1-09, R2-04)."""
    more = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.body[:40]

    @property
    def said(self) -> str:
        """What was said; the product's own words in the reader's language."""
        return say(self.body) if wording.is_own(self.body) else self.body


class Correction(models.Model):
    """What stood there before somebody corrected it: a record is corrected, never rewritten."""

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.interaction_id}.{self.field}"
