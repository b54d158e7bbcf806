from collections.abc import Collection

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.caselists import words
from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.org import queries as org
from shouwen.outcomes.assessment.models import Claim, Improvement
from shouwen.work.customers import queries as customers

ALL, EVERYTHING = ("", _("全部")), ("all", _("全部"))


class _Filters(Filters):
    hint = _("编号、客户")

    def of_the_case(self, *columns: str) -> Q:
        """The words: number of the case, its customer, or a column of this list."""
        sought = self.asked("q")
        if not sought:
            return Q()
        found = customers.customers(self.divisions).filter(customers.named(sought))
        own = Q(case__number__startswith=sought) | Q(case__customer__in=found)
        for column in columns:
            own |= Q(**{f"{column}__icontains": sought})
        return own


class ImprovementFilters(_Filters):
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[ALL, *Improvement.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("未结束")), ("late", _("已逾期")), *Improvement.State.choices, EVERYTHING],
    )  # fmt: skip
    unit = forms.TypedChoiceField(label=_("负责单位"), coerce=int, required=False)

    def prepare(self) -> None:
        """The units of the divisions that the reader sees."""
        self.fields["unit"].choices = [ALL, *units(self.divisions)]  # type: ignore[attr-defined]


class NoticeFilters(_Filters):
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[
            ALL, ("waiting", _("待批准")), ("check", _("待会计查核")), ("deduct", _("待部门办理")),
            ("done", _("已办毕")), ("declined", _("未获批准")),
        ],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("奖罚"), required=False, choices=[ALL, ("penalty", _("罚")), ("reward", _("奖"))]
    )
    unit = forms.TypedChoiceField(label=_("责任单位"), coerce=int, required=False)
    approved_from = forms.DateField(label=_("批准自"), required=False)
    approved_to = forms.DateField(label=_("批准至"), required=False)

    def prepare(self) -> None:
        """The units of the divisions that the reader sees."""
        self.fields["unit"].choices = [ALL, *units(self.divisions)]  # type: ignore[attr-defined]


class ClaimFilters(_Filters):
    status = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("处理中")), *Claim.Status.choices[1:], EVERYTHING],
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("对方"), required=False, choices=[ALL, *Claim.Kind.choices])


def units(divisions: Collection[int]) -> list[tuple[int, str]]:
    """Units of some divisions as the tree is read."""
    return words.units_below(sorted(divisions))


def below(unit: int) -> list[int]:
    """A unit and everything under it."""
    return list(org.staffing().below(unit))


class ReasonForm(PaperForm):
    """Why something is not approved."""

    clauses = {"reason": "R4-65"}
    reason = forms.CharField(label=_("不批准的理由"), max_length=200, widget=forms.Textarea)


class WhichCaseForm(PaperForm):
    """The complaint a notice is about."""

    clauses = {"number": "R4-64"}
    number = forms.CharField(label=_("客诉编号"), max_length=20)
