"""The forms of customers, contacts and products, each giving the draft its verb takes."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm, Part
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers import queries
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, ProductDraft, draft_of
from shouwen.work.customers.models import Contact, Customer, Product, Region, Tongue
from shouwen.work.customers.models.choices import WAYS

NOBODY = ("", _("（未定）"))


def salespeople(division: Unit | int, now: Person | None = None) -> list[tuple[str, Any]]:
    """Who may serve a customer; who serves it now stays in the list after leaving."""
    found = {person.pk: person for person in org.people("sales", division)}
    if now is not None:
        found.setdefault(now.pk, now)
    ordered = sorted(found.values(), key=lambda one: (one.pinyin, one.pk))
    return [NOBODY, *((str(one.pk), one.name) for one in ordered)]


def person_of(pk: str) -> Person | None:
    """The person behind a choice."""
    return org.person(int(pk)) if pk else None


class Clock(forms.TimeInput):
    """Hours and minutes."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Versioned(PaperForm):
    """A form that knows which version of the record its reader saw."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def seen(self) -> int | None:
        """The version the reader saw."""
        number: int | None = self.cleaned_data.get("version")
        return number

    def _values(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class CustomerForm(Versioned):
    sections = [
        Part("who", _("客户"), ["code", "name_zh", "short_name", "name_en", "region", "active"]),
        Part("trade", _("往来"), ["salesperson", "currency", "collection_days"]),
        Part("reach", _("联系"), ["phone", "email", "address"]),
        Part("kept", _("客户关系"), ["industry", "wares", "contract", "segment"], clause="R1-10"),
        Part(
            "likes",
            _("喜好"),
            ["likes_from", "likes_until", "likes_way", "likes_language", "habits"],
            clause="R5-56",
        ),
    ]
    clauses = {"region": "R4-60"}
    wide = {"address", "habits"}

    code = forms.CharField(label=_("客户编号"), max_length=30)
    name_zh = forms.CharField(label=_("中文名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=160, required=False)
    region = forms.ChoiceField(
        label=_("区域"),
        choices=Region.choices,
        widget=forms.RadioSelect,
        help_text=_("客诉的结案期限按国内或国外计算"),
    )
    salesperson = forms.ChoiceField(label=_("业务员"), required=False)
    currency = forms.CharField(label=_("币别"), max_length=3, initial="CNY")
    collection_days = forms.IntegerField(
        label=_("收款期"), required=False, help_text=_("自发票日起的日历天数")
    )
    phone = forms.CharField(
        label=_("电话"), max_length=60, required=False, help_text=_("固定电话带区号")
    )
    email = forms.EmailField(label=_("邮箱"), required=False)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    industry = forms.CharField(label=_("行业"), max_length=60, required=False)
    wares = forms.CharField(label=_("购用产品"), max_length=200, required=False)
    contract = forms.CharField(label=_("合同"), max_length=60, required=False)
    segment = forms.CharField(
        label=_("客户类别"), max_length=40, required=False,
        help_text=_("公司按类别规定多久介绍一次新业务"),
    )  # fmt: skip
    likes_from = forms.TimeField(label=_("方便联系，自"), required=False, widget=Clock)
    likes_until = forms.TimeField(
        label=_("方便联系，至"), required=False, widget=Clock,
        help_text=_("不在这个时段打电话，系统会提醒"),
    )  # fmt: skip
    likes_way = forms.ChoiceField(
        label=_("惯用的联系方式"), required=False, choices=[("", _("都可以")), *WAYS]
    )
    likes_language = forms.ChoiceField(
        label=_("惯用语言"), required=False, choices=[("", _("都可以")), *Tongue.choices]
    )
    habits = forms.CharField(
        label=_("个性、习惯与喜好"), max_length=200, required=False,
        help_text=_("如：说话宜慢；上门前先发短信"),
    )  # fmt: skip
    active = forms.BooleanField(label=_("使用中"), required=False, initial=True)

    def __init__(
        self, *args: Any, division: Unit | int, now: Person | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        choice = self.fields["salesperson"]
        choice.choices = salespeople(division, now)  # type: ignore[attr-defined]

    def draft(self, record: Customer | None = None) -> CustomerDraft:
        """What the verb takes; a masked number stays what it is."""
        values = self._values() | {"salesperson": person_of(self.cleaned_data["salesperson"])}
        if record is None:
            return CustomerDraft(**values)
        return replace(draft_of(CustomerDraft, record), **values)


class ContactForm(Versioned):
    name = forms.CharField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("电话"),
        max_length=60,
        required=False,
        help_text=_("手机、固定电话、400 或国外号码"),
    )
    other_phone = forms.CharField(label=_("其他电话"), max_length=60, required=False)
    email = forms.EmailField(label=_("邮箱"), required=False)
    main = forms.BooleanField(label=_("首要联系人"), required=False)
    active = forms.BooleanField(label=_("使用中"), required=False, initial=True)

    def draft(self, record: Contact | None = None) -> ContactDraft:
        """What the verb takes; a masked number stays what it is."""
        if record is None:
            return ContactDraft(**self._values())
        return replace(draft_of(ContactDraft, record), **self._values())


class ProductForm(Versioned):
    part_number = forms.CharField(label=_("料号"), max_length=40)
    name_zh = forms.CharField(label=_("品名"), max_length=120)
    name_en = forms.CharField(label=_("英文品名"), max_length=160, required=False)
    unit = forms.CharField(label=_("单位"), max_length=10, initial="件")
    active = forms.BooleanField(label=_("使用中"), required=False, initial=True)

    def draft(self, record: Product | None = None) -> ProductDraft:
        """What the verb takes."""
        return ProductDraft(**self._values())


class CustomerFilters(PaperForm):
    q = forms.CharField(label=_("查找"), required=False)
    region = forms.ChoiceField(
        label=_("区域"), required=False, choices=[("", _("全部")), *Region.choices]
    )
    salesperson = forms.ChoiceField(label=_("业务员"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("使用中")), ("off", _("已停用")), ("all", _("全部"))],
    )

    def __init__(self, *args: Any, divisions: Collection[int], **kw: Any) -> None:
        super().__init__(*args, **kw)
        people = [(str(one.pk), one.name) for one in queries.salespeople(divisions)]
        choice = self.fields["salesperson"]
        choice.choices = [("", _("全部")), *people]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["placeholder"] = _("名称、拼音、编号或电话")


class ReasonForm(PaperForm):
    reason = forms.CharField(label=_("理由"), max_length=200)
