"""The forms of this room."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.money import cents
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.models import Offer, Opinion
from shouwen.work.customers.models.choices import WAYS

from .filters import target_choices


class ReasonForm(PaperForm):
    """Why somebody does it."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class GradeForm(PaperForm):
    grade = forms.ChoiceField(label=_("等级"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, grades: Mapping[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        named = [(key, f"{key} · {meaning}") for key, meaning in grades.items()]
        self.fields["grade"].choices = named  # type: ignore[attr-defined]


def people(division: Unit | int, now: Person | None = None) -> list[tuple[str, Any]]:
    """Who may follow an opportunity up: sales and service."""
    found = {one.pk: one for role in ("sales", "customer_service", "service")
             for one in org.people(role, division)}  # fmt: skip
    if now is not None:
        found.setdefault(now.pk, now)
    return [(str(one.pk), one.name) for one in sorted(found.values(), key=lambda p: p.pinyin)]


class NextStepForm(PaperForm):
    """What is expected, the next step and whose it is."""

    expected = forms.DecimalField(
        label=_("预计金额（元）"), required=False, max_digits=14, decimal_places=2
    )
    next_step = forms.CharField(label=_("下一步"), max_length=300)
    next_on = forms.DateField(label=_("下一步日期"), required=False)
    owner = forms.ChoiceField(label=_("负责人"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, division: Unit | int, now: Person | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["owner"].choices = people(division, now)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the verbs take."""
        asked = self.cleaned_data
        amount = asked["expected"]
        return {
            "expected_cents": cents(amount) if amount is not None else None,
            "next_step": asked["next_step"],
            "next_on": asked["next_on"],
            "owner": org.person(int(asked["owner"])),
        }


class OpportunityForm(NextStepForm):
    need = forms.CharField(
        label=_("需求"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ["need", "expected", "next_step", "next_on", "owner"]

    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        return {"need": self.cleaned_data["need"], **super().values()}


class OutcomeForm(PaperForm):
    result = forms.ChoiceField(
        label=_("结果"), choices=[("won", _("已成交")), ("lost", _("未成交"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    outcome = forms.CharField(label=_("说明"), max_length=300)


class OfferForm(PaperForm):
    title = forms.CharField(label=_("名称"), max_length=120)
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 4}))
    segment = forms.CharField(
        label=_("客户类别"), max_length=40, required=False, help_text=_("只给某一类客户的才填")
    )
    since = forms.DateField(label=_("起"))
    until = forms.DateField(label=_("止"), required=False)


class EndForm(PaperForm):
    last_day = forms.DateField(label=_("最后一天"))


class PresentForm(PaperForm):
    """Which offers the customer was told of, how and when."""

    offers = forms.MultipleChoiceField(
        label=_("介绍了哪些新业务"), widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(label=_("方式"), choices=WAYS)
    told_at = forms.DateTimeField(label=_("时间"))
    words = forms.CharField(label=_("客户怎么说"), max_length=300, required=False)
    clauses = {"offers": "R1-12"}

    def __init__(self, *args: Any, offers: Iterable[Offer], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.known = {str(one.pk): one for one in offers}
        named = [(key, one.title) for key, one in self.known.items()]
        self.fields["offers"].choices = named  # type: ignore[attr-defined]

    def chosen(self) -> list[Offer]:
        """The offers that were ticked."""
        return [self.known[key] for key in self.cleaned_data["offers"]]


class OpinionForm(PaperForm):
    kind = forms.ChoiceField(
        label=_("类别"), choices=Opinion.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 4}))
    voice = forms.CharField(label=_("反映人"), max_length=60, required=False)
    source = forms.CharField(
        label=_("来源"), max_length=60, help_text=_("例如来电、来访、展会、同行")
    )
    heard_on = forms.DateField(label=_("日期"))
    target = forms.ChoiceField(
        label=_("反映给哪个部门"), required=False, help_text=_("市场信息空着即送业务部门")
    )
    clauses = {"target": "R8-32", "kind": "R1-11"}

    def __init__(self, *args: Any, division: Unit, **kw: Any) -> None:
        super().__init__(*args, **kw)
        choices = [("", _("（未定）")), *target_choices(division)]
        self.fields["target"].choices = choices  # type: ignore[attr-defined]

    def addressed(self) -> Unit | None:
        """The department that was chosen."""
        chosen = self.cleaned_data["target"]
        return org.unit_by_id(int(chosen)) if chosen else None


class ThemeForm(PaperForm):
    theme = forms.CharField(
        label=_("主题"), max_length=60, required=False, help_text=_("空着即取消标记")
    )


class AnswerForm(PaperForm):
    decision = forms.ChoiceField(
        label=_("处理决定"), choices=Opinion.Decision.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(label=_("处理意见"), widget=forms.Textarea(attrs={"rows": 3}))


class ToldForm(PaperForm):
    channel = forms.ChoiceField(label=_("方式"), choices=[("", "—"), *WAYS])
    told_at = forms.DateTimeField(label=_("时间"))
    clauses = {"channel": "R8-33"}


class MonthForm(PaperForm):
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", label=_("月份"))


class EraseForm(PaperForm):
    code = forms.CharField(label=_("客户编号"), max_length=30)
    reason = forms.CharField(
        label=_("依据"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如本人于何日书面要求"),
    )  # fmt: skip


def now_local() -> str:
    """This minute, as an input of a moment takes it."""
    return f"{clock.now().astimezone(clock.COMPANY_ZONE):%Y-%m-%dT%H:%M}"
