"""Customers with their contacts; products; orders, what was shipped on them and what is owed."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import words

from .phones import read


class Region(models.TextChoices):
    """Which closing time limit a complaint of the customer has: 15 or 20 days (R4-59, R4-60)."""

    DOMESTIC = "domestic", _("国内")
    OVERSEAS = "overseas", _("国外")


class Named(models.Model):
    """Whatever carries a name in both languages."""

    name_zh = models.CharField(_("中文名称"), max_length=120)
    name_en = models.CharField(_("英文名称"), max_length=160, blank=True)
    active = models.BooleanField(_("使用中"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return (words.language() == "en" and self.name_en) or self.name_zh

    def __str__(self) -> str:
        return self.name


class Reachable(models.Model):
    """A telephone number as written, its key, and the key backwards for its last digits."""

    phone = models.CharField(_("电话"), max_length=60, blank=True)
    phone_key = models.CharField(max_length=24, blank=True)
    phone_reversed = models.CharField(max_length=24, blank=True)
    email = models.EmailField(_("邮箱"), blank=True)

    class Meta:
        abstract = True

    @property
    def phone_kind(self) -> str:
        """mobile, fixed, service, short, foreign; empty without a number."""
        number = read(self.phone)
        return number.kind if number else ""


class Customer(Named, Reachable):
    """A company we sell to. Never deleted: old matters point at it."""

    division = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("客户编号"), max_length=30)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    region = models.CharField(_("区域"), max_length=10, choices=Region.choices)
    salesperson = models.ForeignKey(
        "org.Person", null=True, on_delete=models.PROTECT, related_name="customers"
    )
    currency = models.CharField(_("币别"), max_length=3, default="CNY")
    address = models.CharField(_("地址"), max_length=200, blank=True)
    collection_days = models.PositiveSmallIntegerField(_("收款期"), null=True)
    pinyin = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["division", "pinyin", "id"], name="customer_by_pinyin"),
            models.Index(fields=["phone_key"], name="customer_phone"),
            models.Index(fields=["phone_reversed"], name="customer_phone_tail"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="customer_code_once"),
            models.CheckConstraint(
                condition=Q(region__in=Region.values), name="customer_region_known"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name_zh=""), name="customer_named"),
        ]


class Contact(Reachable):
    """Somebody at the customer. Two people of one customer may share a name, and a telephone."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("姓名"), max_length=60)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    other_phone = models.CharField(_("其他电话"), max_length=60, blank=True)
    other_key = models.CharField(max_length=24, blank=True)
    other_reversed = models.CharField(max_length=24, blank=True)
    pinyin = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=300, blank=True)
    main = models.BooleanField(_("首要联系人"), default=False)
    active = models.BooleanField(_("使用中"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["phone_key"], name="contact_phone"),
            models.Index(fields=["phone_reversed"], name="contact_phone_tail"),
            models.Index(fields=["other_key"], name="contact_other_phone"),
            models.Index(fields=["other_reversed"], name="contact_other_phone_tail"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=Q(main=True), name="contact_one_main"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="contact_named"),
        ]

    def __str__(self) -> str:
        return self.name


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
