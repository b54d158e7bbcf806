"""Look-ups of orders and shipments, and what is owed of them (R4-06, R4-24, R4-76, R4-81)."""

import dataclasses
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, Max, Prefetch, Q, QuerySet, Sum

from shouwen.ground.org.models import Person, Unit

from .drafts import code
from .models import Customer, Order, OrderLine, Shipment
from .shipping import Delivered, OnRecord

Period = tuple[date, date]
"""First and last day, both included."""


def find_order(number: str, divisions: Collection[int]) -> Order | None:
    """The order of a number, as people type it."""
    found = Order.objects.select_related("customer", "salesperson")
    return found.filter(division_id__in=divisions, number=code(number)).first()


def find_shipments(order: str, part: str, divisions: Collection[int]) -> list[Shipment]:
    """What was shipped of a part number on an order, by day; `part` empty for all of it."""
    found = Shipment.objects.select_related("order_line__order__customer", "order_line__product")
    found = found.filter(
        order_line__order__division_id__in=divisions, order_line__order__number=code(order)
    )
    if part:
        found = found.filter(order_line__product__part_number=code(part))
    return list(found.order_by("shipped_on", "id"))


def shipments_of(customer: Customer, words: str = "") -> QuerySet[Shipment]:
    """What a customer was sent, newest first; `words` are part of an order or part number."""
    found = Shipment.objects.filter(order_line__order__customer=customer)
    if words.strip():
        wanted = code(words)
        found = found.filter(
            Q(order_line__order__number__contains=wanted)
            | Q(order_line__product__part_number__contains=wanted)
            | Q(order_line__product__name_zh__icontains=words.strip())
        )
    found = found.select_related("order_line__order", "order_line__product")
    return found.order_by("-shipped_on", "-id")


def shipped_quantity(
    order: str,
    part: str,
    shipped_on: date | None = None,
    *,
    divisions: Collection[int] | None = None,
) -> Decimal | None:
    """How much of a part was shipped, on a day or at all; None when there is no such record."""
    found = Shipment.objects.filter(
        order_line__order__number=code(order), order_line__product__part_number=code(part)
    )
    if divisions is not None:
        found = found.filter(order_line__order__division_id__in=divisions)
    if shipped_on is not None:
        found = found.filter(shipped_on=shipped_on)
    total: Decimal | None = found.aggregate(total=Sum("quantity"))["total"]
    return total


def unit_prices(division: int, orders: Collection[str]) -> dict[tuple[str, str], int]:
    """Ordered price in cents by order number and part number; one query."""
    lines = OrderLine.objects.filter(order__division=division, order__number__in=orders)
    found = lines.values_list("order__number", "product__part_number", "unit_price_cents")
    return {(order, part): cents for order, part, cents in found}


def on_record(order_number: str, divisions: Collection[int]) -> OnRecord | None:
    """What the records say of an order; None when they do not know it. Three queries."""
    order = find_order(order_number, divisions) if order_number.strip() else None
    if order is None:
        return None
    lines = order.lines.select_related("product").prefetch_related("shipments")
    return OnRecord(
        order_number=order.number,
        customer_id=order.customer_id,
        customer_name=order.customer.name,
        part_numbers=tuple(dict.fromkeys(line.product.part_number for line in lines)),
        deliveries=tuple(
            Delivered(line.product.part_number, sent.shipped_on, sent.quantity, line.product.unit)
            for line in lines
            for sent in line.shipments.all()
        ),
    )


def orders(divisions: Collection[int]) -> QuerySet[Order]:
    """Orders of some divisions, with customer, lines, products and shipments ready; unordered."""
    found = Order.objects.filter(division_id__in=divisions)
    found = found.select_related("customer", "salesperson")
    return found.prefetch_related(Prefetch("lines", _lines_ready()))


def orders_of(customer: Customer) -> QuerySet[Order]:
    """A customer's orders, newest first, with lines, products and shipments ready."""
    found = Order.objects.filter(customer=customer).select_related("salesperson")
    found = found.prefetch_related(Prefetch("lines", _lines_ready()))
    return found.order_by("-ordered_on", "-id")


def lines_of(order: Order) -> list[OrderLine]:
    """An order's lines with products and shipments."""
    return list(_lines_ready().filter(order=order))


def _lines_ready() -> QuerySet[OrderLine]:
    shipments = Prefetch("shipments", Shipment.objects.order_by("shipped_on", "id"))
    return OrderLine.objects.select_related("product").prefetch_related(shipments)


def last_orders(customers: Collection[Customer]) -> dict[int, date]:
    """By customer, the day of the newest order; one query."""
    found = Order.objects.filter(customer__in=customers).values("customer")
    return {row["customer"]: row["last"] for row in found.annotate(last=Max("ordered_on"))}


@dataclasses.dataclass(frozen=True)
class Owed:
    """What a customer has still to pay of its invoices, in cents of the book currency."""

    open_cents: int = 0
    overdue_cents: int = 0


def owed(customers: Collection[Customer], today: date) -> dict[int, Owed]:
    """By customer, what is open and how much of it is overdue; one query."""
    left = Sum(F("amount_cents") - F("collected_cents"))
    late = Sum(F("amount_cents") - F("collected_cents"), filter=Q(due_on__lt=today))
    rows = (
        Shipment.objects.filter(
            order_line__order__customer__in=customers,
            invoice_date__isnull=False,
            amount_cents__gt=F("collected_cents"),
        )
        .values_list("order_line__order__customer", "order_line__order__exchange_rate")
        .annotate(left=left, late=late)
    )
    found: dict[int, Owed] = {}
    for customer, rate, open_cents, late_cents in rows:
        known = found.get(customer, Owed())
        found[customer] = Owed(
            known.open_cents + _booked(open_cents, rate),
            known.overdue_cents + _booked(late_cents or 0, rate),
        )
    return found


@dataclasses.dataclass(frozen=True)
class Exclusion:
    """A complained part number whose receivables do not count (R4-81).

    With a customer, or an order, only theirs; `reference` is the complaint's number for the sheet.
    """

    part_number: str
    customer_id: int | None = None
    order_number: str = ""
    reference: str = ""

    def covers(self, shipment: Shipment) -> bool:
        """Whether a shipment is of the complained goods."""
        line = shipment.order_line
        return (
            line.product.part_number == code(self.part_number)
            and self.customer_id in (None, line.order.customer_id)
            and code(self.order_number) in ("", line.order.number)
        )


@dataclasses.dataclass(frozen=True)
class Receivable:
    """One shipment owed in a period, in cents of the book currency."""

    shipment: Shipment
    owed_cents: int
    collected_cents: int
    excluded_by: Exclusion | None = None


@dataclasses.dataclass(frozen=True)
class Receivables:
    """What somebody's customers owed in a period; the excluded lines stand apart, with why."""

    counted: tuple[Receivable, ...]
    excluded: tuple[Receivable, ...]

    @property
    def owed_cents(self) -> int:
        """The base of the collection rate 应收账款回收率."""
        return sum(line.owed_cents for line in self.counted)

    @property
    def collected_cents(self) -> int:
        """How much of the base came in."""
        return sum(line.collected_cents for line in self.counted)

    @property
    def excluded_cents(self) -> int:
        """What complaints take out of the base."""
        return sum(line.owed_cents for line in self.excluded)

    @property
    def rate(self) -> Decimal | None:
        """Collected of owed in percent; None when nothing was owed."""
        if not self.owed_cents:
            return None
        percent = Decimal(self.collected_cents) * 100 / Decimal(self.owed_cents)
        return percent.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def receivables(
    salesperson: Person | int,
    period: Period,
    exclude_parts: Iterable[str | Exclusion] = (),
    *,
    divisions: Collection[int] | None = None,
) -> Receivables:
    """What fell due in a period on a salesperson's orders, and what of it came in by its end."""
    exclusions = [Exclusion(one) if isinstance(one, str) else one for one in exclude_parts]
    found = falling_due(period, salesperson, divisions=divisions)
    lines = [_receivable(one, period[1], exclusions) for one in found]
    return Receivables(
        tuple(line for line in lines if line.excluded_by is None),
        tuple(line for line in lines if line.excluded_by is not None),
    )


def falling_due(
    period: Period,
    salesperson: Person | int | None = None,
    *,
    divisions: Collection[int] | None = None,
) -> list[Shipment]:
    """Shipments whose payment falls due in a period, of one salesperson or of all; one query."""
    found = Shipment.objects.select_related("order_line__order__customer", "order_line__product")
    found = found.filter(due_on__range=period, amount_cents__gt=0)
    if salesperson is not None:
        found = found.filter(
            _sold_by(salesperson if isinstance(salesperson, int) else salesperson.pk)
        )
    if divisions is not None:
        found = found.filter(order_line__order__division_id__in=divisions)
    return list(found.order_by("due_on", "id"))


def seller_of(shipment: Shipment) -> int | None:
    """Whose receivable it is: the order's salesperson; where it names none, the customer's."""
    order = shipment.order_line.order
    return order.salesperson_id or order.customer.salesperson_id


def has_sold(person: Person | int, division: Unit | int) -> bool:
    """Whether an order of a division is somebody's, who may have left since."""
    return Order.objects.filter(salesperson=person, division=division).exists()


def receivable_of(shipment: Shipment, last: date) -> Receivable:
    """What a shipment owes, and what of it came in by a day."""
    return _receivable(shipment, last, [])


def _sold_by(who: int) -> Q:
    """The order's own salesperson; where it names none, the customer's."""
    nobody = Q(order_line__order__salesperson__isnull=True)
    return Q(order_line__order__salesperson=who) | (
        nobody & Q(order_line__order__customer__salesperson=who)
    )


def _receivable(shipment: Shipment, last: date, exclusions: list[Exclusion]) -> Receivable:
    in_time = shipment.collected_on is not None and shipment.collected_on <= last
    rate = shipment.order_line.order.exchange_rate
    return Receivable(
        shipment,
        _booked(shipment.amount_cents, rate),
        _booked(shipment.collected_cents, rate) if in_time else 0,
        next((one for one in exclusions if one.covers(shipment)), None),
    )


def _booked(cents: int, rate: Decimal) -> int:
    return int((cents * rate).quantize(Decimal(1), "ROUND_HALF_UP"))
