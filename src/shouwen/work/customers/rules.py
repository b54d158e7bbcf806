"""What a customer, a contact, a product, an order and a shipment may not be. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation.refusal import N_, Reason

from .drafts import (
    BASE_CURRENCY,
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
    Tidy,
)
from .models.choices import BY_WAY, Region, Tongue
from .phones import read

LONGEST = {
    "code": 30,
    "name_zh": 120,
    "name_en": 160,
    "short_name": 40,
    "address": 200,
    "name": 60,
    "title": 60,
    "phone": 60,
    "other_phone": 60,
    "email": 254,
    "industry": 60,
    "wares": 200,
    "contract": 60,
    "segment": 40,
    "habits": 200,
    "part_number": 40,
    "unit": 10,
    "number": 40,
    "invoice_number": 40,
}
MOST_COLLECTION_DAYS = 720
MOST_CENTS = 10**15
MOST_QUANTITY = Decimal(10) ** 10
_EMAIL = re.compile(r"^[^@\s,;<>()\"']+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$")
_CURRENCY = re.compile(r"^[A-Z]{3}$")


def why_not_customer(draft: CustomerDraft) -> list[Reason]:
    """What keeps a customer from being written as drafted."""
    return [
        *_needed(draft, "code", N_("请填写客户编号")),
        *_needed(draft, "name_zh", N_("请填写客户名称")),
        *_lengths(draft),
        *_region(draft),
        *_currency(draft.currency),
        *_phone(draft.phone, "phone"),
        *_email(draft.email),
        *_collection_days(draft.collection_days),
        *_likes(draft),
    ]


def why_not_contact(draft: ContactDraft) -> list[Reason]:
    """What keeps a contact from being written as drafted."""
    return [
        *_needed(draft, "name", N_("请填写联系人姓名")),
        *_lengths(draft),
        *_phone(draft.phone, "phone"),
        *_phone(draft.other_phone, "other_phone"),
        *_email(draft.email),
    ]


def why_not_product(draft: ProductDraft) -> list[Reason]:
    """What keeps a product from being written as drafted."""
    return [
        *_needed(draft, "part_number", N_("请填写料号")),
        *_needed(draft, "name_zh", N_("请填写品名")),
        *_needed(draft, "unit", N_("请填写单位")),
        *_lengths(draft),
    ]


def why_not_order(draft: OrderDraft, lines: list[LineDraft], today: date) -> list[Reason]:
    """What keeps an order from being written as drafted."""
    found = [
        *_needed(draft, "number", N_("请填写订单编号")),
        *_lengths(draft),
        *_currency(draft.currency),
        *_exchange_rate(draft),
        *_tolerance(draft.over_receipt_tolerance),
    ]
    if draft.ordered_on > today:
        found.append(Reason(N_("订货日期不能晚于今天"), field="ordered_on"))
    if not lines:
        found.append(Reason(N_("订单至少要有一行产品"), field="lines"))
    for index, line in enumerate(lines):
        found.extend(_line(line, f"lines.{index}."))
    return found


def why_not_shipment(draft: ShipmentDraft, ordered_on: date, today: date) -> list[Reason]:
    """What keeps a shipment from being written as drafted."""
    return [
        *_lengths(draft),
        *_shipped(draft, ordered_on, today),
        *_invoice(draft),
        *_collected(draft, today),
    ]


def _needed(draft: Tidy, field: str, message: str) -> Iterator[Reason]:
    if not getattr(draft, field):
        yield Reason(message, field=field)


def _lengths(draft: Tidy) -> Iterator[Reason]:
    for field, value in draft.values().items():
        if isinstance(value, str) and len(value) > LONGEST.get(field, 200):
            message = N_("最多 %(most)s 个字，现在 %(length)s 个")
            facts = {"most": LONGEST.get(field, 200), "length": len(value)}
            yield Reason(message, field=field, facts=facts)


def _likes(draft: CustomerDraft) -> Iterator[Reason]:
    begins, ends = draft.likes_from, draft.likes_until
    if (begins is None) != (ends is None):
        lacking = "likes_until" if ends is None else "likes_from"
        yield Reason(N_("方便联系的时段要有起有止"), "R5-56", lacking)
    elif begins is not None and ends is not None and begins >= ends:
        yield Reason(N_("方便联系的时段，止要晚于起"), "R5-56", "likes_until")
    if draft.likes_way and draft.likes_way not in BY_WAY:
        yield Reason(N_("没有这种联系方式"), "R5-56", "likes_way")
    if draft.likes_language and draft.likes_language not in Tongue.values:
        yield Reason(N_("没有这种语言"), "R5-56", "likes_language")


def _region(draft: CustomerDraft) -> Iterator[Reason]:
    if draft.region not in Region.values:
        message = N_("请选择区域：客诉结案期限按国内或国外计算")
        yield Reason(message, "R4-60", "region", instead=N_("填“国内”或“国外”"))


def _currency(currency: str) -> Iterator[Reason]:
    if not _CURRENCY.match(currency):
        message = N_("币别写三个字母，如 CNY、USD")
        yield Reason(message, field="currency")


def _exchange_rate(draft: OrderDraft) -> Iterator[Reason]:
    if draft.exchange_rate <= 0:
        yield Reason(N_("汇率必须大于零"), field="exchange_rate")
    elif draft.currency == BASE_CURRENCY and draft.exchange_rate != 1:
        yield Reason(N_("本位币订单的汇率是 1"), field="exchange_rate")


def _phone(text: str, field: str) -> Iterator[Reason]:
    if text and read(text) is None:
        message = N_("认不出这个电话号码")
        instead = N_("手机写 11 位；固定电话带区号；国外号码以 + 和国家代码开头")
        yield Reason(message, field=field, instead=instead)


def _email(text: str) -> Iterator[Reason]:
    if text and not _EMAIL.match(text):
        yield Reason(N_("邮箱格式不对"), field="email")


def _collection_days(days: int | None) -> Iterator[Reason]:
    if days is not None and not 0 <= days <= MOST_COLLECTION_DAYS:
        message = N_("收款期是 0 到 %(most)s 天")
        facts = {"most": MOST_COLLECTION_DAYS}
        yield Reason(message, "R4-57", "collection_days", facts=facts)


def _tolerance(percent: Decimal | None) -> Iterator[Reason]:
    if percent is not None and not 0 <= percent <= 100:
        message = N_("超量允收比率是 0 到 100 之间的百分数")
        yield Reason(message, "R4-76", "over_receipt_tolerance")


def _line(line: LineDraft, at: str) -> Iterator[Reason]:
    if line.product is None:
        yield Reason(N_("请选择料号"), "R4-06", f"{at}product")
    yield from _quantity(line.quantity, f"{at}quantity")
    if not 0 <= line.unit_price_cents <= MOST_CENTS:
        yield Reason(N_("单价不能小于零"), field=f"{at}unit_price_cents")


def _quantity(quantity: Decimal, field: str) -> Iterator[Reason]:
    if not 0 < quantity <= MOST_QUANTITY:
        yield Reason(N_("数量必须大于零"), "R4-06", field)
    elif quantity != quantity.quantize(Decimal("0.001")):
        yield Reason(N_("数量最多三位小数"), field=field)


def _shipped(draft: ShipmentDraft, ordered_on: date, today: date) -> Iterator[Reason]:
    yield from _quantity(draft.quantity, "quantity")
    if draft.shipped_on > today:
        yield Reason(N_("交运日期不能晚于今天"), "R4-06", "shipped_on")
    if draft.shipped_on < ordered_on:
        message = N_("交运日期不能早于订货日期 %(ordered_on)s")
        yield Reason(message, "R4-06", "shipped_on", facts={"ordered_on": ordered_on})


def _invoice(draft: ShipmentDraft) -> Iterator[Reason]:
    if not 0 <= draft.amount_cents <= MOST_CENTS:
        yield Reason(N_("金额不能小于零"), field="amount_cents")
    if draft.invoice_number and not draft.invoice_date:
        yield Reason(N_("有发票号码就要有发票日期"), field="invoice_date")
    if draft.due_on and not draft.invoice_date:
        yield Reason(N_("没有开票，还没有应收日"), field="due_on")
    if draft.due_on and draft.invoice_date and draft.due_on < draft.invoice_date:
        yield Reason(N_("应收日不能早于发票日期"), field="due_on")


def _collected(draft: ShipmentDraft, today: date) -> Iterator[Reason]:
    if draft.collected_cents < 0:
        yield Reason(N_("已收金额不能小于零"), field="collected_cents")
    if draft.collected_cents > draft.amount_cents:
        message = N_("已收金额不能超过发票金额")
        yield Reason(message, field="collected_cents")
    if draft.collected_cents > 0 and not draft.collected_on:
        yield Reason(N_("请填写收款日期"), field="collected_on")
    if draft.collected_on and draft.collected_cents <= 0:
        yield Reason(N_("有收款日期就要有已收金额"), field="collected_cents")
    if draft.collected_on and draft.collected_on > today:
        yield Reason(N_("收款日期不能晚于今天"), field="collected_on")


def due_on(invoice_date: date, days: int) -> date:
    """The last day of the collection period 收款期, counted in calendar days from the invoice."""
    return date.fromordinal(invoice_date.toordinal() + days)


def differences(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field by field, what was and what comes, where they differ."""
    return {key: (old[key], value) for key, value in new.items() if old[key] != value}
