from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Unit
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case
from shouwen.work.customers import queries as customers


class CopyFilters(Filters):
    """What a list of copies may be filtered by."""

    hint = _("单据编号、案件、客户")
    form = forms.ChoiceField(label=_("单据"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    since = forms.DateField(label=_("发出自"), required=False)
    until = forms.DateField(label=_("发出至"), required=False)

    def __init__(
        self, data: Any, divisions: Collection[int], units: Sequence[Unit], *, received: bool
    ) -> None:
        self.units, self.received = units, received
        super().__init__(data, divisions)

    def prepare(self) -> None:
        """The forms that go out in copies; the units, where there are several."""
        if self.received:
            self.fields["since"].label, self.fields["until"].label = _("签收自"), _("签收至")
        self._offer("form", _forms_in_copies())
        self._offer("unit", [(str(unit.pk), unit.name) for unit in self.units])
        if len(self.units) < 2:
            del self.fields["unit"]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("全部")), *choices]  # type: ignore[attr-defined]

    def condition(self) -> Q:
        """The same for the query; the days are inclusive."""
        found = self.within("received_at" if self.received else "issued_at")
        if words := self.asked("q"):
            found &= Q(sheet__number__startswith=words) | self._about(words)
        if form := self.asked("form"):
            found &= Q(sheet__form=form)
        if unit := self.asked("unit"):
            found &= Q(unit=unit)
        return found

    def _about(self, words: str) -> Q:
        """Papers of a case by its number or its customer."""
        known = customers.customers(self.divisions).filter(customers.named(words))
        cases = Case.objects.filter(division_id__in=self.divisions)
        cases = cases.filter(Q(number__startswith=words) | Q(customer__in=known))
        return Q(sheet__matter_kind="case", sheet__matter_id__in=cases.values("pk"))


def _forms_in_copies() -> list[tuple[str, str]]:
    """The forms that go out in copies, as they are called today."""
    found = policy.forms(clock.today())
    return [(key, str(form.title)) for key, form in found.items() if form.copies]
