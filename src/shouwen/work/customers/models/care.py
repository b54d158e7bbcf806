"""What is done to keep a customer: grades, opportunities, opinions, offers, merged records.

Growth: some rows a customer and year. Each list reads one index range of its own.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .choices import BY_WAY, WAYS
from .people import Customer


class Grading(models.Model):
    """One change of a grade, with who, when and why: the history is the rows (R1-13, R2-10)."""

    class Kind(models.TextChoices):
        """How good the relation is, or what the customer is worth to us."""

        RELATION = "relation", _("关系等级")
        GRADE = "grade", _("客户等级")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="gradings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="grading_says_why"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="grading_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.before}→{self.after}"


class Opportunity(models.Model):
    """A need of a customer that may become business: worth, next step, whose it is (R2-10)."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("跟进中")
        WON = "won", _("已成交")
        LOST = "lost", _("未成交")

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="opportunities")
    need = models.CharField(_("需求"), max_length=300)
    expected_cents = models.BigIntegerField(_("预计金额"), null=True)
    next_step = models.CharField(_("下一步"), max_length=300)
    next_on = models.DateField(_("下一步日期"), null=True)
    owner = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    """The owner's department, which reviews its own."""
    state = models.CharField(max_length=5, choices=State.choices, default=State.OPEN)
    source_kind = models.CharField(max_length=40, blank=True, default="")
    source_id = models.BigIntegerField(null=True)
    """Where the need was heard: an interaction, a call-back."""
    noted_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["division", "-id"], name="opportunity_newest"),
            models.Index(fields=["customer", "-id"], name="opportunity_customer"),
            models.Index(
                fields=["unit", "-id"], condition=Q(state="open"), name="opportunity_unit"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(need="") & ~Q(next_step=""), name="opportunity_says_what"
            ),
            models.CheckConstraint(
                condition=Q(expected_cents__isnull=True) | Q(expected_cents__gte=0),
                name="opportunity_worth_something",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | ~Q(state="open") & Q(closed_at__isnull=False),
                name="opportunity_closed_at",
            ),
        ]

    def __str__(self) -> str:
        return self.need[:40]


class Offer(models.Model):
    """New business or a new service that customers are to be told of (R1-12)."""

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("新业务"), max_length=120)
    text = models.TextField(_("内容"))
    segment = models.CharField(_("客户类别"), max_length=40, blank=True, default="")
    """For which class of customers; empty for all."""
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True)
    made_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["division", "-id"], name="offer_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="offer_in_order"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="offer_says_what"),
        ]

    def __str__(self) -> str:
        return self.title


class Presentation(models.Model):
    """A customer was told of offers: which, by which channel, when, by whom."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="presentations")
    offers = models.ManyToManyField(Offer, related_name="presentations")
    channel = models.CharField(max_length=10, choices=WAYS)
    told_at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True, default="")
    """What the customer said to it."""
    by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["customer", "-id"], name="presentation_customer")]
        constraints = [
            models.CheckConstraint(condition=~Q(channel=""), name="presentation_by_what")
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.told_at}"


class Compilation(models.Model):
    """The valuable opinions of a month as one department gets them, to answer each (R8-31)."""

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    """Its first day."""
    target = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["division", "-month", "-id"], name="compilation_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="compilation_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.target_id}"


class Opinion(models.Model):
    """What a customer thinks, or what the market does: told to a department, answered, told back.

    It is done when the customer knows what became of it, by which channel and when (R8-33).
    """

    class Kind(models.TextChoices):
        """What is passed on."""

        OPINION = "opinion", _("客户意见")
        SUGGESTION = "suggestion", _("客户建议")
        MARKET = "market", _("市场信息")

    class Decision(models.TextChoices):
        """What the department does about it."""

        ADOPTED = "adopted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        DECLINED = "declined", _("不采纳")
        NOTED = "noted", _("留作参考")

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="opinions"
    )
    """None for what the market says without a customer saying it."""
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("内容"))
    voice = models.CharField(_("反映人"), max_length=60, blank=True, default="")
    source = models.CharField(_("来源"), max_length=60)
    heard_on = models.DateField(_("日期"))
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    """The centre that heard it and tells the customer in the end."""
    target = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        "org.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    theme = models.CharField(_("主题"), max_length=60, blank=True, default="")
    """What it is about, once somebody marked it as valuable."""
    compilation = models.ForeignKey(
        Compilation, null=True, on_delete=models.PROTECT, related_name="opinions"
    )
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    answer = models.TextField(_("处理意见"), blank=True, default="")
    answered_by = models.ForeignKey(
        "org.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    told_channel = models.CharField(max_length=10, choices=WAYS, blank=True, default="")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey("org.Person", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["division", "-id"], name="opinion_newest"),
            models.Index(fields=["target", "-id"], name="opinion_target"),
            models.Index(fields=["customer", "-id"], name="opinion_customer"),
            models.Index(
                fields=["target", "id"],
                condition=Q(acknowledged_at__isnull=True),
                name="opinion_unacknowledged",
            ),
            models.Index(
                fields=["division", "heard_on"],
                condition=~Q(theme="") & Q(compilation__isnull=True),
                name="opinion_to_compile",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="opinion_says_what"),
            models.CheckConstraint(
                condition=Q(decision="", answer="", answered_at__isnull=True)
                | ~Q(decision="") & ~Q(answer="") & Q(answered_at__isnull=False),
                name="opinion_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(told_channel="", told_at__isnull=True)
                | Q(
                    told_channel__in=list(BY_WAY),
                    told_at__isnull=False,
                    answered_at__isnull=False,
                ),
                name="opinion_told_by_a_channel",
            ),
            models.CheckConstraint(
                condition=Q(kind="market") | Q(customer__isnull=False),
                name="opinion_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def state(self) -> str:
        """Where it stands: new, acknowledged, answered, done."""
        if self.told_at or (self.answered_at and self.customer_id is None):
            return "done"
        if self.answered_at:
            return "answered"
        return "acknowledged" if self.acknowledged_at else "new"


class Merge(models.Model):
    """Two records of one customer were put together; what was moved, so that it can be undone."""

    survivor = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merged_by")
    reason = models.CharField(max_length=200)
    moved = models.JSONField(default=dict)
    """`{"cases.Case.customer": [ids]}`."""
    filled = models.JSONField(default=dict)
    """Where the survivor took what it lacked from the other: `{fields: […], main: contact id}`."""
    by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        "org.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["at"], condition=Q(undone_at__isnull=True), name="merge_recent")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="merge_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.survivor_id}"
