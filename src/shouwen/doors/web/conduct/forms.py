from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.foundation.words import Words
from shouwen.ground.org.models import Post, Unit
from shouwen.outcomes.conduct.actions import Marks
from shouwen.outcomes.conduct.models import HIGHEST, LOWEST, Finding
from shouwen.outcomes.conduct.rules import Item

ALL = ("", _("全部"))
SCALE = [(mark, str(mark)) for mark in range(HIGHEST, LOWEST - 1, -1)]


class WordsForm(PaperForm):
    """One text: an objection, an answer, a correction, a reason."""

    words = forms.CharField(label=_("说明"), max_length=1000, required=False)

    def __init__(self, *args: Any, name: str = "words", label: Any = "", **kwargs: Any) -> None:
        """`name` is what the verb calls the text, so that a refusal finds the field."""
        super().__init__(*args, **kwargs)
        field = self.fields[name] = self.fields.pop("words")
        field.widget = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
        field.label = label or field.label


class DecisionForm(WordsForm):
    """Confirmed or dropped, and why."""

    confirmed = forms.TypedChoiceField(
        label=_("结论"), choices=[("yes", _("认定")), ("no", _("不予认定"))],
        coerce="yes".__eq__, widget=forms.RadioSelect,
    )  # fmt: skip


class MeasureForm(WordsForm):
    """Which measure, and what it is about."""

    kind = forms.ChoiceField(label=_("措施"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: dict[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, str(words)) for key, words in kinds.items()]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class TransferForm(WordsForm):
    """To which post, from which day, why."""

    clauses = {"new_post": "R5-15"}
    new_post = forms.ModelChoiceField(label=_("新岗位"), queryset=Post.objects.none())
    since = forms.DateField(label=_("自哪一天起"))

    def __init__(self, *args: Any, division: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.filter(unit__path__startswith=division.path, unit__until=None)
        self.fields["new_post"].queryset = posts.select_related("unit")  # type: ignore[attr-defined]
        self.fields["new_post"].label_from_instance = _post  # type: ignore[attr-defined]


def _post(post: Post) -> str:
    return f"{post.unit.name} · {post.title}"


class NoteForm(PaperForm):
    """A manager's note about somebody he stands above."""

    person = forms.TypedChoiceField(label=_("当事人"), coerce=int)
    code = forms.ChoiceField(label=_("行为项目"))
    described = forms.CharField(label=_("事情经过"), max_length=1000, widget=forms.Textarea)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], codes: dict[str, Words], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = {
            "person": [("", _("请选择")), *people],
            "code": [("", _("请选择")), *((key, str(words)) for key, words in codes.items())],
        }
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ReviewForm(PaperForm):
    """A mark and a comment for each item, and the violations that were noticed."""

    comment = forms.CharField(
        label=_("总评"), max_length=1000, required=False, widget=forms.Textarea
    )
    violation = forms.ChoiceField(label=_("发现的行为"), required=False)
    happened = forms.CharField(
        label=_("事情经过"), max_length=1000, required=False, widget=forms.Textarea
    )

    def __init__(
        self, *args: Any, items: list[Item], names: dict[str, Words], codes: dict[str, Words],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.items, self.names = items, names
        added: dict[str, forms.Field] = {}
        for item in items:
            added[f"mark_{item.code}"] = forms.TypedChoiceField(
                label=str(names[item.code]), coerce=int, choices=SCALE, required=False,
                empty_value=None, widget=forms.RadioSelect(attrs={"class": "marks"}),
            )  # fmt: skip
            added[f"comment_{item.code}"] = forms.CharField(
                label=_("评语"), max_length=500, required=False,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )  # fmt: skip
        self.fields = {**added, **self.fields}
        none = [("", _("没有"))]
        choices = [*none, *((key, str(words)) for key, words in codes.items())]
        self.fields["violation"].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.clause = getattr(field, "clause", "")  # type: ignore[attr-defined]
            field.wide = getattr(field, "wide", True)  # type: ignore[attr-defined]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each item with its clauses and inputs."""
        return [
            {"item": item, "mark": self[f"mark_{item.code}"],
             "comment": self[f"comment_{item.code}"]}
            for item in self.items
        ]  # fmt: skip

    def marks(self) -> Marks:
        """The same for the verb."""
        told = self.cleaned_data
        marks = {
            item.code: told[f"mark_{item.code}"]
            for item in self.items
            if told.get(f"mark_{item.code}") is not None
        }
        comments = {item.code: told.get(f"comment_{item.code}", "") for item in self.items}
        violations = {told["violation"]: told["happened"]} if told.get("violation") else {}
        return Marks(marks, comments, told["comment"], violations)


class _Filters(Filters):
    hint = _("姓名、编号")


class FindingFilters(_Filters):
    """Which findings."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[ALL, *Finding.State.choices]
    )


class ReviewFilters(_Filters):
    """Which reviews."""


class MonthForm(PaperForm):
    """Which month."""

    month = forms.CharField(label=_("月份"), max_length=7, required=False)


def month_of(text: str, today: date) -> date:
    """The first day of `2026-03`, or of this month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
