"""Customers and their contacts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import words

from .choices import WAYS, Region, Tongue


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
        return self.name_en if self.name_en and words.language() == "en" else self.name_zh

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
    industry = models.CharField(_("行业"), max_length=60, blank=True, default="")
    wares = models.CharField(_("购用产品"), max_length=200, blank=True, default="")
    contract = models.CharField(_("合同"), max_length=60, blank=True, default="")
    segment = models.CharField(_("客户类别"), max_length=40, blank=True, default="")
    """By which class the company offers its news (R1-12)."""
    likes_from = models.TimeField(_("方便联系，自"), null=True)
    likes_until = models.TimeField(_("方便联系，至"), null=True)
    likes_way = models.CharField(
        _("惯用的联系方式"), max_length=10, choices=WAYS, blank=True, default=""
    )
    likes_language = models.CharField(
        _("惯用语言"), max_length=5, choices=Tongue.choices, blank=True, default=""
    )
    habits = models.CharField(_("个性、习惯与喜好"), max_length=200, blank=True, default="")
    grade = models.CharField(_("客户等级"), max_length=20, blank=True, default="")
    relation = models.CharField(_("关系等级"), max_length=20, blank=True, default="")
    last_verified_on = models.DateField(_("最近核对日"), null=True)
    lacks = models.CharField(max_length=120, blank=True, default="")
    """What the company wants to know of every customer and nobody wrote: ` phone address `."""
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    """The record that goes on; this one keeps its number and its history (R2-08)."""
    pinyin = models.CharField(max_length=300, blank=True)
    initials = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["division", "pinyin", "id"], name="customer_by_pinyin"),
            models.Index(fields=["phone_key"], name="customer_phone"),
            models.Index(fields=["phone_reversed"], name="customer_phone_tail"),
            models.Index(
                fields=["division", "pinyin", "id"],
                condition=Q(active=True) & ~Q(lacks=""),
                name="customer_incomplete",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(active=False),
                name="customer_merged_rests",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="customer_not_into_itself",
            ),
            models.UniqueConstraint(fields=["division", "code"], name="customer_code_once"),
            models.CheckConstraint(
                condition=Q(region__in=Region.values), name="customer_region_known"
            ),
            models.CheckConstraint(
                condition=Q(likes_from__isnull=True, likes_until__isnull=True)
                | Q(likes_from__lt=F("likes_until")),
                name="customer_likes_an_hour",
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
