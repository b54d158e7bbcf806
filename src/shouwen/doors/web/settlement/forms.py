from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import Filters, PaperForm
from shouwen.outcomes.settlement.models import Collection, Settlement
from shouwen.work.customers import queries as customers

EVERYTHING = ("all", _("全部"))


class CollectedForm(PaperForm):
    """When a receivable came in."""

    clauses = {"collected_on": "R4-57"}
    collected_on = forms.DateField(label=_("收款日期"))


class _Filters(Filters):
    """What every list of this room may be filtered by."""

    hint = _("编号、客户")
    salesperson = forms.ChoiceField(label=_("业务员"), required=False)

    def prepare(self) -> None:
        """The salespeople of the divisions in sight."""
        people = [(str(one.pk), one.name) for one in customers.salespeople(self.divisions)]
        self.fields["salesperson"].choices = [("", _("全部")), *people]  # type: ignore[attr-defined]

    def of_the_case(self, own: Q) -> Q:
        """The words by number, customer or this list's own column; the salesperson."""
        found = Q()
        if words := self.asked("q"):
            found_customers = customers.customers(self.divisions).filter(customers.named(words))
            by_customer = Q(case__customer__in=found_customers)
            found &= own | Q(case__number__startswith=words) | by_customer
        if who := self.asked("salesperson"):
            found &= Q(case__salesperson=who)
        return found


class SettlementFilters(_Filters):
    kind = forms.ChoiceField(
        label=_("方式"), required=False, choices=[("", _("全部")), *Settlement.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("", _("在办")), ("done", _("已办结")), EVERYTHING],
    )  # fmt: skip


class CollectionFilters(_Filters):
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("未收回")), ("late", _("已逾期")), *Collection.State.choices, EVERYTHING],
    )


class VoucherFilters(_Filters):
    posted_from = forms.DateField(label=_("开立自"), required=False)
    posted_to = forms.DateField(label=_("开立至"), required=False)
