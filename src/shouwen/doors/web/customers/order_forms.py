"""The forms of orders and shipments."""

from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _

from shouwen.doors.web.forms import PaperForm, Part
from shouwen.doors.web.refusals import say
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.money import cents
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.drafts import LineDraft, OrderDraft, ShipmentDraft, code
from shouwen.work.customers.models import OrderLine, Product, Shipment

from .forms import Versioned, person_of, salespeople

BLANK_LINES = 3
MOST_LINES = 200


def yuan(amount_cents: int) -> Decimal:
    """Cents as an amount to edit."""
    return Decimal(amount_cents) / 100


class OrderForm(Versioned):
    """The head of an order."""

    sections = [
        Part("head", _("订单"), ["number", "ordered_on", "salesperson", "over_receipt_tolerance"]),
        Part("money", _("币别"), ["currency", "exchange_rate"]),
    ]
    clauses = {"over_receipt_tolerance": "R4-76"}

    number = forms.CharField(label=_("订单编号"), max_length=40)
    ordered_on = forms.DateField(label=_("订货日期"))
    salesperson = forms.ChoiceField(label=_("业务员"), required=False)
    over_receipt_tolerance = forms.DecimalField(
        label=_("超量允收比率 %"),
        required=False,
        max_digits=5,
        decimal_places=2,
        help_text=_("客户订制时注明才填，写 5 表示 5%；空着按公司规定"),
    )
    currency = forms.CharField(label=_("币别"), max_length=3, initial="CNY")
    exchange_rate = forms.DecimalField(
        label=_("汇率"),
        max_digits=12,
        decimal_places=6,
        initial=1,
        help_text=_("对本位币；人民币订单是 1"),
    )

    def __init__(
        self, *args: Any, division: Unit | int, now: Person | None = None, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        choice = self.fields["salesperson"]
        choice.choices = salespeople(division, now)  # type: ignore[attr-defined]

    def draft(self) -> OrderDraft:
        """What the verb takes."""
        values = self._values() | {"salesperson": person_of(self.cleaned_data["salesperson"])}
        return OrderDraft(**values)


class LineForm(PaperForm):
    """One line; an emptied one is taken away."""

    position = forms.IntegerField(required=False, widget=forms.HiddenInput)
    part_number = forms.CharField(label=_("料号"), max_length=40, required=False)
    quantity = forms.DecimalField(label=_("数量"), max_digits=14, decimal_places=3, required=False)
    unit_price = forms.DecimalField(
        label=_("单价"), max_digits=14, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, division: Unit | int, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.division = division
        self.product: Product | None = None
        self.fields["part_number"].widget.attrs |= {"list": "parts", "autocomplete": "off"}

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed in it."""
        data = self.cleaned_data
        return not data.get("part_number") and data.get("quantity") is None

    def clean(self) -> dict[str, Any]:
        """A line has a known part number and a quantity, or nothing at all."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_blank and data.get("unit_price") is None:
            return data
        wanted = code(data.get("part_number") or "")
        found = Product.objects.filter(division=self.division, part_number=wanted).first()
        if not wanted:
            self.add_error("part_number", _("请填写料号"))
        elif found is None:
            self.add_error("part_number", _("没有这个料号，请先登记产品"))
        if data.get("quantity") is None and "quantity" not in self.errors:
            self.add_error("quantity", _("请填写数量"))
        self.product = found
        return data

    def draft(self) -> LineDraft:
        """What the verb takes."""
        data = self.cleaned_data
        price = cents(data["unit_price"]) if data.get("unit_price") is not None else 0
        return LineDraft(self.product, data["quantity"], price, data.get("position"))


Lines = forms.formset_factory(
    LineForm, extra=BLANK_LINES, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES
)


def initial_lines(lines: list[OrderLine]) -> list[dict[str, Any]]:
    """Lines as the form shows them."""
    return [
        {
            "position": line.position,
            "part_number": line.product.part_number,
            "quantity": line.quantity.normalize() if line.quantity % 1 else int(line.quantity),
            "unit_price": yuan(line.unit_price_cents),
        }
        for line in lines
    ]


def drafts(formset: "BaseFormSet[Any]") -> tuple[list[LineDraft], list[LineForm]]:
    """The lines that hold something, each with its form."""
    kept = [form for form in formset.forms if form.has_changed() or form.initial]
    kept = [form for form in kept if not form.is_blank]
    return [form.draft() for form in kept], kept


def add_line_reasons(kept: list[LineForm], refused: Refused) -> None:
    """Put the reasons that name a line at its field."""
    words = {"product": "part_number", "unit_price_cents": "unit_price"}
    for reason in refused.reasons:
        steps = reason.field.split(".")
        if len(steps) == 3 and steps[0] == "lines" and int(steps[1]) < len(kept):
            field = words.get(steps[2], steps[2])
            said = say(reason)
            kept[int(steps[1])].add_error(field, f"{said.message} {said.instead}".strip())


class ShipmentForm(Versioned):
    """What left, its invoice, what was collected."""

    sections = [
        Part("sent", _("交运"), ["shipped_on", "quantity"], clause="R4-06"),
        Part("invoice", _("发票"), ["invoice_number", "invoice_date", "amount", "due_on"]),
        Part("collected", _("收款"), ["collected", "collected_on"]),
    ]

    shipped_on = forms.DateField(label=_("交运日期"))
    quantity = forms.DecimalField(label=_("交运数量"), max_digits=14, decimal_places=3)
    invoice_number = forms.CharField(label=_("发票号码"), max_length=40, required=False)
    invoice_date = forms.DateField(label=_("发票日期"), required=False)
    amount = forms.DecimalField(
        label=_("发票金额"),
        max_digits=15,
        decimal_places=2,
        required=False,
        help_text=_("空着按数量乘单价"),
    )
    due_on = forms.DateField(label=_("应收日"), required=False, help_text=_("空着按客户的收款期"))
    collected = forms.DecimalField(
        label=_("已收金额"), max_digits=15, decimal_places=2, required=False
    )
    collected_on = forms.DateField(label=_("收款日期"), required=False)

    def __init__(self, *args: Any, line: OrderLine, may_collect: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.line = line
        if not may_collect:
            for name in ("collected", "collected_on"):
                self.fields[name].disabled = True

    def draft(self) -> ShipmentDraft:
        """What the verb takes."""
        data = self._values()
        amount, collected = data.pop("amount"), data.pop("collected")
        if amount is None:
            price = self.line.unit_price_cents * data["quantity"]
            amount_cents = int(price.quantize(Decimal(1), "ROUND_HALF_UP"))
        else:
            amount_cents = cents(amount)
        got = cents(collected) if collected is not None else 0
        return ShipmentDraft(**data, amount_cents=amount_cents, collected_cents=got)


def initial_shipment(shipment: Shipment | None, line: OrderLine) -> dict[str, Any]:
    """A shipment as the form shows it; a new one of what is left to ship, today."""
    if shipment is None:
        left = line.quantity - sum(one.quantity for one in line.shipments.all())
        return {"shipped_on": clock.today(), "quantity": _short(max(left, Decimal(0))) or None}
    return {
        "shipped_on": shipment.shipped_on,
        "quantity": _short(shipment.quantity),
        "invoice_number": shipment.invoice_number,
        "invoice_date": shipment.invoice_date,
        "amount": yuan(shipment.amount_cents),
        "due_on": shipment.due_on,
        "collected": yuan(shipment.collected_cents) if shipment.collected_cents else None,
        "collected_on": shipment.collected_on,
        "version": shipment.version,
    }


def _short(quantity: Decimal) -> Decimal | int:
    return quantity.normalize() if quantity % 1 else int(quantity)


class OrderFilters(PaperForm):
    """What a list of orders is narrowed by."""

    q = forms.CharField(label=_("查找"), required=False)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["q"].widget.attrs["placeholder"] = _("订单编号、发票号码、料号或客户")
