"""The small forms of what is done with a matter beside its course."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.access import visible
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import joining, owning
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Case, Kind
from shouwen.work.interactions.models import going_choices


class DealForm(PaperForm):
    """A form of the panel; it knows the case, for what it offers."""

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        for name in ("to", "handler"):
            if name in self.fields:
                found = [(one.pk, one.name) for one in colleagues(case)]
                self.fields[name].choices = [("", _("请选择")), *found]  # type: ignore[attr-defined]
                self.fields[name].widget.attrs["data-pick"] = ""
        for name in (classes.CATEGORIES, classes.GRADES):
            field = {classes.CATEGORIES: "category", classes.GRADES: "grade"}[name]
            if field in self.fields:
                self.fields[field].choices = classes.choices(case.division_id, name)  # type: ignore[attr-defined]


def colleagues(case: Case) -> list[Person]:
    """Everybody who works in the division of a case."""
    here = case.division_id
    return [one for one in org.all_persons() if here in org.divisions_visible(one)]


def _called(person: Person, at: datetime) -> str:
    """A manager by name and post, and who acts for him while he is away."""
    held = org.main_post(person, at)
    title = f"{person.name} · {held.post.title}" if held else person.name
    if not org.is_away(person, at):
        return title
    instead = "、".join(one.name for one in org.stand_ins(person, at)) or "—"
    away = gettext("%(person)s（不在，由%(instead)s代管）")
    return away % {"person": title, "instead": instead}


class ReplyForm(DealForm):
    """What the customer is told."""

    clauses = {"definite": "R3-49"}
    text = forms.CharField(label=_("答复或告知的内容"), widget=forms.Textarea, max_length=4000)
    channel = forms.ChoiceField(label=_("方式"), choices=going_choices)
    definite = forms.BooleanField(label=_("这是明确答复"), required=False)


class TransferForm(DealForm):
    """To whom, and why it is not handled here."""

    to = forms.TypedChoiceField(label=_("主管领导"), coerce=int)
    reason = forms.CharField(label=_("不能办理的原因"), widget=forms.Textarea, max_length=1000)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        """Managers first; of whoever is away it says who stands in for him (R5-11)."""
        super().__init__(case, *args, **kwargs)
        now, found = clock.now(), colleagues(case)
        leaders = [one for one in found if owning.leads(one, case, now)]
        others = [(one.pk, one.name) for one in found if one not in leaders]
        named = [(one.pk, _called(one, now)) for one in leaders]
        self.fields["to"].choices = [("", gettext("请选择")), *named, *others]  # type: ignore[attr-defined]


class TakeOverForm(DealForm):
    """Who of the manager's people deals with it."""

    handler = forms.TypedChoiceField(label=_("由谁承办"), coerce=int, required=False)


class ReasonForm(DealForm):
    """Only a reason."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea, max_length=1000)


class OwnerForm(ReasonForm):
    """Another first-contact owner."""

    to = forms.TypedChoiceField(label=_("新的首问责任人"), coerce=int)


class MajorForm(DealForm):
    """Why it concerns the company as a whole."""

    why = forms.CharField(label=_("为何是重大事项"), widget=forms.Textarea, max_length=500)


class StepForm(DealForm):
    """What happens next, and when."""

    clauses = {"on": "R7-67"}
    on = forms.DateField(label=_("下一步日期"))
    what = forms.CharField(label=_("下一步做什么"), widget=forms.Textarea, max_length=500)


class ClassForm(ReasonForm):
    """Another class."""

    category = forms.ChoiceField(label=_("内容类别"))
    grade = forms.ChoiceField(label=_("严重程度"))


class NumberForm(DealForm):
    """Another matter, by its number."""

    number = forms.CharField(label=_("另一事项的编号"), max_length=20)
    reason = forms.CharField(label=_("理由"), max_length=500, required=False)

    def other(self, request: Request) -> Case:
        """The matter of that number, as far as this person may see it."""
        words = str(self.cleaned_data["number"]).strip().upper()
        found = visible(request.person).filter(division_id=self.case.division_id)
        one = found.filter(number=words).first()
        if one is None:
            raise refuse(N_("没有编号为 %(number)s 的事项"), field="number", number=words)
        return one


class SplitForm(DealForm):
    """What becomes a matter of its own."""

    kind = forms.ChoiceField(label=_("事项类型"))
    category = forms.ChoiceField(label=_("内容类别"), required=False)
    title = forms.CharField(label=_("一句话的事由"), max_length=120)
    description = forms.CharField(label=_("客户所说的内容"), widget=forms.Textarea, max_length=4000)
    reason = forms.CharField(label=_("拆分的理由"), max_length=500)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        kinds = [one for one in Kind.choices if one[0] in rules.GENERAL]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        known = classes.choices(case.division_id, classes.CATEGORIES)
        self.fields["category"].choices = [("", _("待分类")), *known]  # type: ignore[attr-defined]

    def intake(self) -> Intake:
        """The new matter: of the same customer, by the same way in."""
        said, case = self.cleaned_data, self.case
        return Intake(
            case.division, case.customer, said["category"], said["title"], said["description"],
            channel=case.channel, caller=case.text.caller, phone=case.text.phone,
            salesperson=case.salesperson, kind=said["kind"],
        )  # fmt: skip


FOLLOWS = {
    "reopen": _("还在公司规定的天数以内：本件重新打开，仍由原首问责任人负责。"),
    "anew": _("已过公司规定的天数：另立新案，与本件关联，仍由原首问责任人负责。"),
}


class AgainForm(DealForm):
    """What the customer says now."""

    description = forms.CharField(label=_("客户现在怎么说"), widget=forms.Textarea, max_length=2000)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        """It says beforehand whether this matter is reopened or another one is opened (R3-33)."""
        super().__init__(case, *args, **kwargs)
        how = joining.how_taken_up(case, clock.now())
        self.fields["description"].help_text = FOLLOWS.get(how, "")


class NothingForm(DealForm):
    """Nothing has to be written."""
