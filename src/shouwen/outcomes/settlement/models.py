"""The rows accounting computes on; every paper itself is a sheet."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Settlement(models.Model):
    """What copy 3 of a closed complaint asks sales to do (R4-67); one a case."""

    class Kind(models.TextChoices):
        """The two ways a decision is settled."""

        ALLOWANCE = "allowance", _("折让、赔款")
        RETURN = "return", _("退货、重处理")

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="settlement")
    kind = models.CharField(max_length=10, choices=Kind)
    amount_cents = models.BigIntegerField(null=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["opened_at"], condition=Q(done_at__isnull=True), name="settlement_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class ReturnLine(models.Model):
    """One part on a return slip: what was approved, what came, what the voucher follows."""

    slip = models.ForeignKey("documents.Sheet", models.PROTECT, related_name="return_lines")
    position = models.PositiveSmallIntegerField()
    order_number = models.CharField(max_length=40)
    part_number = models.CharField(max_length=40)
    approved = models.DecimalField(max_digits=14, decimal_places=4)
    actual = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    unit_price_cents = models.BigIntegerField()
    tolerance_percent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    tolerance_source = models.CharField(max_length=8, blank=True, default="")
    branch = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slip", "position"], name="return_line_once"),
            models.CheckConstraint(condition=Q(approved__gt=0), name="return_line_approved"),
            models.CheckConstraint(
                condition=Q(actual__isnull=True) | Q(actual__gte=0), name="return_line_actual"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_number} {self.approved}/{self.actual}"


class Voucher(models.Model):
    """A posted transfer voucher 传票; exactly one a certificate or slip."""

    sheet = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="voucher")
    source = models.OneToOneField("documents.Sheet", models.PROTECT, related_name="posted")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="vouchers")
    number = models.CharField(max_length=30, unique=True)
    posted_on = models.DateField()
    quantity = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    amount_cents = models.BigIntegerField()
    reference = models.CharField(max_length=40, blank=True, default="")
    exported_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["posted_on", "id"], name="voucher_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="voucher_not_negative"),
            models.CheckConstraint(condition=~Q(sheet=F("source")), name="voucher_not_own_source"),
        ]

    def __str__(self) -> str:
        return self.number


class Collection(models.Model):
    """A receivable to be collected because the complaint was not upheld (R4-57, R4-58)."""

    class State(models.TextChoices):
        """Where the collection stands."""

        OPEN = "open", _("待收")
        DISPUTED = "disputed", _("客户异议中")
        COLLECTED = "collected", _("已收回")
        WITHDRAWN = "withdrawn", _("已改判成立")

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="collections")
    salesperson = models.ForeignKey("org.Person", models.PROTECT, related_name="+")
    invoice_number = models.CharField(max_length=40)
    shipments = models.ManyToManyField("customers.Shipment", related_name="+")
    amount_cents = models.BigIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    collected_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "invoice_number"], name="collection_once"),
            models.CheckConstraint(
                condition=Q(state="collected", collected_on__isnull=False)
                | ~Q(state="collected") & Q(collected_on__isnull=True),
                name="collection_has_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state__in=["open", "disputed"]),
                name="collection_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice_number} {self.amount_cents}"
