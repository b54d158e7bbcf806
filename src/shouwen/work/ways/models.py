"""Channels and labels are few; filings, words added and verdicts are one narrow row each.

Growth: one filing a matter from the web, a handful of words added to it.
"""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation.words import language
from shouwen.work.interactions.models import Channel

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without what is mistaken for another when somebody types a label by hand."""


def new_code() -> str:
    """The code of a label: nobody guesses the next one from this one."""
    return "".join(secrets.choice(ALPHABET) for _each in range(12))


class Way(models.Model):
    """One published channel: a hotline, a mailbox, the web. Its address is what customers read."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    channel = models.CharField(_("方式"), max_length=10, choices=Channel)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=200)
    """As published: a number, an e-mail address, a street, a page."""
    hours_zh = models.CharField(max_length=60, blank=True, default="")
    hours_en = models.CharField(max_length=80, blank=True, default="")
    place = models.PositiveSmallIntegerField(default=0)
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "channel", "address"],
                condition=Q(withdrawn_at__isnull=True),
                name="way_published_once",
            ),
            models.CheckConstraint(
                condition=~Q(name_zh="") & ~Q(address=""), name="way_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name_zh

    @property
    def hours(self) -> str:
        """When somebody is there, in the reader's language."""
        return self.hours_en if language() == "en" and self.hours_en else self.hours_zh


class PlaceLabel(models.Model):
    """A place or a piece of equipment with a QR code on it; a retired one leads nowhere."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, unique=True, default=new_code)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True, default="")
    made_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-id"], name="label_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name_zh"],
                condition=Q(retired_at__isnull=True),
                name="label_of_a_place_once",
            ),
            models.CheckConstraint(condition=~Q(name_zh=""), name="label_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The place in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name_zh


class Filing(models.Model):
    """What a customer filed on the web by himself."""

    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, primary_key=True, related_name="filing"
    )
    label = models.ForeignKey(PlaceLabel, models.PROTECT, related_name="filings", null=True)
    language = models.CharField(max_length=10, default="zh-hans")

    def __str__(self) -> str:
        return str(self.interaction_id)


class Added(models.Model):
    """What was said later about the same: by the customer, or to him before a matter exists."""

    to = models.ForeignKey("interactions.Interaction", models.PROTECT, related_name="added")
    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, related_name="added_to"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.to_id}+{self.interaction_id}"


class Verdict(models.Model):
    """Whether the customer is satisfied; he may change his mind, every word of it stays."""

    of = models.ForeignKey("interactions.Interaction", models.PROTECT, related_name="verdicts")
    satisfied = models.BooleanField()
    words = models.CharField(max_length=500, blank=True, default="")
    once = models.CharField(max_length=64, null=True)
    """The token of the form: a button pressed twice is one word."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "once"],
                condition=Q(once__isnull=False),
                name="verdict_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(satisfied=True) | ~Q(words=""), name="verdict_says_what_is_missing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.satisfied}"
