"""What the lists of this room may be filtered by; what cannot be read does not filter."""

from collections.abc import Collection

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers import queries as customers
from shouwen.work.customers.care import rules
from shouwen.work.customers.models import Customer, Opinion, Opportunity

ALL = ("", _("全部"))


class CareFilters(Filters):
    """The words: a customer by name, pinyin or number."""

    hint = _("客户名称、拼音或编号")

    def sought(self) -> Q | None:
        """The customers that the words mean; None when nothing was typed."""
        words = self.asked("q")
        return customers.named(words) if words else None

    def of_customer(self, column: str) -> Q:
        """The rows whose customer the words mean."""
        sought = self.sought()
        if sought is None:
            return Q()
        found = Customer.objects.filter(sought, division_id__in=self.divisions)
        return Q(**{f"{column}__in": found.values("pk")})


class IncompleteFilters(CareFilters):
    """By the field that is missing."""

    field = forms.ChoiceField(label=_("缺"), required=False)

    def prepare(self) -> None:
        """The fields a company may ask for."""
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            ALL, *((key, _(title)) for key, title in rules.FIELDS.items()),
        ]  # fmt: skip


class TurnFilters(CareFilters):
    """By whose turn it is to act."""

    owner = forms.ChoiceField(
        label=_("负责人"), required=False, choices=[ALL, ("mine", _("我负责的"))]
    )


def units(divisions: Collection[int]) -> list[tuple[int, str]]:
    """The units of some divisions, by name of the tree."""
    day = org.staffing()
    found: list[tuple[int, str]] = []
    for division in sorted(divisions):
        if division in day.units:
            found += [(pk, day.units[pk].name) for pk in day.below(division)]
    return found


class OpportunityFilters(CareFilters):
    """By department, as it is reviewed, and by what became of it."""

    unit = forms.TypedChoiceField(label=_("部门"), coerce=int, required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("跟进中")), *Opportunity.State.choices[1:], ("all", _("全部"))],
    )  # fmt: skip

    def prepare(self) -> None:
        """The departments that review their own."""
        self.fields["unit"].choices = [ALL, *units(self.divisions)]  # type: ignore[attr-defined]


class OpinionFilters(CareFilters):
    """By who has to act next, by kind and by department."""

    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[
            ALL, ("new", _("未确认")), ("acknowledged", _("待答复")), ("answered", _("待通报客户")),
            ("done", _("已办结")),
        ],
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Opinion.Kind.choices])
    target = forms.TypedChoiceField(label=_("送往部门"), coerce=int, required=False)
    valuable = forms.BooleanField(label=_("有价值"), required=False)

    def prepare(self) -> None:
        """The departments that opinions go to."""
        self.fields["target"].choices = [ALL, *units(self.divisions)]  # type: ignore[attr-defined]


class OfferFilters(CareFilters):
    """Those in force, or all."""

    hint = _("新业务名称")
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("现行")), ("all", _("全部"))]
    )


def target_choices(division: Unit) -> list[tuple[str, str]]:
    """To which department something may go: those of the division and of the group above it."""
    day = org.staffing()
    own = [(str(pk), day.units[pk].name) for pk in day.below(division.pk) if pk != division.pk]
    others = [
        (str(pk), f"{day.units[one.pk].name} · {day.units[pk].name}")
        for one in org.divisions()
        if one.pk != division.pk
        for pk in day.below(one.pk)
        if pk != one.pk
    ]
    return [*own, *others]
