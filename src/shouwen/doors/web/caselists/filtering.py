"""What a reader may filter a list of cases by, and how the address says it."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm
from shouwen.doors.web.people import Request
from shouwen.engines.search import queries as search
from shouwen.ground.org import queries as org
from shouwen.work.cases.models import Kind, Outcome, Severity
from shouwen.work.cases.queries import VIEWS, Filters
from shouwen.work.customers.models import Customer, Region

from . import words

FOUND = 300
"""How many hits of the search a list takes; whoever gets more should say more."""
ALWAYS = ("q", "kind", "stage", "unit", "region")
MORE = (
    "category", "customer_grade", "severity", "outcome", "method", "cause_item", "part",
    "opened_from", "opened_to", "customer",
)  # fmt: skip


class FilterForm(PaperForm):
    """The filters above a list. Whatever cannot be read does not filter."""

    q = forms.CharField(label=_("查找"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类型"), required=False)
    stage = forms.ChoiceField(label=_("步骤"), required=False)
    unit = forms.TypedChoiceField(label=_("承办单位"), coerce=int, required=False)
    region = forms.ChoiceField(label=_("区域"), required=False)
    category = forms.ChoiceField(label=_("内容类别"), required=False)
    customer_grade = forms.ChoiceField(label=_("客户等级"), required=False)
    severity = forms.TypedChoiceField(label=_("轻重"), coerce=int, required=False)
    outcome = forms.ChoiceField(label=_("核决结果"), required=False)
    method = forms.ChoiceField(label=_("处理方式"), required=False)
    cause_item = forms.ChoiceField(label=_("客诉项目"), required=False)
    part = forms.CharField(label=_("料号"), max_length=40, required=False)
    opened_from = forms.DateField(label=_("受理自"), required=False)
    opened_to = forms.DateField(label=_("受理至"), required=False)
    customer = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, request: Request) -> None:
        super().__init__(request.GET)
        self.request = request
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": list(Kind.choices),
            "stage": words.stages(),
            "unit": words.units(request.person),
            "region": list(Region.choices),
            "category": words.categories(request.person),
            "customer_grade": words.customer_grades(request.person),
            "severity": list(Severity.choices),
            "outcome": [one for one in Outcome.choices if one[0]],
            "method": words.methods(),
            "cause_item": words.cause_items(),
        }
        for name, found in choices.items():
            self.fields[name].choices = [("", _("全部")), *found]  # type: ignore[attr-defined]
        self.fields["q"].widget.input_type = "search"
        self.fields["q"].widget.attrs["placeholder"] = _("编号、客户、料号、内容")
        self.is_valid()

    @property
    def always(self) -> list[forms.BoundField]:
        """The filters everybody uses."""
        return [self[name] for name in ALWAYS]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others, folded away until one of them is used."""
        return [self[name] for name in MORE if not self[name].is_hidden]

    @property
    def more_used(self) -> int:
        """How many of the folded filters are used."""
        return sum(bool(self.cleaned_data.get(name)) for name in MORE)

    @property
    def used(self) -> bool:
        """Whether anything is filtered."""
        return any(self.cleaned_data.get(name) for name in (*ALWAYS, *MORE))

    @property
    def customer_name(self) -> str:
        """Whose cases these are, when the list is of one customer."""
        pk = self.cleaned_data.get("customer")
        seen = org.divisions_visible(self.request.person)
        found = Customer.objects.filter(pk=pk, division_id__in=seen).first() if pk else None
        return found.name if found else ""

    def filters(self) -> Filters:
        """The same for the query."""
        view = self.request.GET.get("view", "")
        names = set(Filters.__dataclass_fields__) & set(self.cleaned_data)
        given = {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}
        found = Filters(view=view if view in VIEWS else "open", **given)
        sought = self.cleaned_data.get("q", "").strip()
        return replace(found, ids=self._hits(sought)) if sought else found

    def _hits(self, sought: str) -> tuple[int, ...]:
        seen = org.divisions_visible(self.request.person)
        hits = search.find(sought, kinds=["case"], divisions=seen, limit=FOUND)
        return tuple(hit.object_id for hit in hits)
