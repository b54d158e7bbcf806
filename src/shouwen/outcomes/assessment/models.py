"""What an approved determination means for units and people. The papers themselves are sheets."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LossShare(models.Model):
    """The part of a complaint's loss that one unit bears, as approved (R4-43, R4-45)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="loss_shares")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    ratio = models.DecimalField(max_digits=6, decimal_places=3)
    amount_cents = models.BigIntegerField()
    basis_since = models.DateField()
    """The day from which the loss basis that was used is in force: its version."""
    approved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-approved_at"], name="loss_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ratio__gte=0) & Q(ratio__lte=100), name="loss_ratio_percent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.ratio}%"


class Penalty(models.Model):
    """A personal penalty as approved; an administrative one goes on the month's list (R4-46)."""

    class Kind(models.TextChoices):
        """The kinds of the penalty basis."""

        FINE = "fine", _("罚扣")
        POINTS = "points", _("扣分")
        ADMINISTRATIVE = "administrative", _("行政处分")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="penalties")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    sanction = models.CharField(max_length=40, blank=True, default="")
    amount_cents = models.BigIntegerField(default=0)
    points = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500)
    approved_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    listed = models.ForeignKey("SanctionList", models.PROTECT, related_name="penalties", null=True)
    announcement = models.OneToOneField(
        "documents.Sheet", models.PROTECT, related_name="penalty", null=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "-approved_at"], name="penalty_of_person"),
            models.Index(
                fields=["approved_at"],
                condition=Q(kind="administrative", listed__isnull=True),
                name="penalty_to_list",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="administrative") | ~Q(sanction=""), name="penalty_sanction_named"
            ),
            models.CheckConstraint(
                condition=Q(announcement__isnull=True) | Q(listed__isnull=False),
                name="penalty_listed_before_announced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id} {self.kind}"


class SanctionList(models.Model):
    """The month's administrative sanctions sent to personnel; an empty list is sent too (R4-62)."""

    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    reviewed_cases = models.PositiveIntegerField()
    sent_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "period"], name="sanction_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.division_id} {self.period}"


class Notice(models.Model):
    """A reward or penalty notice; it has effect only once the general manager approved (R4-65)."""

    sheet = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="notice")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="notices", null=True)
    penalty = models.ForeignKey(Penalty, models.PROTECT, related_name="notices", null=True)
    """The approved penalty that it carries out, if there is one."""
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    reward = models.BooleanField(default=False)
    amount_cents = models.BigIntegerField()
    approved_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)
    deducted_at = models.DateTimeField(null=True)
    deducted_by = models.ForeignKey("org.Person", models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "approved_at"], name="notice_of_unit"),
            models.Index(fields=["person", "approved_at"], name="notice_of_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="notice_amount"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False)
                | Q(checked_at__isnull=True, deducted_at__isnull=True),
                name="notice_approved_before_effect",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
                name="notice_approved_or_declined",
            ),
            models.UniqueConstraint(
                fields=["penalty"],
                condition=Q(declined_at__isnull=True, penalty__isnull=False),
                name="notice_of_penalty_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.amount_cents}"


class Improvement(models.Model):
    """A tracked improvement of a complaint as lists need it; what is written stands on its paper.

    A project is the group's (R4-17), an action quality management's (R4-11).
    """

    class Kind(models.TextChoices):
        """Whose it is to confirm."""

        PROJECT = "project", _("改善项目")
        ACTION = "action", _("改善对策")

    class State(models.TextChoices):
        """What has to come next."""

        RUNNING = "running", _("执行中")
        REPORTED = "reported", _("待确认")
        CLOSED = "closed", _("已结束")

    sheet = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="improvement")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="improvements")
    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    owner = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    plan = models.CharField(max_length=200)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    verdict = models.CharField(max_length=16, blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True)
    """The one before it, which had no effect."""

    class Meta:
        indexes = [
            models.Index(fields=["division", "kind", "due_on", "id"], name="improvement_by_due"),
            models.Index(fields=["owner", "due_on"], name="improvement_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(verdict="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, verdict=""),
                name="improvement_closed_by_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"


class Claim(models.Model):
    """What another company or a supplier is liable for, followed up by the office (R4-56)."""

    class Kind(models.TextChoices):
        """Who it is."""

        SUPPLIER = "supplier", _("原物料供应商")
        COMPANY = "company", _("其他公司")

    class Status(models.TextChoices):
        """What came of it."""

        OPEN = "open", _("处理中")
        PAID = "paid", _("已赔付")
        REFUSED = "refused", _("对方拒绝")
        WITHDRAWN = "withdrawn", _("已撤回")

    sheet = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="claim")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="claims")
    division = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    party = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    share = models.DecimalField(max_digits=6, decimal_places=3)
    amount_cents = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    paid_cents = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["division", "status", "-id"], name="claim_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=0) & Q(share__lte=100), name="claim_share_percent"
            ),
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True)
                | ~Q(status="open") & Q(settled_at__isnull=False),
                name="claim_settled_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.amount_cents}"


class Invitation(models.Model):
    """A unit that was asked to handle a claim jointly; its opinion stands on its own paper."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="invitations")
    sheet = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="invitation")
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "unit"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.unit_id}"
