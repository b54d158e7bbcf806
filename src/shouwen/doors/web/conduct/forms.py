from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import Words
from shouwen.ground.org.models import Post, Unit
from shouwen.outcomes.conduct.actions import Marks
from shouwen.outcomes.conduct.models import HIGHEST, LOWEST, Finding
from shouwen.outcomes.conduct.rules import Item
from shouwen.work.interactions.models import Interaction

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


class DecliningForm(PaperForm):
    """Why a transfer is not approved."""

    reason = forms.CharField(
        label=_("不批准的理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


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


class GrievanceForm(PaperForm):
    """What a customer says of an employee, and in which contact he said it."""

    clauses = {"code": "R3-39", "name": "R5-17", "phone": "R5-17", "channel": "R8-28"}
    person = forms.TypedChoiceField(label=_("被投诉的员工"), coerce=int)
    code = forms.ChoiceField(label=_("反映的行为"))
    words = forms.CharField(
        label=_("客户所说的经过"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    contact = forms.TypedChoiceField(
        label=_("在哪一次往来中说的"), coerce=int, empty_value=None, required=False
    )
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    name = forms.CharField(label=_("客户称呼"), max_length=60, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)

    def __init__(
        self,
        *args: Any,
        people: list[tuple[int, str]],
        codes: dict[str, Words],
        contacts: Sequence[Interaction],
        anew: bool,
        asks_who: bool,
        channels: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """`anew`: it may have come by a contact that is not registered yet."""
        super().__init__(*args, **kwargs)
        said = [(one.pk, _spoken(one)) for one in contacts]
        fresh = [("", _("一次新的往来，现在登记"))] if anew else []
        chosen: dict[str, list[Any]] = {
            "person": [("", _("请选择")), *people],
            "code": [("", _("请选择")), *((key, str(words)) for key, words in codes.items())],
            "contact": [*fresh, *said],
            "channel": channels,
        }
        for key, choices in chosen.items():
            self.fields[key].choices = choices  # type: ignore[attr-defined]
        unused = {"contact": not said or not (anew or len(said) > 1), "channel": not anew,
                  "name": not (anew and asks_who), "phone": not (anew and asks_who)}  # fmt: skip
        self.only = said[0][0] if said and not anew and len(said) == 1 else None
        for key in (key for key, gone in unused.items() if gone):
            del self.fields[key]

    def clean(self) -> dict[str, Any]:
        """Where there is one contact it could have been, it is that one."""
        told = super().clean() or {}
        if self.only is not None:
            told["contact"] = self.only
        if "channel" in self.fields and not told.get("contact") and not told.get("channel"):
            self.add_error("channel", _("请选择客户以什么方式反映"))
        return told


def _spoken(row: Interaction) -> str:
    shape = "SHORT_DATE_FORMAT" if row.is_dated else "SHORT_DATETIME_FORMAT"
    at = formats.date_format(row.at.astimezone(clock.COMPANY_ZONE), shape)
    return f"{row.number} · {row.channel_word} · {at}"


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
