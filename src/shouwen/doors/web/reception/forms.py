import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm, Part
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.access import visible
from shouwen.work.cases.models import Case
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Customer
from shouwen.work.reception.actions import Answer, Arrival, Incoming
from shouwen.work.reception.models import Errand, Rating

from .people import colleagues

ALL = ("", _("全部"))
PNG = "data:image/png;base64,"


class _WithPeople(PaperForm):
    """A form that asks for a colleague and may name a case."""

    def __init__(self, *args: Any, division: Unit, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.division, self.person = division, person
        for name in ("host", "handler"):
            if name in self.fields:
                choices = [("", _("请选择")), *colleagues(division)]
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_matter(self) -> Case | None:
        """The case of that number, among those the person may see."""
        number = self.cleaned_data.get("matter", "").strip()
        if not number:
            return None
        found = visible(self.person).filter(number=number, division=self.division).first()
        if found is None:
            raise forms.ValidationError(_("没有这个编号的案件"))
        return found

    def customer(self) -> Customer | None:
        """The customer of the matter that was named, else whose number it is."""
        matter: Case | None = self.cleaned_data["matter"]
        if matter is not None:
            return matter.customer
        return customers.of_number(self.cleaned_data["phone"], self.division.pk)

    def colleague(self, name: str) -> Person:
        """The colleague that was chosen."""
        return org.person(self.cleaned_data[name])


class VisitForm(_WithPeople):
    """Who has come."""

    sections = [
        Part("who", _("来访人"), ["visitor", "company", "phone", "people"]),
        Part("why", _("事由"), ["errand", "purpose", "host", "matter", "arrived_at"]),
    ]
    clauses = {"visitor": "R2-11"}
    visitor = forms.CharField(label=_("姓名"), max_length=60)
    company = forms.CharField(label=_("单位"), max_length=80, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    people = forms.IntegerField(label=_("人数"), min_value=1, max_value=500, initial=1)
    errand = forms.ChoiceField(label=_("性质"), choices=Errand.choices, initial=Errand.BUSINESS)
    purpose = forms.CharField(label=_("来访事由"), max_length=300, widget=forms.Textarea)
    host = forms.TypedChoiceField(
        label=_("找谁"), coerce=int, help_text=_("登记后立即通知本人或其代理人。")
    )
    matter = forms.CharField(
        label=_("相关案件编号"), max_length=30, required=False, help_text=_("没有可不填。")
    )
    arrived_at = forms.DateTimeField(
        label=_("到访时间"), required=False, help_text=_("现在到的不必填。")
    )

    def draft(self) -> Arrival:
        """The same for the verb."""
        told = self.cleaned_data
        return Arrival(
            self.division, told["visitor"], told["purpose"], self.colleague("host"),
            errand=told["errand"], company=told["company"], phone=told["phone"],
            people=told["people"], arrived_at=told["arrived_at"], customer=self.customer(),
        )  # fmt: skip


class DepartureForm(PaperForm):
    """What came of the visit."""

    clauses = {"outcome": "R2-11"}
    outcome = forms.CharField(label=_("接待结果"), max_length=500, widget=forms.Textarea)


class SignatureForm(PaperForm):
    """Drawn on the screen, or a name."""

    picture = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("确认人姓名"), max_length=60, required=False,
        help_text=_("屏幕上不能手写时填写,代替签字。"),
    )  # fmt: skip

    def clean_picture(self) -> bytes | None:
        """The picture that the screen sent as text; refuses what is none."""
        drawn = self.cleaned_data["picture"]
        try:
            return base64.b64decode(drawn.removeprefix(PNG), validate=True) if drawn else None
        except (binascii.Error, ValueError):
            raise forms.ValidationError(_("签字没有传完整,请重签")) from None


class RatingForm(PaperForm):
    """What the visitor thought."""

    clauses = {"rating": "R2-12"}
    rating = forms.ChoiceField(
        label=_("访客评价"), choices=Rating.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("访客原话"), max_length=500, required=False, widget=forms.Textarea
    )


class FollowUpForm(PaperForm):
    """What the manager found."""

    words = forms.CharField(label=_("核查结果和处理"), max_length=500, widget=forms.Textarea)


class _Filters(Filters):
    hint = _("姓名、单位、编号")


class RegisterFilters(_Filters):
    """Of which visitors."""

    since = forms.DateField(label=_("到访自"), required=False)
    until = forms.DateField(label=_("到访至"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[ALL, ("open", _("未离开")), ("over", _("等候超时")),
                 ("follow_up", _("待跟进")), *Rating.choices],
    )  # fmt: skip


class LetterFilters(_Filters):
    """Of which letters."""

    direction = forms.ChoiceField(
        label=_("收发"), required=False, choices=[ALL, ("in", _("收")), ("out", _("发"))]
    )
    since = forms.DateField(label=_("日期自"), required=False)
    until = forms.DateField(label=_("日期至"), required=False)


class LetterForm(_WithPeople):
    """What came in."""

    sections = [
        Part("what", _("来函"), ["channel", "on", "party", "subject", "body", "wanted"]),
        Part("way", _("寄送"), ["courier", "courier_number", "fax_number", "address", "phone"]),
        Part("who", _("处理"), ["handler", "matter", "scan"]),
    ]
    channel = forms.ChoiceField(
        label=_("方式"), choices=[("letter", _("信函")), ("fax", _("传真"))], initial="letter"
    )
    on = forms.DateField(label=_("收到日期"), required=False, help_text=_("今天收到的不必填。"))
    party = forms.CharField(label=_("来函人"), max_length=80)
    subject = forms.CharField(label=_("主题"), max_length=200)
    body = forms.CharField(label=_("内容"), max_length=8000, widget=forms.Textarea)
    wanted = forms.CharField(label=_("希望的结果"), max_length=1000, required=False)
    courier = forms.CharField(label=_("快递公司"), max_length=40, required=False)
    courier_number = forms.CharField(label=_("快递单号"), max_length=60, required=False)
    fax_number = forms.CharField(label=_("传真号码"), max_length=40, required=False)
    address = forms.CharField(label=_("回信地址"), max_length=200, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    handler = forms.TypedChoiceField(label=_("交谁处理"), coerce=int)
    matter = forms.CharField(label=_("相关案件编号"), max_length=30, required=False)
    scan = forms.FileField(label=_("扫描件"), required=False)

    def draft(self) -> Incoming:
        """The same for the verb."""
        told = self.cleaned_data
        plain = ("party", "subject", "body", "wanted", "courier", "courier_number", "fax_number",
                 "address", "phone", "on")  # fmt: skip
        return Incoming(
            self.division, told["channel"], handler=self.colleague("handler"),
            customer=self.customer(),
            **{name: told[name] for name in plain},
        )  # fmt: skip


class ReplyForm(PaperForm):
    """What goes out."""

    channel = forms.ChoiceField(
        label=_("方式"), choices=[("letter", _("信函")), ("fax", _("传真"))], initial="letter"
    )
    party = forms.CharField(label=_("收件人"), max_length=80)
    address = forms.CharField(label=_("寄送地址"), max_length=200, required=False)
    fax_number = forms.CharField(label=_("传真号码"), max_length=40, required=False)
    subject = forms.CharField(label=_("主题"), max_length=200)
    body = forms.CharField(
        label=_("正文"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10})
    )
    definite = forms.BooleanField(label=_("这是明确答复"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)

    def answer(self) -> Answer:
        """The same for the verb."""
        return Answer(
            **{name: value for name, value in self.cleaned_data.items() if name != "version"}
        )


class DispatchForm(PaperForm):
    """How it left the house."""

    courier = forms.CharField(label=_("快递公司"), max_length=40, required=False)
    courier_number = forms.CharField(label=_("快递单号"), max_length=60, required=False)
    fax_number = forms.CharField(label=_("传真号码"), max_length=40, required=False)
