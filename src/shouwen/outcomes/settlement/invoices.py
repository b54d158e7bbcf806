"""The invoices a settlement speaks of: what is known of them from the shipments (R4-68, R4-83)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Shipment

Goods = Iterable[tuple[str, str]]
LONGEST = 30
"""What a form takes for the number of an invoice."""


def invoices_of(case: Case, goods: Goods | None = None) -> list[tuple[str, Any]]:
    """Number and day of the invoices of what was complained of; of some `goods` (order, part) only.

    Two queries. What was not invoiced, or shipped without a record, is not among them.
    """
    wanted = None if goods is None else set(goods)
    sent = Q()
    for line in case.lines.all():
        if wanted is None or (line.order_number, line.part_number) in wanted:
            sent |= Q(
                order_line__order__number=line.order_number,
                order_line__product__part_number=line.part_number,
                shipped_on=line.ship_date,
            )
    if not sent:
        return []
    found = Shipment.objects.filter(sent, order_line__order__customer=case.customer_id)
    found = found.exclude(invoice_number="").order_by("invoice_date", "invoice_number")
    return list(dict.fromkeys(found.values_list("invoice_number", "invoice_date")))


def filled_in(known: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a form starts with: the one invoice there is. Of several, somebody has to choose."""
    if len(known) != 1 or len(known[0][0]) > LONGEST:
        return {}
    number, day = known[0]
    return {"invoice": number, **({"invoice_date": day.isoformat()} if day else {})}


def said(known: list[tuple[str, Any]]) -> str:
    """Which invoices are known, where there is more than one to choose from."""
    if len(known) < 2:
        return ""
    return _("交运所开发票:%(numbers)s") % {"numbers": "、".join(number for number, _day in known)}
