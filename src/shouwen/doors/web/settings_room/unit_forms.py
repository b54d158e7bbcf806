"""Forms on units and posts."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.ground.org.models import code_shape
from shouwen.ground.org.roles import Rank

from . import choices


class UnitNames(PaperForm):
    """How a unit is called and what it does."""

    name_zh = forms.CharField(label=_("中文名称"), max_length=80)
    name_en = forms.CharField(label=_("英文名称"), max_length=120, required=False)
    function = forms.ChoiceField(
        label=_("职能"), required=False,
        help_text=_("制度按职能找到承办部门；下级部门随上级的职能。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = self.initial.get("function", "")
        choices.offer(self, "function", choices.functions(present))


class Duties(PaperForm):
    """What a unit is there for, from a day on."""

    clauses = {"text_zh": "R2-20"}
    text_zh = forms.CharField(label=_("职责"), max_length=4000, widget=forms.Textarea)
    text_en = forms.CharField(
        label=_("英文职责"), max_length=4000, required=False, widget=forms.Textarea
    )
    since = forms.DateField(label=_("自哪一天起"), required=False)


class NewUnit(UnitNames):
    """A unit to be set up."""

    code = forms.CharField(
        label=_("代码"), max_length=40, validators=[code_shape],
        help_text=_("设立后不再改变，例如 sales_east。"),
    )  # fmt: skip
    division = forms.BooleanField(label=_("独立采用制度的单位"), required=False)
    field_order = ["code", "name_zh", "name_en", "function", "division"]


class Move(PaperForm):
    """Where a unit goes, and why."""

    wide: ClassVar[set[str]] = {"reason"}
    parent = forms.ChoiceField(label=_("移到哪个部门之下"))
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, units: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "parent", choices.NONE + units)


class Closure(PaperForm):
    """Who takes over, and why."""

    wide: ClassVar[set[str]] = {"reason"}
    successor = forms.ChoiceField(
        label=_("承接部门"), help_text=_("未了的案件和期限由承接部门看到并处理。")
    )
    reason = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, *args: Any, units: choices.Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices.offer(self, "successor", choices.NONE + units)


class NewPost(PaperForm):
    """A post to be set up."""

    title_zh = forms.CharField(label=_("中文职务"), max_length=60)
    title_en = forms.CharField(label=_("英文职务"), max_length=80, required=False)
    rank = forms.ChoiceField(
        label=_("职级"), choices=Rank.choices, initial=Rank.STAFF,
        help_text=_("职级决定签核与核决的层级；要改职级，请新设职务并重新任命。"),
    )  # fmt: skip
