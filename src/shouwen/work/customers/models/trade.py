"""Products; orders, what was shipped on them and what is owed; spreadsheets that wait."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .people import Customer, Named


class Product(Named):
    """What a part number 料号 stands for."""

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    part_number = models.CharField(_("料号"), max_length=40)
    unit = models.CharField(_("单位"), max_length=10, default="件")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "part_number"], name="part_number_once"),
            models.CheckConstraint(
                condition=~Q(part_number="") & ~Q(name_zh=""), name="product_named"
            ),
        ]


class Order(models.Model):
    """An order; its over-receipt tolerance is what the customer stated on it (R4-76), percent."""

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    number = models.CharField(_("订单编号"), max_length=40)
    ordered_on = models.DateField(_("订货日期"))
    salesperson = models.ForeignKey(
        "org.Person", null=True, on_delete=models.PROTECT, related_name="orders"
    )
    over_receipt_tolerance = models.DecimalField(
        _("超量允收比率"), max_digits=5, decimal_places=2, null=True
    )
    currency = models.CharField(_("币别"), max_length=3, default="CNY")
    exchange_rate = models.DecimalField(_("汇率"), max_digits=12, decimal_places=6, default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["customer", "-ordered_on", "-id"], name="order_of_customer"),
            models.Index(fields=["division", "-ordered_on", "-id"], name="order_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="order_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="order_numbered"),
            models.CheckConstraint(
                condition=Q(over_receipt_tolerance__isnull=True)
                | Q(over_receipt_tolerance__gte=0, over_receipt_tolerance__lte=100),
                name="order_tolerance_percent",
            ),
            models.CheckConstraint(condition=Q(exchange_rate__gt=0), name="order_rate_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """One product of an order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行号"))
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="order_lines")
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=3)
    unit_price_cents = models.BigIntegerField(_("单价"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price_cents__gte=0), name="order_line_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position}"

    @property
    def amount_cents(self) -> int:
        """Quantity times price, halves away from zero."""
        return int((self.quantity * self.unit_price_cents).quantize(Decimal(1), "ROUND_HALF_UP"))


class Shipment(models.Model):
    """What left on one day on one order line, its invoice, and how much of it was collected.

    Amounts are in the order's currency; a shipment without an invoice date is not yet owed.
    """

    order_line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="shipments")
    shipped_on = models.DateField(_("交运日期"))
    quantity = models.DecimalField(_("交运数量"), max_digits=14, decimal_places=3)
    invoice_number = models.CharField(_("发票号码"), max_length=40, blank=True)
    invoice_date = models.DateField(_("发票日期"), null=True)
    amount_cents = models.BigIntegerField(_("发票金额"))
    due_on = models.DateField(_("应收日"), null=True)
    collected_cents = models.BigIntegerField(_("已收金额"), default=0)
    collected_on = models.DateField(_("收款日期"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], name="shipment_due"),
            models.Index(fields=["invoice_number"], name="shipment_invoice"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order_line", "shipped_on", "invoice_number"], name="shipment_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount_cents__gte=0, collected_cents__gte=0),
                name="shipment_positive",
            ),
            models.CheckConstraint(
                condition=Q(collected_cents__lte=F("amount_cents")),
                name="shipment_not_collected_twice",
            ),
            models.CheckConstraint(
                condition=Q(collected_cents=0, collected_on__isnull=True)
                | Q(collected_cents__gt=0, collected_on__isnull=False),
                name="shipment_collected_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(invoice_date__isnull=False),
                name="shipment_due_by_invoice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line_id} {self.shipped_on}"

    @property
    def open_cents(self) -> int:
        """What is still to be collected."""
        return self.amount_cents - self.collected_cents


class Upload(models.Model):
    """A spreadsheet that was tried and waits for its commit; the file is gone once it is done."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("待确认")
        DONE = "done", _("已导入")
        DROPPED = "dropped", _("已放弃")

    token = models.UUIDField(unique=True)
    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey("org.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    result = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["state", "uploaded_at"], name="upload_waiting")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
