from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.caselists import words
from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.people import takers
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person


class ReactionForm(PaperForm):
    """The overdue response 逾期反应."""

    reason = forms.CharField(label=_("逾期原因"), widget=forms.Textarea, max_length=1000)
    measure = forms.CharField(label=_("采取的措施"), widget=forms.Textarea, max_length=1000)
    promise = forms.DateField(
        label=_("承诺办结日"), help_text=_("条文规定的期限不变，这一天只作追踪之用。")
    )


class HandOverForm(PaperForm):
    """To whom, and why."""

    to = forms.ChoiceField(label=_("转交给"))
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, due: Due, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in takers(due, clock.now())}
        names = [(pk, person.name) for pk, person in self.people.items()]
        self.fields["to"].choices = [("", _("请选择")), *names]  # type: ignore[attr-defined]

    @classmethod
    def for_whom_there_is(cls, due: Due) -> "HandOverForm | None":
        """The form, where there is anybody else to hand it to."""
        form = cls(due)
        return form if form.people else None

    def clean_to(self) -> Person:
        """The person behind the choice."""
        return self.people[self.cleaned_data["to"]]


class LateFilters(Filters):
    """What the late list may be filtered by."""

    q = None  # type: ignore[assignment]  # the list has no words to seek
    unit = forms.TypedChoiceField(label=_("单位"), coerce=int, required=False)
    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *Due.Kind.choices]
    )
    clause = forms.CharField(label=_("条文"), max_length=20, required=False)
    days = forms.TypedChoiceField(
        label=_("逾期"), coerce=int, required=False,
        choices=[("", _("全部")), (3, _("三天以上")), (7, _("七天以上")), (30, _("三十天以上"))],
    )  # fmt: skip

    def __init__(self, data: Any, places: list[int]) -> None:
        self.places = places
        super().__init__(data)

    def prepare(self) -> None:
        """The units below those in sight."""
        offered = [("", _("全部")), *words.units_below(self.places)]
        self.fields["unit"].choices = offered  # type: ignore[attr-defined]
        self.fields["clause"].widget.attrs["placeholder"] = "R4-14"

    def condition(self, at: datetime) -> Q:
        """The same for the query, but for the unit."""
        found = Q()
        if kind := self.asked("kind"):
            found &= Q(kind=kind)
        if clause := self.asked("clause"):
            found &= Q(clause__iexact=clause.strip())
        if days := self.asked("days"):
            found &= Q(due_at__lte=at - timedelta(days=days))
        return found
