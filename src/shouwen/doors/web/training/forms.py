"""The forms of this room, and what its lists may be filtered by."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm, Part
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.training.actions import Program
from shouwen.work.training.models import Plan, Session, Skill

ALL = ("", _("全部"))
YEARS_BACK, LINES, MOST_LINES = 4, 3, 60


class _OfYear(Filters):
    """Rows of one year."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)

    def prepare(self) -> None:
        """Next year and some years back."""
        last = clock.today().year + 1
        years = [(year, str(year)) for year in range(last, last - YEARS_BACK - 2, -1)]
        self.fields["year"].choices = [ALL, *years]  # type: ignore[attr-defined]


class PlanFilters(_OfYear):
    """Which plans."""

    hint = _("计划或部门名称")
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[ALL, ("draft", _("未提交")), ("unmet", _("未达目标")), ("met", _("达到目标"))],
    )  # fmt: skip


class SessionFilters(_OfYear):
    """Which trainings."""

    hint = _("培训内容或部门名称")
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[ALL, ("planned", _("未举办")), ("late", _("逾期未办")), ("held", _("已举办"))],
    )  # fmt: skip


class PeopleFilters(Filters):
    """Whose skills."""

    hint = _("姓名或拼音")
    unit = forms.TypedChoiceField(label=_("部门"), coerce=int, required=False)
    state = forms.ChoiceField(
        label=_("技能"), required=False, choices=[ALL, ("gaps", _("有缺的")), ("none", _("不缺"))]
    )

    def prepare(self) -> None:
        """The departments of the divisions in sight."""
        day = org.staffing()
        found = [
            (pk, day.units[pk].name) for one in sorted(self.divisions) for pk in day.below(one)
        ]
        self.fields["unit"].choices = [ALL, *found]  # type: ignore[attr-defined]


class PlanForm(PaperForm):
    """The head of a plan; its sessions are lines below."""

    sections = [
        Part("head", _("计划"), ["unit", "year", "title"]),
        Part("targets", _("目标"), ["sessions_target", "attendance_target"]),
    ]
    clauses = {"sessions_target": "R2-22", "attendance_target": "R2-22"}
    wide = {"title"}
    unit = forms.TypedChoiceField(label=_("部门"), coerce=int)
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    title = forms.CharField(label=_("计划名称"), max_length=120)
    sessions_target = forms.IntegerField(
        label=_("培训次数目标"), min_value=1, max_value=100, help_text=_("全年至少办几次")
    )
    attendance_target = forms.IntegerField(
        label=_("出勤率目标 %"), min_value=0, max_value=100, help_text=_("应到的人当中到了多少")
    )

    def __init__(
        self, *args: Any, units: Iterable[Unit], plan: Plan | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["unit"].choices = [(one.pk, one.name) for one in units]  # type: ignore[attr-defined]
        if plan is not None:
            for name in ("unit", "year"):
                self.fields[name].disabled = True

    def program(self, lines: Any) -> Program:
        """What the verb takes."""
        asked = self.cleaned_data
        return Program(
            asked["title"], [one.line for one in lines if one.line], asked["sessions_target"],
            asked["attendance_target"],
        )  # fmt: skip


class LineForm(PaperForm):
    """One training of a plan; an emptied line is taken away."""

    topic = forms.CharField(label=_("培训内容"), max_length=120, required=False)
    planned_on = forms.DateField(label=_("计划日期"), required=False)

    def clean(self) -> dict[str, Any]:
        """Both or nothing."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        topic, day = asked.get("topic"), asked.get("planned_on")
        if day and not topic:
            self.add_error("topic", _("请写明培训内容"))
        if topic and not day and "planned_on" not in self.errors:
            self.add_error("planned_on", _("请填写计划日期"))
        return asked

    @property
    def line(self) -> Any:
        """Topic and day; nothing for an empty line."""
        topic = self.cleaned_data.get("topic")
        return (topic, self.cleaned_data["planned_on"]) if topic else None


Lines = forms.formset_factory(
    LineForm, extra=LINES, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES
)


class HeldForm(PaperForm):
    """A training was held: when, what came of it, and of everybody how it went (R6-23)."""

    CHOICES = [
        ("", _("未安排参加")), ("came", _("参加")), ("passed", _("参加，考核合格")),
        ("failed", _("参加，考核不合格")), ("away", _("应到未到")),
    ]  # fmt: skip
    held_on = forms.DateField(label=_("培训日期"))
    result = forms.CharField(label=_("培训结果"), max_length=500, required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["result"].widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
        self.people = {f"who_{one.pk}": one for one in people}
        for name, one in self.people.items():
            self.fields[name] = forms.ChoiceField(
                label=one.name, choices=self.CHOICES, required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    @property
    def heads(self) -> list[forms.BoundField]:
        """The fields of the training itself."""
        return [self["held_on"], self["result"]]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Everybody with the input."""
        return [{"person": one, "field": self[name]} for name, one in self.people.items()]

    def attendance(self) -> tuple[dict[int, bool], dict[int, bool]]:
        """Who was invited and came; who of them passed or failed a test."""
        asked = {one.pk: self.cleaned_data.get(name) for name, one in self.people.items()}
        came = {pk: word != "away" for pk, word in asked.items() if word}
        tested = {
            pk: word == "passed" for pk, word in asked.items() if word in ("passed", "failed")
        }
        return came, tested


class TestForm(PaperForm):
    """Somebody passed the test of a skill (R7-68)."""

    clauses = {"name": "R7-02"}
    name = forms.CharField(label=_("技能"), max_length=80, required=False)
    level = forms.ChoiceField(label=_("等级"), choices=Skill.Level.choices)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["name"].widget.attrs |= {"list": "skills", "autocomplete": "off"}


def initial_lines(sessions: Iterable[Session]) -> list[dict[str, Any]]:
    """The lines of a plan to edit."""
    return [{"topic": one.topic, "planned_on": one.planned_on} for one in sessions]
