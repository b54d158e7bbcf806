"""Reviews, findings, measures. A finding keeps the clauses that bound on its day.

Growth: some hundred reviews and dozens of findings a month in a division.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.engines.notices.saying import say
from shouwen.work.reception.models import Rating

LOWEST, HIGHEST = 1, 5
"""The ends of a mark; which mark is a pass, the company says."""


class Review(models.Model):
    """One contact that was listened to or looked at, with a mark for each item (R2-01)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    contact_kind = models.CharField(max_length=40)
    contact_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    during = models.CharField(max_length=10)
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = models.CharField(max_length=1000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact_kind", "contact_id", "reviewer"], name="review_once_a_reviewer"
            ),
            models.CheckConstraint(condition=~Q(reviewer=F("person")), name="review_by_another"),
        ]
        indexes = [
            models.Index(fields=["division", "at"], name="review_by_month"),
            models.Index(fields=["person", "-at"], name="review_of_person"),
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """The mark of one item; clauses that ask for the same item share it (R6-02)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="marks")
    item = models.CharField(max_length=60)
    mark = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    clauses = models.JSONField(default=list)
    comment = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="mark_once_an_item"),
            models.CheckConstraint(
                condition=Q(mark__gte=LOWEST) & Q(mark__lte=HIGHEST), name="mark_in_scale"
            ),
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(comment=""), name="mark_failed_needs_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.mark}"


class Grievance(models.Model):
    """What a customer says about an employee; his manager decides whether it is upheld (R3-39)."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待核实")
        UPHELD = "upheld", _("属实")
        DISMISSED = "dismissed", _("不属实")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    interaction = models.ForeignKey("interactions.Interaction", models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    words = models.CharField(max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    filed_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decided_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interaction", "person", "code"], name="grievance_once"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | ~Q(state="open") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="grievance_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="grievance_decided_by_another",
            ),
        ]
        indexes = [models.Index(fields=["division", "state", "-id"], name="grievance_by_state")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code}"


class Finding(models.Model):
    """Something found against somebody: acknowledged or contested, then confirmed or dropped."""

    class Source(models.TextChoices):
        """How it came up."""

        REVIEW = "review", _("检查")
        COMPLAINT = "complaint", _("客户投诉")
        NOTE = "note", _("主管记录")
        DETECTED = "detected", _("系统查出")

    class State(models.TextChoices):
        """What has to come next."""

        OPEN = "open", _("待本人确认")
        ACKNOWLEDGED = "acknowledged", _("本人已承认")
        OBJECTED = "objected", _("本人有异议")
        CONFIRMED = "confirmed", _("已认定")
        CLOSED = "closed", _("已办结")
        DROPPED = "dropped", _("不予认定")

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    clauses = models.JSONField(default=list)
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source)
    review = models.ForeignKey(Review, models.PROTECT, related_name="findings", null=True)
    grievance = models.OneToOneField(Grievance, models.PROTECT, related_name="finding", null=True)
    contact_kind = models.CharField(max_length=40, blank=True, default="")
    contact_id = models.BigIntegerField(null=True)
    described = models.CharField(max_length=1000)
    """In somebody's words; what the product saw by itself is a message id with `facts`."""
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    opened_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    """Nobody where the product saw it by itself."""
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    """When the person acknowledged or objected."""
    objection = models.CharField(max_length=1000, blank=True, default="")
    decided_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=1000, blank=True, default="")
    """The answer to the objection, or why it was confirmed or dropped."""
    corrected_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    corrected_at = models.DateTimeField(null=True)
    corrected = models.CharField(max_length=1000, blank=True, default="")
    """What the customer was told instead of the wrong answer (R5-08)."""
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="finding_number_once"),
            models.UniqueConstraint(
                fields=["review", "code"],
                condition=Q(review__isnull=False),
                name="finding_once_a_review",
            ),
            models.UniqueConstraint(
                fields=["contact_kind", "contact_id", "code"],
                condition=Q(source="detected"),
                name="finding_detected_once",
            ),
            models.CheckConstraint(
                condition=Q(source="detected") | Q(opened_by__isnull=False),
                name="finding_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="objected") | ~Q(objection=""),
                name="finding_objected_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "closed", "dropped"])
                | Q(decided_at__isnull=False),
                name="finding_decided_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("person")),
                name="finding_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["division", "state", "-id"], name="finding_by_state"),
            models.Index(fields=["person", "-id"], name="finding_of_person"),
            models.Index(fields=["division", "opened_at"], name="finding_by_month"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def words(self) -> str:
        """What happened; what the product saw by itself in the reader's language."""
        return say(self.described, self.facts) if self.facts else self.described


class Measure(models.Model):
    """What the department decided after a confirmed finding; a transfer needs approval (R5-15)."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=30)
    clause = models.CharField(max_length=20)
    words = models.CharField(max_length=500)
    since = models.DateField()
    """The day of the measure; of a transfer the day from which the new post is held."""
    decided_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    new_post = models.ForeignKey("org.Post", models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_because = models.CharField(max_length=300, blank=True, default="")
    appointment = models.OneToOneField(
        "org.Appointment", models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="measure_says_why"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | Q(approved_by__isnull=False, appointment__isnull=False, new_post__isnull=False)
                & ~Q(approved_by=F("decided_by")),
                name="measure_transfer_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="measure_approved_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind}"

    @property
    def stands(self) -> bool:
        """Whether it counts: a transfer only once it is approved."""
        return self.approved_at is not None if self.new_post_id else True


class ContactRating(models.Model):
    """How a customer rated a call or another contact; a visit keeps its own rating (R5-05)."""

    interaction = models.OneToOneField(
        "interactions.Interaction", models.PROTECT, primary_key=True, related_name="+"
    )
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    rating = models.CharField(max_length=10, choices=Rating)
    words = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    checked_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    check_words = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.interaction_id} {self.rating}"
