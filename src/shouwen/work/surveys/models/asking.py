"""What is asked, in a campaign, of whom. A questionnaire that went out stays as it is.

Growth: a few campaigns a year of some hundred recipients each. A recipient's list reads one index
range of its campaign; the open link one unique index.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import clock, words


class Questionnaire(models.Model):
    """One version of a questionnaire; `fixed_at` says since when it may not change any more."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    code = models.CharField(_("代码"), max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    title_zh = models.CharField(_("中文标题"), max_length=80)
    title_en = models.CharField(_("英文标题"), max_length=120, blank=True, default="")
    opening_zh = models.TextField(_("中文开场白"), blank=True, default="")
    opening_en = models.TextField(_("英文开场白"), blank=True, default="")
    made_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "code", "version"], name="questionnaire_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(title_zh=""), name="questionnaire_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return (words.language() == "en" and self.title_en) or self.title_zh

    @property
    def opening(self) -> str:
        """The words above the questions in the reader's language."""
        return (words.language() == "en" and self.opening_en) or self.opening_zh


class Question(models.Model):
    """One question; its area is a word of the clause (R5-45), or one that the company added."""

    class Kind(models.TextChoices):
        """What kind of answer it wants."""

        MARK = "mark", _("打分(1–5)")
        CHOICE = "choice", _("选择")
        TEXT = "text", _("文字")

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("题型"), max_length=6, choices=Kind.choices)
    area = models.CharField(_("方面"), max_length=40)
    text_zh = models.CharField(_("中文题目"), max_length=200)
    text_en = models.CharField(_("英文题目"), max_length=300, blank=True, default="")
    choices = models.JSONField(default=list)
    """Of a choice: `[{zh, en}]`; what was answered is its place in the list."""
    required = models.BooleanField(_("必答"), default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh="") & ~Q(area=""), name="question_worded"),
            models.CheckConstraint(
                condition=Q(kind__in=["mark", "choice", "text"]), name="question_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        return (words.language() == "en" and self.text_en) or self.text_zh

    @property
    def options(self) -> list[tuple[int, str]]:
        """The answers of a choice, by place."""
        english = words.language() == "en"
        return [
            (place, (english and one.get("en")) or one["zh"])
            for place, one in enumerate(self.choices)
        ]


class Campaign(models.Model):
    """One round of asking. It is planned, then runs, then is closed; each by somebody, once."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    title = models.CharField(_("名称"), max_length=80)
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="campaigns")
    closes_on = models.DateField(_("截止日"))
    note = models.CharField(_("说明"), max_length=300, blank=True, default="")
    planned_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    planned_at = models.DateTimeField()
    started_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    started_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(null=True)
    threshold = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    """The average below which an area was a problem on the day it was closed (R5-46)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="campaign_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="campaign_named"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(started_at__isnull=False),
                name="campaign_closed_after_start",
            ),
        ]
        indexes = [models.Index(fields=["division", "-id"], name="campaign_newest")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def state(self) -> str:
        """draft, running or closed."""
        if self.started_at is None:
            return "draft"
        return "closed" if self.closed_at else "running"

    def is_open_to_customers(self, at: datetime) -> bool:
        """Whether a customer may still answer by himself: it runs, and its last day is not over."""
        return self.state == "running" and at < clock.end_of(self.closes_on)


class Recipient(models.Model):
    """Whom a campaign asks and how. `answered_at` is set once, by whichever answer comes first."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="recipients")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="+")
    contact = models.ForeignKey("customers.Contact", models.PROTECT, related_name="+", null=True)
    channel = models.CharField(max_length=20)
    """A word of the clause (R5-44)."""
    token = models.CharField(max_length=32, unique=True)
    """Whoever has it may answer; 128 random bits, the end of the link and of the QR code."""
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    reminded_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    """How often somebody rang without reaching anybody."""
    answered_at = models.DateTimeField(null=True)
    mail_after = models.DateTimeField(null=True)
    """A letter by e-mail waits to be sent, from this moment on."""
    mail_failures = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "customer", "contact"], name="recipient_contact_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "customer"],
                condition=Q(contact__isnull=True),
                name="recipient_customer_once",
            ),
            models.CheckConstraint(condition=~Q(channel="") & ~Q(token=""), name="recipient_whole"),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(reminded_at__gte=F("sent_at")),
                name="recipient_reminded_after_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "channel", "id"], name="recipient_by_channel"),
            models.Index(
                fields=["mail_after"],
                condition=Q(mail_after__isnull=False),
                name="recipient_mail_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.channel}"

    @property
    def short(self) -> str:
        """The code printed on paper, by which whoever keys it in finds it again."""
        return f"{self.pk:06d}"
