"""Fifteen months of the demo company's trade, by the verbs, on the days on which it happened.

The same day gives the same trade: the numbers come from a seed. `build` finds what stands.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from django.db import transaction

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import Rehearsal, rehearsal
from shouwen.ground.org.models import Person
from shouwen.work.customers import actions as sales
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
    draft_of,
)
from shouwen.work.customers.models import Customer, Order, OrderLine, Product, Shipment

from . import market
from .company import MONTHS_UNDER_R4, Company, months_before

ORDERS = 350
SEED = 20260104
TAX = Decimal("1.13")
RATES = {"CNY": Decimal(1), "USD": Decimal("7.12"), "EUR": Decimal("7.76")}
TOLERANCES = (None, None, None, Decimal(2), Decimal(3), Decimal(5), Decimal(8))
"""Most customers state no tolerance on the order; then the company's counts (R4-76)."""
KINDS_BOUGHT = 7
"""How many part numbers a customer buys again and again."""

Event = tuple[datetime, int, Callable[[], None]]


@dataclass(frozen=True)
class Trade:
    """What stands: customers by code, products by part number, orders by number."""

    customers: dict[str, Customer]
    products: dict[str, Product]
    orders: dict[str, Order]


def build(company: Company, at: datetime) -> Trade:
    """The trade up to a moment; made now unless it exists."""
    if not Customer.objects.filter(division=company.division).exists():
        with transaction.atomic():
            _Maker(company, at).run()
    return found(company)


def found(company: Company) -> Trade:
    """The trade that was made."""
    customers = Customer.objects.filter(division=company.division).select_related("salesperson")
    products = Product.objects.filter(division=company.division)
    orders = Order.objects.filter(division=company.division).select_related("customer")
    return Trade(
        {one.code: one for one in customers},
        {one.part_number: one for one in products},
        {one.number: one for one in orders},
    )


@dataclass
class _Maker:
    """Events are drawn first, then played in the order of their moments."""

    company: Company
    at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - no secret
    customers: dict[str, Customer] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    tastes: dict[str, list[market.ProductRow]] = field(default_factory=dict)
    serials: dict[str, int] = field(default_factory=dict)
    waiting: list[Event] = field(default_factory=list)

    def run(self) -> None:
        """Master data on the first day, then day by day to the present."""
        first = months_before(clock.day_of(self.at), MONTHS_UNDER_R4)
        start = first - timedelta(days=28)  # the company stands since two days before
        with rehearsal(clock.local(start, time(8, 30))) as now:
            self._found()
            events = [*self._orders(start), *self._handover()]
            self._play(now, events)

    def _play(self, now: Rehearsal, events: list[Event]) -> None:
        """Events may bring forth later ones; what lies after the present has not happened yet."""
        self.waiting = sorted(events, key=lambda event: event[:2])
        while self.waiting:
            moment, _number, happen = self.waiting.pop(0)
            if moment < self.at:
                now.move(moment)
                happen()

    def _later(self, moment: datetime, happen: Callable[[], None]) -> None:
        event = (moment, len(self.waiting), happen)
        place = next((i for i, one in enumerate(self.waiting) if one[0] > moment), None)
        self.waiting.insert(len(self.waiting) if place is None else place, event)

    # -- master data ------------------------------------------------------------------------------

    def _found(self) -> None:
        for row in market.PRODUCTS:
            draft = ProductDraft(row.part_number, row.name_zh, row.name_en, row.unit)
            by = self._person("fangxiaotang")
            self.products[row.part_number] = sales.create_product(
                self.company.division, draft, by=by
            )
        for customer in market.CUSTOMERS:
            self._customer(customer)
        firsts: set[str] = set()
        for who in market.CONTACTS:
            owner = self.customers[who.customer]
            contact = ContactDraft(
                who.name, who.title, who.phone, who.other_phone, who.email,
                main=who.customer not in firsts,
            )  # fmt: skip
            firsts.add(who.customer)
            sales.create_contact(owner, contact, by=self._clerk(owner.salesperson))

    def _customer(self, row: market.CustomerRow) -> None:
        person = self._person(row.salesperson)
        draft = CustomerDraft(
            row.code, row.name_zh, row.region, row.name_en, row.short_name, person, row.currency,
            row.phone, f"service@{row.code.lower()}.example", row.address, row.days,
        )  # fmt: skip
        self.customers[row.code] = sales.create_customer(
            self.company.division, draft, by=self._clerk(person)
        )
        self.tastes[row.code] = self.chance.sample(market.PRODUCTS, KINDS_BOUGHT)

    def _person(self, username: str) -> Person:
        return self.company.people[username]

    def _clerk(self, person: Person | None) -> Person:
        """Who types it in: for somebody who has left by the demo's day, his supervisor did."""
        return person if person is not None and person.active else self._person("zhanglixin")

    # -- orders -----------------------------------------------------------------------------------

    def _orders(self, start: date) -> Iterator[Event]:
        """Orders spread over the months on working days; big customers order more often."""
        days = (clock.day_of(self.at) - start).days
        weights = [row.weight for row in market.CUSTOMERS]
        buyers = self.chance.choices(market.CUSTOMERS, weights, k=ORDERS)
        moments = sorted(self._working_moment(start, days) for _ in range(ORDERS))
        for number, (row, moment) in enumerate(zip(buyers, moments, strict=True)):
            yield moment, number, partial(self._order, row)

    def _working_moment(self, start: date, days: int) -> datetime:
        day = start + timedelta(days=self.chance.randint(1, max(days - 1, 1)))
        day -= timedelta(days=max(0, day.weekday() - 4))
        return clock.local(max(day, start), time(self.chance.randint(9, 16), self._minute()))

    def _minute(self) -> int:
        return self.chance.randrange(0, 60, 5)

    def _order(self, row: market.CustomerRow) -> None:
        customer = self.customers[row.code]
        today = clock.today()
        rate = RATES[row.currency]
        head = OrderDraft(
            self._number("SO", today), today, customer.salesperson,
            self.chance.choice(TOLERANCES), row.currency, rate,
        )  # fmt: skip
        wanted = self.chance.sample(self.tastes[row.code], self.chance.choice((1, 1, 2, 2, 3)))
        lines = [
            LineDraft(
                self.products[part.part_number],
                Decimal(self._lot(part)),
                int(part.price_cents * TAX / rate),
            )
            for part in wanted
        ]
        order = sales.place_order(customer, head, lines, by=self._clerk(customer.salesperson))
        for line in order.lines.select_related("product"):
            line.order = order
            self._plan_shipments(row, line)

    def _lot(self, part: market.ProductRow) -> int:
        """About the usual lot, in round figures."""
        step = 1 if part.lot <= 20 else 10 if part.lot <= 400 else 100
        return max(step, round(part.lot * self.chance.uniform(0.5, 1.6) / step) * step)

    def _number(self, prefix: str, day: date) -> str:
        month = f"{prefix}-{day:%y%m}"
        self.serials[month] = self.serials.get(month, 0) + 1
        return f"{month}-{self.serials[month]:03}"

    # -- shipments and collections ----------------------------------------------------------------

    def _plan_shipments(self, row: market.CustomerRow, line: OrderLine) -> None:
        """One or two shipments, some weeks after the order."""
        parts = self.chance.choice((1, 1, 1, 2))
        left = line.quantity
        wait = self.chance.randint(12, 35)
        for number in range(parts):
            quantity = left if number == parts - 1 else (left / 2).quantize(Decimal(1))
            left -= quantity
            if quantity > 0:
                moment = self._shipping_moment(wait + number * self.chance.randint(6, 14))
                self._later(moment, partial(self._ship, row, line, quantity))

    def _shipping_moment(self, days: int) -> datetime:
        day = clock.today() + timedelta(days=days)
        day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
        return clock.local(day, time(self.chance.randint(10, 16), self._minute()))

    def _ship(self, row: market.CustomerRow, line: OrderLine, quantity: Decimal) -> None:
        today = clock.today()
        draft = ShipmentDraft(
            today, quantity, self._number("INV", today), today,
            int(quantity * line.unit_price_cents),
        )  # fmt: skip
        shipment = sales.record_shipment(line, draft, by=self._person("liudacheng"))
        if shipment.due_on is not None:
            self._plan_collection(row, shipment)

    def _plan_collection(self, row: market.CustomerRow, shipment: Shipment) -> None:
        """Most pay about when it is due; who is slow may pay half of it, or not at all."""
        late = round(self.chance.gauss(row.lateness, 6))
        share = self.chance.random()
        if row.lateness >= 60 and share < 0.4:
            return
        part = Decimal("0.5") if row.lateness >= 20 and share < 0.25 else Decimal(1)
        due = shipment.due_on or shipment.shipped_on
        day = max(due + timedelta(days=late), shipment.shipped_on + timedelta(days=3))
        cents = int(shipment.amount_cents * part)
        moment = clock.local(day, time(15, self._minute()))
        self._later(moment, partial(self._collect, shipment, cents))

    def _collect(self, shipment: Shipment, cents: int) -> None:
        sales.collect(shipment, cents, clock.today(), by=self._person("bianyuxin"))

    # -- somebody leaves --------------------------------------------------------------------------

    def _handover(self) -> Iterator[Event]:
        """葛云天 leaves three months before the demo's day; his customers go to two colleagues."""
        day = months_before(clock.day_of(self.at), 3)
        yield clock.local(day, time(8, 30)), -1, self._hand_over

    def _hand_over(self) -> None:
        heirs = [self._person("dingyiming"), self._person("fangxiaotang")]
        served = [row.code for row in market.CUSTOMERS if row.salesperson == "geyuntian"]
        for number, code in enumerate(served):
            customer = self.customers[code]
            draft = replace(draft_of(CustomerDraft, customer), salesperson=heirs[number % 2])
            sales.change_customer(customer, draft, by=self._person("guchangting"))
