"""Is what a customer says about a delivery what our records say? (R4-06, R4-24) Pure."""

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from shouwen.ground.foundation import words
from shouwen.ground.foundation.refusal import N_, Reason

SHOWN = 6
"""How many known values a message lists before it says how many more there are."""


@dataclasses.dataclass(frozen=True)
class Claim:
    """One product line of a complaint as the customer gives it; `field` is where it is typed.

    `customer_id` None leaves open whose order it is; `names` maps our words to the form's fields.
    """

    order_number: str
    part_number: str
    shipped_on: date | None
    quantity: Decimal | None
    defective_quantity: Decimal | None = None
    customer_id: int | None = None
    field: str = ""
    names: dict[str, str] = dataclasses.field(default_factory=dict)

    def at(self, word: str) -> str:
        """The field of the form for one of our words."""
        name = self.names.get(word, word)
        return f"{self.field}.{name}" if self.field else name


@dataclasses.dataclass(frozen=True)
class Delivered:
    """One shipment on record."""

    part_number: str
    shipped_on: date
    quantity: Decimal
    unit: str = ""


@dataclasses.dataclass(frozen=True)
class OnRecord:
    """What the records know of one order: its customer, its part numbers, what was shipped."""

    order_number: str
    customer_id: int
    customer_name: str
    part_numbers: tuple[str, ...]
    deliveries: tuple[Delivered, ...]


def why_not_shipped(claim: Claim, record: OnRecord | None) -> list[Reason]:
    """Where a claim contradicts the records; nothing when there is no record of the order."""
    if record is None:
        return list(_more_bad_than_claimed(claim))
    return [
        *_of_another(claim, record),
        *_part(claim, record),
        *_more_bad_than_claimed(claim),
    ]


def _of_another(claim: Claim, record: OnRecord) -> Iterator[Reason]:
    if claim.customer_id is not None and claim.customer_id != record.customer_id:
        message = N_("订单 %(order)s 是客户“%(customer)s”的")
        facts = {"order": record.order_number, "customer": record.customer_name}
        yield Reason(message, "R4-06", claim.at("order_number"), facts=facts)


def _part(claim: Claim, record: OnRecord) -> Iterator[Reason]:
    if not claim.part_number:
        return
    if claim.part_number not in record.part_numbers:
        message = N_("订单 %(order)s 没有料号 %(part)s，已知料号：%(known)s")
        facts = {"order": record.order_number, "part": claim.part_number}
        facts["known"] = listed(record.part_numbers)
        yield Reason(message, "R4-06", claim.at("part_number"), facts=facts)
        return
    sent = [one for one in record.deliveries if one.part_number == claim.part_number]
    yield from _never_sent(claim, sent) if not sent else _sent(claim, sent)


def _never_sent(claim: Claim, sent: Sequence[Delivered]) -> Iterator[Reason]:
    message = N_("订单 %(order)s 的料号 %(part)s 没有交运记录")
    facts = {"order": claim.order_number, "part": claim.part_number}
    yield Reason(message, "R4-06", claim.at("shipped_on"), facts=facts)


def _sent(claim: Claim, sent: Sequence[Delivered]) -> Iterator[Reason]:
    days = sorted({one.shipped_on for one in sent})
    if claim.shipped_on is not None and claim.shipped_on not in days:
        message = N_("交运日期与记录不符，记录是：%(known)s")
        facts: dict[str, Any] = {"known": listed([day.isoformat() for day in days])}
        yield Reason(message, "R4-06", claim.at("shipped_on"), facts=facts)
        return
    counted = [one for one in sent if claim.shipped_on in (None, one.shipped_on)]
    shipped = sum((one.quantity for one in counted), Decimal(0))
    for word, asked in (
        ("quantity", claim.quantity),
        ("defective_quantity", claim.defective_quantity),
    ):
        if asked is not None and asked > shipped:
            yield _above(claim, word, asked, shipped, counted[0].unit)


def _above(claim: Claim, word: str, asked: Decimal, shipped: Decimal, unit: str) -> Reason:
    message = (
        N_("不良量 %(asked)s 超过交运数量 %(shipped)s %(unit)s")
        if word == "defective_quantity"
        else N_("数量 %(asked)s 超过交运数量 %(shipped)s %(unit)s")
    )
    facts = {"asked": plain(asked), "shipped": plain(shipped), "unit": unit}
    clause = "R4-24" if word == "defective_quantity" else "R4-06"
    return Reason(message, clause, claim.at(word), facts=facts)


def _more_bad_than_claimed(claim: Claim) -> Iterator[Reason]:
    bad, all_of_it = claim.defective_quantity, claim.quantity
    if bad is not None and all_of_it is not None and bad > all_of_it:
        message = N_("不良量 %(asked)s 超过数量 %(quantity)s")
        facts = {"asked": plain(bad), "quantity": plain(all_of_it)}
        yield Reason(message, "R4-24", claim.at("defective_quantity"), facts=facts)


def listed(values: Sequence[str]) -> str:
    """Known values for a message: the first few, and how many more."""
    shown = words.listed(values[:SHOWN])
    return shown if len(values) <= SHOWN else f"{shown} … (+{len(values) - SHOWN})"


def plain(quantity: Decimal) -> str:
    """A quantity without useless zeros: `1,200` and `3.5`."""
    return f"{quantity.normalize():,f}"
