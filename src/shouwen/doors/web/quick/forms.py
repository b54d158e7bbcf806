from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm, Part
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Customer
from shouwen.work.interactions.actions import Draft
from shouwen.work.interactions.models import Channel, Nature
from shouwen.work.telephony.models import Call

from . import channels

NATURES = [one for one in Nature.choices if one[0] != Nature.FOLLOW_UP]


class QuickForm(PaperForm):
    """What anybody takes down: who, how to reach them, what, when."""

    clauses = {"name": "R5-17", "body": "R5-17", "channel": "R8-28", "nature": "R5-06"}
    wide = {"body", "wanted"}

    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    name = forms.CharField(label=_("客户或来电人"), max_length=60, required=False)
    unknown = forms.BooleanField(label=_("来电人不明，未留姓名和号码"), required=False)
    body = forms.CharField(label=_("客户怎么说"), max_length=4000, widget=forms.Textarea)
    wanted = forms.CharField(
        label=_("客户希望的结果"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    nature = forms.ChoiceField(label=_("性质"), choices=NATURES)
    channel = forms.ChoiceField(label=_("渠道"))
    at = forms.DateTimeField(label=_("往来时间"))
    division = forms.TypedChoiceField(label=_("单位"), coerce=int)
    call = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["channel"].choices = channels.choices(person)  # type: ignore[attr-defined]
        units = [one for one in org.divisions() if one.pk in org.divisions_visible(person)]
        self.fields["division"].choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["division"].widget = forms.HiddenInput()
        phone = self.fields["phone"].widget
        phone.input_type = "tel"
        phone.attrs.update({
            "autocomplete": "off", "inputmode": "tel", "autofocus": True,
            "hx-get": reverse_lazy("quick:who"), "hx-target": "#quick-who",
            "hx-trigger": "input changed delay:300ms, change",
        })  # fmt: skip
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    @property
    def home(self) -> Unit:
        """The unit chosen."""
        return org.unit_by_id(self.cleaned_data["division"])

    def draft(self, customer: Customer | None, call: Call | None) -> Draft:
        """The same for the verb; a call names the record, so that it is registered once."""
        data = self.cleaned_data
        way = channels.chosen(data["channel"], self.person)
        spoken: datetime = data["at"]
        more = dict(way.more)
        if call:
            more["call"] = call.call_id
        return Draft(
            division=self.home, body=data["body"], channel=way.channel, nature=data["nature"],
            customer=customer, name=data["name"], phone=data["phone"], wanted=data["wanted"],
            spoken_at=spoken, source=call.source if call else "",
            external_id=call.call_id if call else None, more=more,
        )  # fmt: skip


class CorrectionForm(PaperForm):
    """What stood there wrong; the former words stay with this reason (R2-05)."""

    clauses = {"reason": "R2-05"}
    wide = {"subject", "body", "wanted", "reason"}
    sections = [
        Part("words", "", ["name", "phone", "email", "subject", "body", "wanted"]),
        Part("why", _("更正理由"), ["reason"]),
    ]

    name = forms.CharField(label=_("客户或来电人"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    email = forms.CharField(label=_("邮箱"), max_length=254, required=False)
    subject = forms.CharField(label=_("主题"), max_length=200, required=False)
    body = forms.CharField(label=_("客户怎么说"), max_length=8000, widget=forms.Textarea)
    wanted = forms.CharField(
        label=_("客户希望的结果"), max_length=2000, required=False, widget=forms.Textarea
    )
    reason = forms.CharField(label=_("理由"), max_length=200)

    def changes(self) -> dict[str, str]:
        """Every word but the reason."""
        return {key: value for key, value in self.cleaned_data.items() if key != "reason"}


class AnswerForm(PaperForm):
    """What is said to the customer where he follows his matter."""

    body = forms.CharField(label=_("答复内容"), max_length=4000, widget=forms.Textarea)
    definite = forms.BooleanField(label=_("这是明确的答复"), required=False)


class QueueFilters(Filters):
    """The filters above the queue."""

    q = None  # type: ignore[assignment]
    view = forms.ChoiceField(
        label=_("显示"), required=False,
        choices=[("", _("待分派")), ("mine", _("我登记的")), ("all", _("全部"))],
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("渠道"), required=False, choices=[("", _("全部")), *Channel.choices]
    )
    nature = forms.ChoiceField(
        label=_("性质"), required=False, choices=[("", _("全部")), *Nature.choices]
    )
    since = forms.DateField(label=_("起日"), required=False)
    until = forms.DateField(label=_("止日"), required=False)
