from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.models import Category, Severity
from shouwen.work.customers import access
from shouwen.work.customers.models import Customer
from shouwen.work.interactions.models import Channel

LOSS = [("yes", _("有损失")), ("no", _("没有损失"))]


class IntakeForm(PaperForm):
    """What the customer says. Product lines are picked beside it; see `picking`."""

    clauses = {"category": "R4-03", "causes_loss": "R4-04", "received_at": "R4-24"}
    wide = {"title"}

    phone = forms.CharField(label=_("来电号码"), max_length=40, required=False)
    words = forms.CharField(label=_("或按客户查找"), max_length=60, required=False)
    customer = forms.ModelChoiceField(
        label=_("客户"),
        queryset=Customer.objects.none(),
        widget=forms.HiddenInput,
        error_messages={"required": _("请先选定客户：输入来电号码，或按名称、编号查找")},
    )
    caller = forms.CharField(label=_("反映人"), max_length=40, required=False)
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices)
    received_at = forms.DateTimeField(label=_("接获时间"), required=False)
    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    severity = forms.TypedChoiceField(label=_("轻重"), choices=Severity.choices, coerce=int)
    causes_loss = forms.ChoiceField(
        label=_("客户是否因此有损失"), choices=LOSS, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("事由"), max_length=120)
    description = forms.CharField(label=_("客户怎么说"), max_length=2000, widget=forms.Textarea)
    part = forms.CharField(label=_("产品料号"), max_length=40, required=False)
    handler = forms.TypedChoiceField(label=_("前往处理人"), coerce=int, required=False)
    to_unit = forms.TypedChoiceField(label=_("反映单位"), coerce=int, required=False)
    asked = forms.CharField(
        label=_("要求改善事项"), max_length=2000, widget=forms.Textarea, required=False
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Customer.objects.filter(access.visible_customers(person))
        self.fields["customer"].queryset = seen.select_related("division", "salesperson")  # type: ignore[attr-defined]
        self._offer("handler", [(one.pk, one.name) for one in org.all_persons()])
        self._offer("to_unit", _units(person))
        _dress(self.fields)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]

    @property
    def is_quality(self) -> bool:
        """Whether the matter is about the quality of a product."""
        return bool(self.cleaned_data["category"] == Category.PRODUCT_QUALITY)

    @property
    def wants_note(self) -> bool:
        """Product quality without loss is an abnormality note (R4-04)."""
        return self.is_quality and self.cleaned_data["causes_loss"] == "no"

    def intake(self, lines: list[dict[str, str]]) -> Intake:
        """The same for the verb."""
        data = self.cleaned_data
        customer: Customer = data["customer"]
        received: datetime | None = data["received_at"]
        return Intake(
            division=customer.division,
            customer=customer,
            category=data["category"],
            title=data["title"],
            description=data["description"],
            causes_loss=data["causes_loss"] == "yes",
            severity=data["severity"],
            channel=data["channel"],
            caller=data["caller"],
            phone=data["phone"],
            received_at=received,
            sheet={"lines": lines},
        )

    def note(self, lines: list[dict[str, str]]) -> dict[str, Any]:
        """The abnormality note; its product is the one picked, unless another was typed."""
        data = self.cleaned_data
        return {
            "part": data["part"] or next((line["part"] for line in lines), ""),
            "phenomenon": data["description"],
            "handler": data["handler"],
            "to_unit": data["to_unit"],
            "asked": data["asked"],
        }


def _units(person: Person) -> list[tuple[int, str]]:
    """The units of the divisions a person works in."""
    day = org.staffing()
    places = {pk for division in org.divisions_visible(person) for pk in day.below(division)}
    units = sorted((org.unit_by_id(pk) for pk in places), key=lambda unit: unit.path)
    return [(unit.pk, unit.name) for unit in units]


def _dress(fields: dict[str, forms.Field]) -> None:
    """Hints for hands and browsers; who calls is looked up while it is typed."""
    fields["phone"].widget.input_type = "tel"
    looks = {
        "autocomplete": "off",
        "hx-get": reverse_lazy("intake:who"),
        "hx-trigger": "input changed delay:250ms, change",
        "hx-target": "#who",
        "hx-include": "#id_phone, #id_words, #shown",
    }
    attributes: dict[str, dict[str, Any]] = {
        "phone": {**looks, "autofocus": True, "inputmode": "tel"},
        "words": {**looks, "placeholder": _("名称、拼音首字母或编号")},
        "caller": {"list": "contacts", "autocomplete": "off"},
        "title": {"placeholder": _("一句话，例如：端盖表面划伤，无法装配"), "autocomplete": "off"},
        "description": {"rows": 4},
        "asked": {"rows": 2},
    }
    for name, more in attributes.items():
        fields[name].widget.attrs.update(more)
