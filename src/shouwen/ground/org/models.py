"""The tables of the organisation. `until` is the last day; an open period has none."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwen.ground.foundation import words

from .roles import Rank, order_of

code_shape = RegexValidator(r"^[a-z0-9][a-z0-9_-]*$", _("代码只能用小写字母、数字、下划线和连字符"))


class Named(models.Model):
    """Whatever carries a name in both languages."""

    name_zh = models.CharField(_("中文名称"), max_length=80)
    name_en = models.CharField(_("英文名称"), max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if self.name_en and words.language() == "en" else self.name_zh

    def __str__(self) -> str:
        return self.name


def ordered(name: str, later: str = "until", earlier: str = "since") -> models.CheckConstraint:
    """No period ends before it begins."""
    condition = Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)})
    return models.CheckConstraint(condition=condition, name=name)


class Unit(Named):
    """A department, group or the company itself. Never deleted: old matters point at it."""

    code = models.CharField(_("代码"), max_length=40, unique=True, validators=[code_shape])
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    function = models.CharField(_("职能"), max_length=40, blank=True, validators=[code_shape])
    division = models.BooleanField(_("独立采用制度"), default=False)
    path = models.CharField(max_length=200, db_index=True, editable=False)
    since = models.DateField(_("设立日"))
    until = models.DateField(_("撤销日"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        constraints = [
            ordered("unit_period"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_in_itself"),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="unit_not_own_successor"),
        ]


class Placement(models.Model):
    """Under which unit a unit stood, and when: the tree of any day can be drawn again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            ordered("placement_period"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until__isnull=True), name="placement_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id} {self.since}"


class Person(Named):
    """Somebody who works here; signs in with the user of the same row."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="person"
    )
    pinyin = models.CharField(max_length=120, blank=True, db_index=True)
    initials = models.CharField(max_length=20, blank=True, db_index=True)
    email = models.EmailField(_("邮箱"), blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    active = models.BooleanField(_("在职"), default=True)


class Post(models.Model):
    """A post of a unit; its rank says how far it may decide."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title_zh = models.CharField(_("中文职务"), max_length=60)
    title_en = models.CharField(_("英文职务"), max_length=80, blank=True)
    rank = models.CharField(_("职级"), max_length=20, choices=Rank.choices, default=Rank.STAFF)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "title_zh"], name="post_title_once_a_unit"),
            models.CheckConstraint(condition=Q(rank__in=Rank.values), name="post_rank_known"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if self.title_en and words.language() == "en" else self.title_zh

    @property
    def level(self) -> int:
        """The place of its rank on the ladder."""
        return order_of(self.rank)

    def __str__(self) -> str:
        return self.title


class Appointment(models.Model):
    """A person holds a post; `main` is the post of the name card, the others come on top 兼任."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments")
    main = models.BooleanField(_("主职"), default=True)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            ordered("appointment_period"),
            models.UniqueConstraint(
                fields=["person", "post"],
                condition=Q(until__isnull=True),
                name="appointment_one_open_a_post",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(until__isnull=True, main=True),
                name="appointment_one_open_main",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.post}"


class Substitution(models.Model):
    """Somebody stands in while a person is away 代理; from a moment to a moment."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="standing_in")
    since = models.DateTimeField(_("起"))
    until = models.DateTimeField(_("止"))
    reason = models.CharField(_("事由"), max_length=200)

    class Meta:
        indexes = [models.Index(fields=["until"], name="substitution_until")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="substitution_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(person=F("substitute")), name="substitution_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} → {self.person}"


class Adoption(models.Model):
    """A division runs under an edition of a regulation from a day on."""

    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adoptions")
    regulation = models.CharField(_("制度"), max_length=20)
    edition = models.PositiveIntegerField(_("版次"))
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            ordered("adoption_period"),
            models.UniqueConstraint(
                fields=["division", "regulation"],
                condition=Q(until__isnull=True),
                name="adoption_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation}/{self.edition} {self.since}"


class CompanyValue(models.Model):
    """What the company set where the text of a clause leaves a figure open. Only grows."""

    division = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="company_values")
    key = models.CharField(max_length=80)
    since = models.DateField(_("起"))
    value: Any = models.JSONField(null=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["division", "key", "since"], name="company_value_lookup")]

    def __str__(self) -> str:
        return f"{self.key} {self.since}"


class DutyStatement(models.Model):
    """What a unit is there for, from a day on. Only grows: each version keeps its dates (R2-20)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duty_statements")
    text_zh = models.TextField(_("职责"))
    text_en = models.TextField(_("英文职责"), blank=True)
    since = models.DateField(_("起"))
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-since", "-id"], name="duty_statement_lookup")]
        constraints = [
            models.CheckConstraint(condition=~Q(text_zh=""), name="duty_statement_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.since}"


class WorkDay(models.Model):
    """A day the company works, or does not, against the weekday or the published list."""

    class Kind(models.TextChoices):
        """What the day is."""

        HOLIDAY = "holiday", _("放假")
        WORKDAY = "workday", _("上班")

    date = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40, blank=True)
    division = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date", "division"], name="workday_once"),
            models.UniqueConstraint(
                fields=["date"], condition=Q(division__isnull=True), name="workday_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"


class WorkYear(models.Model):
    """A year whose list was imported: from then on the list counts, not the built-in one."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class WorkHours(models.Model):
    """Working hours from a day on: `{"0": [["08:30", "12:00"], …], …, "6": []}`, Monday is 0."""

    division = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    since = models.DateField()
    pattern = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["division", "since"], name="workhours_once"),
            models.UniqueConstraint(
                fields=["since"], condition=Q(division__isnull=True), name="workhours_once_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}"


class Version(models.Model):
    """One row with a token that changes with every write here; the caches compare it."""

    token = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.token
