"""The visitor register and the post book: one narrow row each, the words stand on the interaction.

Growth: some dozens of rows a day in a division. Today's list and the register read one index range.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.work.interactions.models import Direction


class Errand(models.TextChoices):
    """Whether somebody came to the company or to see an employee privately."""

    BUSINESS = "business", _("公务来访")
    PRIVATE = "private", _("私人来访")


class Rating(models.TextChoices):
    """How the visitor found it. Which of them a manager has to look into, the clauses say."""

    GOOD = "good", _("满意")
    FAIR = "fair", _("一般")
    POOR = "poor", _("不满意")
    IMPATIENT = "impatient", _("态度不耐烦")
    IGNORED = "ignored", _("无人理睬")


class Visit(models.Model):
    """One visitor, from the door to the door (R2-11, R6-12)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, related_name="visit", null=True
    )
    """What the visitor said; none where the visit is private."""
    errand = models.CharField(max_length=8, choices=Errand, default=Errand.BUSINESS)
    visitor = models.CharField(max_length=60)
    company = models.CharField(max_length=80, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    people = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=300)
    host = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    """The host's unit at the time: whose list a bad rating stands on."""
    registered_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    waited_minutes = models.PositiveIntegerField(null=True)
    over_limit = models.BooleanField(default=False)
    """Waited longer than the company allowed on that day."""
    left_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True, default="")
    signature = models.OneToOneField(
        "documents.Attachment", models.PROTECT, related_name="+", null=True
    )
    """Drawn on the screen at the desk."""
    confirmed_name = models.CharField(max_length=60, blank=True, default="")
    """Or by name, where nothing can be drawn."""
    confirmed_at = models.DateTimeField(null=True)
    rating = models.CharField(max_length=10, choices=Rating, blank=True, default="")
    rating_words = models.CharField(max_length=500, blank=True, default="")
    rated_at = models.DateTimeField(null=True)
    to_follow_up = models.BooleanField(default=False)
    """A manager has to look into it."""
    followed_up_at = models.DateTimeField(null=True)
    followed_up_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    follow_up = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="visit_number_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__gte=F("arrived_at")),
                name="visit_received_after_arrival",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True)
                | Q(left_at__gte=F("arrived_at")) & ~Q(outcome=""),
                name="visit_left_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(rating="", rated_at__isnull=True)
                | ~Q(rating="") & Q(rated_at__isnull=False),
                name="visit_rating_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(signature__isnull=True) | Q(confirmed_name=""),
                name="visit_signed_one_way",
            ),
            models.CheckConstraint(
                condition=Q(errand="private", interaction__isnull=True)
                | Q(errand="business", interaction__isnull=False),
                name="visit_is_an_interaction",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["division", "-id"], name="visit_newest"),
            models.Index(
                fields=["division", "arrived_at"],
                condition=Q(left_at__isnull=True),
                name="visit_open",
            ),
            models.Index(
                fields=["unit", "-id"],
                condition=Q(to_follow_up=True, followed_up_at__isnull=True),
                name="visit_to_follow_up",
            ),
            models.Index(fields=["division", "arrived_at", "id"], name="visit_by_day"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_confirmed(self) -> bool:
        """Signed, or confirmed by name."""
        return self.confirmed_at is not None


class Letter(models.Model):
    """One letter or fax, in or out. What goes out is an interaction once it is dispatched."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    channel = models.CharField(max_length=10, choices=[("letter", _("信函")), ("fax", _("传真"))])
    direction = models.CharField(max_length=3, choices=Direction)
    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, related_name="letter", null=True
    )
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+", null=True)
    party = models.CharField(max_length=80)
    """Sender or recipient."""
    address = models.CharField(max_length=200, blank=True, default="")
    fax_number = models.CharField(max_length=40, blank=True, default="")
    courier = models.CharField(max_length=40, blank=True, default="")
    courier_number = models.CharField(max_length=60, blank=True, default="")
    on = models.DateField()
    """The day it came in; of what goes out the day it was written."""
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    """The text of what goes out; of what came in the words stand on the interaction."""
    definite = models.BooleanField(default=False)
    handler = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    registered_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    answers = models.ForeignKey("self", models.PROTECT, related_name="replies", null=True)
    dispatched_at = models.DateTimeField(null=True)
    dispatched_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(channel__in=["letter", "fax"]), name="letter_or_fax"
            ),
            models.CheckConstraint(
                condition=Q(direction="in", interaction__isnull=False, dispatched_at__isnull=True)
                | Q(direction="out", interaction__isnull=True, dispatched_at__isnull=True)
                | Q(direction="out", interaction__isnull=False, dispatched_at__isnull=False),
                name="letter_dispatched_is_interaction",
            ),
            models.CheckConstraint(
                condition=Q(dispatched_at__isnull=True)
                | ~Q(courier_number="")
                | ~Q(fax_number=""),
                name="letter_dispatched_by_number",
            ),
            models.CheckConstraint(
                condition=Q(direction="in") | ~Q(body=""), name="letter_out_has_text"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["division", "-id"], name="letter_newest"),
            models.Index(fields=["handler", "-id"], name="letter_of_handler"),
        ]

    def __str__(self) -> str:
        return self.number
