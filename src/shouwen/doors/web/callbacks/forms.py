from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.callbacks.figures import Choice
from shouwen.work.callbacks.models import AuditItem, Reason, State
from shouwen.work.callbacks.models.samples import Decision
from shouwen.work.callbacks.rules import Answer, Asked, Mark
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Customer

EVERYTHING = ("", _("全部"))
NOT_APPLICABLE = "na"
YES_NO = [("yes", _("满意")), ("no", _("不满意"))]


class AnswerForm(PaperForm):
    """What the customer said; one line of marks an item."""

    wide = {"words", "opinion", "suggestion", "problem", "need", "next_step"}
    satisfied = forms.ChoiceField(
        label=_("客户是否满意"), choices=YES_NO, required=False, widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("客户原话"), required=False, widget=forms.Textarea)
    opinion = forms.CharField(
        label=_("意见"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    suggestion = forms.CharField(
        label=_("建议"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    none_given = forms.BooleanField(label=_("没有意见和建议"), required=False)
    problem = forms.CharField(
        label=_("发现的问题"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("写明问题，即开立由您负责的关联事项；客户不满意而不写的，以客户原话为准。"),
    )  # fmt: skip
    need = forms.CharField(
        label=_("新的需求"), max_length=300, required=False,
        help_text=_("客户说起新的需求时填写，连同下一步记为商机，由其业务员跟进。"),
    )  # fmt: skip
    next_step = forms.CharField(label=_("下一步"), max_length=300, required=False)

    def __init__(self, *args: Any, lines: Sequence[Choice], asked: Asked, **kwargs: Any) -> None:
        self.clauses = {  # type: ignore[misc]
            "words": asked.record, "opinion": asked.voice, "need": asked.needs,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        if not self.is_bound:  # whoever has the customer on the line goes on with the keyboard
            self.fields["satisfied"].widget.attrs["autofocus"] = True
        if not asked.scores:
            del self.fields["problem"]
        if not asked.needs:
            del self.fields["need"], self.fields["next_step"]
        marks = [(str(mark), str(mark)) for mark in range(1, asked.best + 1)]
        for line in lines:
            field = forms.ChoiceField(
                label=line.label, choices=[*marks, (NOT_APPLICABLE, _("不适用"))], required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip
            field.clause = asked.scores or asked.record  # type: ignore[attr-defined]
            field.wide = False  # type: ignore[attr-defined]
            self.fields[f"marks.{line.key}"] = field
        self.order_fields(["satisfied", *(f"marks.{line.key}" for line in lines), "words"])

    @property
    def marks(self) -> dict[str, Mark]:
        """Item → mark; what was left open is not there."""
        typed = {
            name.removeprefix("marks."): value
            for name, value in self.cleaned_data.items()
            if name.startswith("marks.") and value
        }
        return {
            item: None if value == NOT_APPLICABLE else int(value) for item, value in typed.items()
        }

    def answer(self) -> Answer:
        """As the verb wants it."""
        told = self.cleaned_data
        return Answer(
            satisfied={"yes": True, "no": False}.get(told["satisfied"]), words=told["words"],
            opinion=told["opinion"], suggestion=told["suggestion"], none_given=told["none_given"],
            problem=told.get("problem", ""), marks=self.marks,
            need=told.get("need", ""), next_step=told.get("next_step", ""),
        )  # fmt: skip


class CorrectionForm(AnswerForm):
    """What is right instead, and why."""

    reason = forms.CharField(label=_("更正的理由"), max_length=200, required=False)

    def __init__(self, *args: Any, stands: Mapping[str, Any], **kwargs: Any) -> None:
        initial = {name: _as_typed(value) for name, value in stands.items()}
        super().__init__(*args, initial=initial, **kwargs)
        del self.fields["none_given"]
        for name in ("problem", "need", "next_step"):  # each became a record of its own
            self.fields.pop(name, None)
        self.fields["satisfied"].widget.attrs.pop("autofocus", None)
        self.stands = stands

    def changes(self) -> dict[str, Any]:
        """What differs from what stands."""
        told: dict[str, Any] = {f"marks.{item}": mark for item, mark in self.marks.items()}
        told |= {name: self.cleaned_data[name] for name in ("words", "opinion", "suggestion")}
        if self.cleaned_data["satisfied"]:
            told["satisfied"] = self.cleaned_data["satisfied"] == "yes"
        return {name: value for name, value in told.items() if self.stands.get(name) != value}


def _as_typed(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NOT_APPLICABLE if value is None else value


class _Filters(Filters):
    def of_customer(self, path: str, own: Q) -> Q:
        """The words in the customer's name, or in this list's own column."""
        words = self.asked("q")
        if not words:
            return Q()
        named = customers.customers(self.divisions).filter(customers.named(words))
        return own | Q(**{f"{path}__in": named})


class CallFilters(_Filters):
    reason = forms.ChoiceField(
        label=_("类别"), required=False, choices=[EVERYTHING, *Reason.choices]
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[EVERYTHING, *State.choices])
    satisfied = forms.ChoiceField(label=_("满意度"), required=False, choices=[EVERYTHING, *YES_NO])
    since = forms.DateField(label=pgettext_lazy("filter", "自"), required=False)
    until = forms.DateField(label=_("至"), required=False)


class ImprovementFilters(_Filters):
    decision = forms.ChoiceField(
        label=_("决定"), required=False,
        choices=[EVERYTHING, ("open", Decision.OPEN.label), *Decision.choices[1:]],
    )  # fmt: skip
    since = forms.DateField(label=pgettext_lazy("filter", "自"), required=False)
    until = forms.DateField(label=_("至"), required=False)


class ProjectFilters(_Filters):
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[EVERYTHING, ("building", _("建设中")), ("delivered", _("已交付"))],
    )  # fmt: skip


class PlanFilters(_Filters):
    group = forms.CharField(label=_("客户类别"), max_length=30, required=False)


class PeriodFilters(_Filters):
    """Samples, audits and reports are found by their year."""

    q = forms.CharField(label=_("年份或期间"), max_length=7, required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[EVERYTHING, ("open", _("未完成")), ("done", _("已完成"))],
    )  # fmt: skip


class DecisionForm(PaperForm):
    """What becomes of a suggestion."""

    wide = {"reason"}
    decision = forms.ChoiceField(label=_("决定"), required=False, widget=forms.RadioSelect,
                                 choices=Decision.choices[1:])  # fmt: skip
    owner = forms.TypedChoiceField(label=_("负责人"), required=False, coerce=int, empty_value=None)
    due_on = forms.DateField(label=_("完成日期"), required=False)
    reason = forms.CharField(
        label=_("理由"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, division: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", "—"), *staff_of(division)]  # type: ignore[attr-defined]

    def clean_owner(self) -> Person | None:
        """Whom the form names."""
        pk = self.cleaned_data["owner"]
        return org.person(pk) if pk else None


class EffectForm(PaperForm):
    effect = forms.CharField(
        label=_("落实的效果"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckForm(PaperForm):
    """What asking one customer again showed."""

    truth = forms.ChoiceField(label=_("核实结果"), required=False,
                              choices=[("", "—"), *AuditItem.Truth.choices])  # fmt: skip
    score = forms.IntegerField(label=_("评分"), required=False)
    finding = forms.CharField(label=_("实际情况"), max_length=500, required=False)

    def __init__(self, *args: Any, best: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].widget.attrs.update(min=0, max=best)
        self.fields["score"].help_text = _("0 至 %(best)s 分") % {"best": best}


class ProjectForm(PaperForm):
    """A project as it is registered."""

    customer = forms.TypedChoiceField(label=_("客户"), coerce=int, empty_value=None)
    name = forms.CharField(label=_("项目名称"), max_length=120, required=False)
    responsible = forms.TypedChoiceField(
        label=_("项目负责人"), coerce=int, empty_value=None, required=False
    )
    phone = forms.CharField(
        label=_("回访电话"),
        max_length=60,
        required=False,
        help_text=_("留空则用客户资料中的电话。"),
    )

    def __init__(self, *args: Any, division: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Customer.objects.filter(division=division, active=True).order_by("pinyin", "id")
        names = [(one.pk, one.name) for one in found[:2000]]
        self.fields["customer"].choices = [("", "—"), *names]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", "—"), *staff_of(division)]  # type: ignore[attr-defined]


class DeliveryForm(PaperForm):
    clauses = {"delivered_on": "R5-24"}
    delivered_on = forms.DateField(label=_("交付日期"), required=False)


class CommentForm(PaperForm):
    comment = forms.CharField(
        label=_("分析意见"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("本月回访反映的主要问题、原因和下月的做法。"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Which version was read; a form that does not say read none."""
        version = self.cleaned_data["version"]
        return -1 if version is None else version


def staff_of(division: Unit) -> list[tuple[int, str]]:
    """Everybody in a division, by pinyin."""
    people = org.people("any", division)
    return [(one.pk, one.name) for one in sorted(people, key=lambda one: one.pinyin)]
