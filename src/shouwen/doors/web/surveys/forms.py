from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers.models import Region
from shouwen.work.surveys import bounds, queries, rules
from shouwen.work.surveys.actions import Given, Heading, QuestionDraft
from shouwen.work.surveys.models import Question, Questionnaire

ALL = ("", _("全部"))


class _Filters(Filters):
    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """The choices of a filter, all of them first."""
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    @property
    def some_division(self) -> int | None:
        """The division by whose clauses the choices are named."""
        return min(self.divisions, default=None)


class CampaignFilters(_Filters):
    hint = _("编号、名称")
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[ALL, ("draft", _("拟订中")), ("running", _("进行中")), ("closed", _("已结束"))],
    )  # fmt: skip


class AnswerFilters(_Filters):
    q = None  # type: ignore[assignment]
    campaign = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    area = forms.ChoiceField(label=_("方面"), required=False)
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    at_most = forms.TypedChoiceField(
        label=_("含低分"), required=False, coerce=int,
        choices=[ALL, (1, _("1 分")), (2, _("2 分及以下")), (3, _("3 分及以下"))],
    )  # fmt: skip
    customer = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    question = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Areas and channels as the clauses of a division name them."""
        if self.some_division is None:
            return
        now = clock.now()
        self.choose("area", bounds.area_names(self.some_division, now).items())
        allowed = bounds.channels(self.some_division, now)
        self.choose("channel", [(key, bounds.channel_name(key)) for key in allowed])

    def sought(self) -> queries.Sought:
        """The same for the query."""
        return queries.Sought(
            self.asked("campaign"), self.asked("area") or "", self.asked("channel") or "",
            self.asked("customer"), self.asked("question"), self.asked("at_most") or None,
        )  # fmt: skip


class RatingFilters(_Filters):
    q = None  # type: ignore[assignment]
    month = forms.RegexField(label=_("月份"), regex=r"^\d{4}-\d{2}$", required=False)
    state = forms.ChoiceField(
        label=_("评价"), required=False,
        choices=[
            ALL, ("low", _("须跟进")), ("open", _("待跟进")), ("satisfied", _("满意")),
            ("staff", _("对员工不满")),
        ],
    )  # fmt: skip
    division = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    unit = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """A month is chosen, not typed."""
        self.fields["month"].widget.input_type = "month"


class PlanForm(PaperForm):
    """A new campaign."""

    clauses = {"questionnaire": "R5-45"}
    wide = {"note"}
    division = forms.TypedChoiceField(label=_("单位"), coerce=int)
    title = forms.CharField(label=_("名称"), max_length=80)
    questionnaire = forms.TypedChoiceField(label=_("问卷"), coerce=int)
    closes_on = forms.DateField(label=_("截止日"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, divisions: Collection[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.divisions = divisions
        offered = [(pk, org.unit_by_id(pk).name) for pk in sorted(divisions)]
        self.fields["division"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["division"].widget = forms.HiddenInput()
            self.fields["division"].initial = offered[0][0]
        found = Questionnaire.objects.filter(division_id__in=divisions)
        rows = found.order_by("code", "-version")
        self.fields["questionnaire"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.title} · {_('第 %(n)s 版') % {'n': one.version}}") for one in rows
        ]

    def chosen(self) -> tuple[Unit, Questionnaire]:
        """The division and the questionnaire."""
        return (
            org.unit_by_id(self.cleaned_data["division"]),
            Questionnaire.objects.get(
                pk=self.cleaned_data["questionnaire"], division_id__in=self.divisions
            ),
        )


class ChoiceForm(PaperForm):
    """Whom to ask: tried first, then added."""

    clauses = {"channel": "R5-44"}
    wide = {"codes"}
    channel = forms.ChoiceField(label=_("渠道"))
    words = forms.CharField(
        label=_("客户"), max_length=60, required=False, help_text=_("名称、编号或拼音；不填即全部")
    )
    region = forms.ChoiceField(label=_("区域"), required=False, choices=[ALL, *Region.choices])
    contacts = forms.BooleanField(label=_("有首要联系人时寄给联系人"), required=False, initial=True)
    codes = forms.CharField(
        label=_("客户编号名单"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("每行一个编号；填了名单，就只在名单里挑"),
    )  # fmt: skip

    def __init__(self, division: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = bounds.channels(division, clock.now())
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (key, bounds.channel_name(key)) for key in allowed
        ]

    def choice(self) -> queries.Choice:
        """What was chosen."""
        data = self.cleaned_data
        codes = tuple(dict.fromkeys(data["codes"].replace(",", "\n").upper().split()))
        return queries.Choice(
            data["channel"], data["words"], data["region"], codes, data["contacts"]
        )


class HeadingForm(PaperForm):
    """Title and opening of a questionnaire."""

    title_zh = forms.CharField(label=_("中文标题"), max_length=80)
    title_en = forms.CharField(label=_("英文标题"), max_length=120, required=False)
    opening_zh = forms.CharField(
        label=_("中文开场白"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    opening_en = forms.CharField(
        label=_("英文开场白"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def heading(self) -> Heading:
        """What was typed."""
        return Heading(**{name: self.cleaned_data[name] for name in Heading.__dataclass_fields__})


class NewQuestionnaireForm(HeadingForm):
    division = forms.TypedChoiceField(label=_("单位"), coerce=int)
    code = forms.SlugField(
        label=_("代码"), max_length=30, help_text=_("小写字母和数字；各版共用一个代码")
    )

    def __init__(self, divisions: Collection[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(pk, org.unit_by_id(pk).name) for pk in sorted(divisions)]
        self.fields["division"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["division"].widget = forms.HiddenInput()
            self.fields["division"].initial = offered[0][0]


class QuestionForm(PaperForm):
    """One question of a questionnaire."""

    clauses = {"area": "R5-45"}
    wide = {"choices"}
    text_zh = forms.CharField(label=_("中文题目"), max_length=200)
    text_en = forms.CharField(label=_("英文题目"), max_length=300, required=False)
    area = forms.ChoiceField(label=_("方面"))
    kind = forms.ChoiceField(label=_("题型"), choices=Question.Kind.choices)
    choices = forms.CharField(
        label=_("选项"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("选择题每行一个选项，中英文以竖线隔开：满意|Satisfied"),
    )  # fmt: skip
    required = forms.BooleanField(label=_("必答"), required=False, initial=True)

    def __init__(self, division: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = bounds.area_names(division, clock.now())
        self.fields["area"].choices = list(names.items())  # type: ignore[attr-defined]

    def draft(self) -> QuestionDraft:
        """What was typed."""
        data = self.cleaned_data
        options = [line.partition("|") for line in data["choices"].splitlines() if line.strip()]
        choices = [{"zh": zh.strip(), "en": en.strip()} for zh, _bar, en in options]
        return QuestionDraft(
            data["text_zh"], data["area"], data["kind"], data["text_en"], choices, data["required"]
        )

    @staticmethod
    def of(question: Question) -> dict[str, Any]:
        """A question as the form shows it."""
        lines = [f"{one['zh']}|{one['en']}" if one.get("en") else one["zh"]
                 for one in question.choices]  # fmt: skip
        names = ("text_zh", "text_en", "area", "kind", "required")
        return {name: getattr(question, name) for name in names} | {"choices": "\n".join(lines)}


class AnswerForm(PaperForm):
    """The questions of a campaign to be answered; `typed` marks are typed as one figure."""

    def __init__(
        self, questions: Iterable[Question], *args: Any, typed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(questions)
        for one in self.asked:
            field = _field(one, typed)
            field.required = False  # what must be answered is asked by the verb, in its words
            field.must = one.required  # type: ignore[attr-defined]
            self.fields[f"q{one.pk}"] = field
            if typed or one.kind == Question.Kind.TEXT:
                field.widget.attrs["class"] = "form-control"
        if typed and self.asked:
            self.fields[f"q{self.asked[0].pk}"].widget.attrs["autofocus"] = True

    def given(self) -> dict[int, Given]:
        """What was answered."""
        return {one.pk: self._given(one) for one in self.asked}

    def _given(self, one: Question) -> Given:
        value = self.cleaned_data.get(f"q{one.pk}")
        if one.kind == Question.Kind.TEXT:
            return Given(text=(value or "").strip())
        number = int(value) if value not in (None, "") else None
        is_mark = one.kind == Question.Kind.MARK
        return Given(mark=number) if is_mark else Given(choice=number)


def _field(one: Question, typed: bool) -> forms.Field:
    if one.kind == Question.Kind.TEXT:
        return forms.CharField(
            label=one.text, max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
        )
    if one.kind == Question.Kind.CHOICE:
        options = [(str(place), words) for place, words in one.options]
        widget: Any = forms.Select if typed else forms.RadioSelect
        return forms.ChoiceField(
            label=one.text, choices=[("", "—"), *options] if typed else options, widget=widget
        )
    if typed:
        return forms.IntegerField(
            label=one.text, min_value=rules.LEAST, max_value=rules.MOST,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 1, "size": 2}),
        )  # fmt: skip
    marks = [(str(mark), word) for mark, word in reversed(bounds.MARKS.items())]
    return forms.ChoiceField(label=one.text, choices=marks, widget=forms.RadioSelect)


class KeyingForm(AnswerForm):
    """The same as keyed in from paper or told on the telephone."""

    def __init__(self, division: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, typed=True, **kwargs)
        allowed = bounds.channels(division, clock.now())
        self.fields["channel"] = forms.ChoiceField(
            label=_("收到的渠道"), choices=[(key, bounds.channel_name(key)) for key in allowed],
            widget=forms.Select(attrs={"class": "form-select"}),
        )  # fmt: skip
        self.fields["received_on"] = forms.DateField(
            label=_("收到日期"), required=False,
            widget=forms.DateInput(
                attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"
            ),
        )  # fmt: skip


class CorrectionForm(AnswerForm):
    """The same again, with the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, typed=True, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("更正的理由"), max_length=200, required=False,
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )  # fmt: skip


class CodeForm(PaperForm):
    """The code printed on a paper."""

    code = forms.RegexField(
        label=_("答卷编号"), regex=r"^\s*\d{1,12}\s*$",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autofocus": True}),
    )  # fmt: skip


class WordsForm(PaperForm):
    """What was done about a bad mark or a weak area."""

    words = forms.CharField(
        label=_("了解到什么、做了什么"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class FollowUpForm(WordsForm):
    """The same of a bad mark, and whether it goes on as a matter."""

    opens = forms.BooleanField(
        label=_("另立事项，继续办理"), required=False,
        help_text=_("一时不能解决的勾选：按客户的话立一件事项，有自己的期限和经过。"),
    )  # fmt: skip

    def __init__(self, *args: Any, of_customer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_customer:
            del self.fields["opens"]
