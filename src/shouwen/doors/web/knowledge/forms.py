"""What is typed in this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Category
from shouwen.work.knowledge.models import Article


class ArticleFilters(Filters):
    """Which articles."""

    q = forms.CharField(label=_("查找"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *Article.State.choices]
    )


class HitFilters(Filters):
    """Where a phrase was found."""

    q = forms.CharField(label=_("忌语或人员"), max_length=40, required=False)
    since = forms.DateField(label=_("自何日起"), required=False)
    until = forms.DateField(label=_("至"), required=False)


class ShiftFilters(Filters):
    """Which days."""

    q = None  # type: ignore[assignment]
    missing = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("待补齐")), ("whole", _("齐全"))],
    )


class ArticleForm(PaperForm):
    """Question and answer, as they will be offered."""

    clauses = {"answer": "R3-27"}
    wide = {"question"}
    question = forms.CharField(label=_("所问问题"), max_length=300)
    answer = forms.CharField(
        label=_("答案"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )
    category = forms.ChoiceField(label=_("类别"), required=False)

    def __init__(self, division: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = classes.choices(division, classes.CATEGORIES) or Category.choices
        self.fields["category"].choices = [("", _("同来源事项")), *known]  # type: ignore[attr-defined]


class ReasonForm(PaperForm):
    """Why an article holds no longer."""

    reason = forms.CharField(label=_("停用的原因"), max_length=500, widget=forms.Textarea)


class PhraseForm(PaperForm):
    """A phrase nobody says, and what is said instead."""

    clauses = {"phrase": "R3-28"}
    phrase = forms.CharField(label=_("忌语"), max_length=40)
    instead = forms.CharField(label=_("应当怎样说"), max_length=200)
    since = forms.DateField(label=_("自何日起"), required=False)
    note = forms.CharField(label=_("备注"), max_length=200, required=False)


class CommentForm(PaperForm):
    """What the quarter's figures mean."""

    clauses = {"comment": "R3-30"}
    comment = forms.CharField(
        label=_("汇总说明"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
