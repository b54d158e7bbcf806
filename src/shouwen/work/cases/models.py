"""The case row is narrow, because lists and sweeps touch it all day; its text lives apart.

Growth: one `Case`, one `CaseText` and one to five `CaseLine` rows a complaint. Lists read one
partial index range of open cases; closed cases cost nothing there.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.work.interactions.models import Channel

from .course import classes


class Kind(models.TextChoices):
    """What kind of matter it is; each has its own flow."""

    QUALITY = "quality_complaint", _("客诉")
    ABNORMALITY = "abnormality", _("异常处理")
    ORDINARY = "ordinary", _("一般事项")
    COMPLAINT = "complaint", _("投诉")
    CONSULTATION = "consultation", _("咨询")
    REPAIR = "repair", _("报修")
    REQUEST = "request", _("办理事项")


class Category(models.TextChoices):
    """What a customer of the factory calls about; product quality is a quality complaint (R4-03).

    Other divisions keep their own list of categories as a company value (R2-13).
    """

    PRODUCT_QUALITY = "product_quality", _("产品质量异常")
    DELIVERY = "delivery", _("交期与物流")
    SERVICE = "service", _("服务")
    CONSULTATION = "consultation", _("咨询")


class Severity(models.IntegerChoices):
    """How grave the matter is, by the agent's judgement."""

    NORMAL = 1, _("一般")
    SERIOUS = 2, _("严重")
    CRITICAL = 3, _("紧急")


class State(models.TextChoices):
    """Where the case stands as a whole."""

    OPEN = "open", _("处理中")
    CLOSED = "closed", _("已结案")
    VOID = "void", _("作废")
    MERGED = "merged", _("已并入他案")


class Outcome(models.TextChoices):
    """How the complaint was judged."""

    UNDECIDED = "", _("未核决")
    UPHELD = "upheld", _("成立")
    NOT_UPHELD = "not_upheld", _("不成立")


class Case(models.Model):
    """One matter. What can be read from its sheet is repeated here only where lists need it."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    category = models.CharField(max_length=30)
    """A code of `Category`, or of the company's own list."""
    grade = models.CharField(max_length=12, blank=True, default="")
    """How grave a general complaint was judged: a code of the company's list (R2-13)."""
    severity = models.SmallIntegerField(choices=Severity, default=Severity.NORMAL)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.PHONE)
    number = models.CharField(max_length=20, null=True)
    title = models.CharField(max_length=120)
    customer = models.ForeignKey("customers.Customer", models.PROTECT, related_name="cases")
    region = models.CharField(max_length=10)
    first_owner = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    """Whoever was asked first 首问责任人: answers for the matter to its end, whoever handles it."""
    handler = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    """Whoever deals with it now."""
    salesperson = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=30)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    """When the customer got the first definite answer."""
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    next_step_on = models.DateField(null=True)
    """By when something is to happen next (R7-67)."""
    satisfied = models.BooleanField(null=True)
    """What the customer said when he was called back; None while nobody asked."""
    outcome = models.CharField(
        max_length=12, choices=Outcome, default=Outcome.UNDECIDED, blank=True
    )
    method = models.CharField(max_length=14, blank=True, default="")
    amount_cents = models.BigIntegerField(null=True)
    cause_class = models.CharField(max_length=12, blank=True, default="")
    cause_item = models.CharField(max_length=20, blank=True, default="")
    liable_unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", null=True)
    origin = models.ForeignKey("self", models.PROTECT, related_name="refiled", null=True)
    version = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["division", "number"],
                condition=Q(number__isnull=False),
                name="case_number_once",
            ),
            models.CheckConstraint(
                name="case_numbered_when_accepted",
                condition=Q(kind="quality_complaint", accepted_at__isnull=True, number__isnull=True)
                | Q(kind="quality_complaint", accepted_at__isnull=False, number__isnull=False)
                | ~Q(kind="quality_complaint"),
            ),
            models.CheckConstraint(
                name="case_closed_has_moment",
                condition=Q(state="closed", closed_at__isnull=False)
                | ~Q(state="closed") & Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="case_category_quality",
                condition=~Q(category="product_quality", kind="ordinary"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["division", "due_at", "id"], condition=Q(state="open"), name="case_open_due"
            ),
            models.Index(
                fields=["unit", "due_at", "id"], condition=Q(state="open"), name="case_open_unit"
            ),
            models.Index(
                fields=["handler", "due_at", "id"],
                condition=Q(state="open"),
                name="case_open_handler",
            ),
            models.Index(
                fields=["first_owner", "due_at", "id"],
                condition=Q(state="open"),
                name="case_open_owner",
            ),
            models.Index(
                fields=["salesperson", "due_at", "id"],
                condition=Q(state="open"),
                name="case_open_sales",
            ),
            models.Index(
                fields=["division", "category", "due_at", "id"],
                condition=Q(state="open"),
                name="case_open_category",
            ),
            models.Index(
                fields=["division", "due_at", "id"],
                condition=Q(state="open", kind="complaint", severity=Severity.CRITICAL),
                name="case_open_serious",
            ),
            models.Index(fields=["division", "category", "-id"], name="case_of_category"),
            models.Index(fields=["customer", "-id"], name="case_of_customer"),
            models.Index(fields=["division", "-id"], name="case_newest"),
            models.Index(fields=["division", "closed_at"], name="case_closed"),
            models.Index(fields=["division", "accepted_at"], name="case_accepted"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number, or the draft id before acceptance (a form gets its number only then)."""
        return self.number or f"D{self.pk}"

    @property
    def title_of_category(self) -> str:
        """The category in words: a built-in one, or as the company's list has it."""
        if self.category in Category.values:
            return str(Category(self.category).label)
        return classes.category_title(self.division_id, self.category)

    @property
    def title_of_grade(self) -> str:
        """How grave it is, in words."""
        if not self.grade:
            return str(Severity(self.severity).label)
        return classes.grade_title(self.division_id, self.grade)

    @property
    def called(self) -> str:
        """What people call it: its number and what it is about."""
        return f"{self.label} {self.title}"


class CaseText(models.Model):
    """The words of a case, read only on its own page and by the search."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="text")
    description = models.TextField()
    caller = models.CharField(max_length=60, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return self.description[:40]


class CaseLine(models.Model):
    """One product complained of: an index over the sheet's lines, rewritten with them."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="lines")
    order_number = models.CharField(max_length=40)
    part_number = models.CharField(max_length=40)
    ship_date = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    defective = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        indexes = [
            models.Index(fields=["part_number", "-case"], name="line_of_part"),
            models.Index(fields=["order_number"], name="line_of_order"),
        ]
        constraints = [
            models.CheckConstraint(
                name="line_not_more_than_shipped", condition=Q(defective__lte=models.F("quantity"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_number} {self.defective}/{self.quantity}"


class Transfer(models.Model):
    """A matter handed to a manager 移交, until he takes it over or sends it on (R5-10)."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("待接办")
        TAKEN = "taken", _("已接办")
        SENT_ON = "sent_on", _("已另转")

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    giver = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    taker = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    answered_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="waiting"), name="transfer_one_waiting"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="transfer_answered_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.taker_id}"


class CaseLink(models.Model):
    """Two matters have to do with each other: merged, split off, taken up anew, or akin."""

    class Kind(models.TextChoices):
        """What `other` is to `case`."""

        MERGED = "merged", _("并入")
        SPLIT = "split", _("拆分自")
        ANEW = "anew", _("续办")
        AKIN = "akin", _("相关")

    case = models.ForeignKey(Case, models.PROTECT, related_name="links")
    other = models.ForeignKey(Case, models.PROTECT, related_name="linked")
    kind = models.CharField(max_length=8, choices=Kind)
    reason = models.CharField(max_length=1000, blank=True, default="")
    by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)
    """What has to be put back when it is undone: the dues that were taken off the desks."""
    undone_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "other", "kind"],
                condition=Q(undone_at__isnull=True),
                name="caselink_once",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind="merged", undone_at__isnull=True),
                name="caselink_merged_into_one",
            ),
            models.CheckConstraint(condition=~Q(case=models.F("other")), name="caselink_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"
