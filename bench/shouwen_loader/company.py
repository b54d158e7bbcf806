"""What stands before the first case: the demo company under its regulations, and a few goods."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from shouwen.doors.demo import company, staff
from shouwen.doors.demo.company import Company
from shouwen.doors.demo.market import PRODUCTS
from shouwen.doors.jobs.sweeps import registered
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Unit
from shouwen.work.customers import actions as sales
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.models import Customer, Product, Shipment
from shouwen.work.knowledge import access, taboo

from . import words

OLDER = timedelta(days=365)
"""A company founded by the loader is so much older than one of the demo: two years of cases
have to lie under its regulations."""
STOCK = 6
PHONE = "13900008888"
SERIAL = 8_400_000_000_000
"""Codes and numbers of customers and orders in a recorded story: 84, then which one."""
BEFORE_CASES = timedelta(days=30)


@dataclass(frozen=True)
class Buyer:
    """One kind of customer: whose, where, served by whom, of what he has an order."""

    name: str
    salesperson: str
    region: str = "domestic"
    part: int = -1

    @property
    def lives_there(self) -> bool:
        """Whether he is a resident of the estate, who orders nothing."""
        return self.part < 0


BUYERS = (
    Buyer("resident", "jinmanlou"),
    Buyer("tenant", "jinmanlou"),
    Buyer("panels", "fangxiaotang", part=0),
    Buyer("doors", "dingyiming", part=1),
    Buyer("wiring", "zhanglixin", part=2),
    Buyer("abroad", "meiruohan", "overseas", part=3),
)


def stand() -> Company:
    """The company; founded now where there is none."""
    now = clock.now()
    firm = company.build(now - OLDER if not _exists() else now)
    parts = {one.part_number for one in Product.objects.filter(division=firm.division)}
    with rehearsal(clock.local(first_day(firm), time(9, 1))):
        for row in PRODUCTS[:STOCK]:
            if row.part_number not in parts:
                draft = ProductDraft(row.part_number, row.name_zh, row.name_en, row.unit)
                sales.create_product(firm.division, draft, by=firm.people["fangxiaotang"])
    _list_phrases(firm)
    return firm


def _list_phrases(firm: Company) -> None:
    """The first contact of a division brings its list of phrases about: before any story."""
    now = clock.now()
    for division in (firm.division, firm.sister):
        if access.taboo_clause(division, now):
            taboo.seed(division, now)


def _exists() -> bool:
    return Unit.objects.filter(code=staff.FACTORY).exists()


def first_day(firm: Company) -> date:
    """From when on every division works under its regulations."""
    return max(
        one.since for division in (firm.division, firm.sister) for one in org.adoptions(division)
    )


def quiet(now: datetime) -> None:
    """Let the workers do what waits, so that they find nothing of it while a story is recorded."""
    sweeps = {one.name: one for one in registered()}
    while search.index_waiting():
        pass
    for name in ("dues.sweep", "notices.mail", "knowledge.taboo"):
        while sweeps[name].look(now):
            pass
    while search.index_waiting():
        pass


def make_customer(firm: Company, buyer: Buyer) -> tuple[Customer, Shipment | None]:
    """A customer with a contact, and for the factory an order that was shipped."""
    by = firm.people[buyer.salesperson]
    division = firm.sister if buyer.lives_there else firm.division
    named = {kind: words.customer_mark(kind) for kind in range(4)}
    draft = CustomerDraft(
        f"C{SERIAL + 1}", named[words.NAME], buyer.region, short_name=named[words.SHORT_NAME],
        salesperson=by, phone=PHONE, address=named[words.ADDRESS],
    )  # fmt: skip
    customer = sales.create_customer(division, draft, by=by)
    contact = ContactDraft(named[words.CONTACT], "联系人", phone=PHONE, main=True)
    sales.create_contact(customer, contact, by=by)
    return customer, None if buyer.lives_there else _order(firm, customer, buyer)


def _order(firm: Company, customer: Customer, buyer: Buyer) -> Shipment:
    row, today = PRODUCTS[buyer.part], clock.today()
    product = Product.objects.get(division=firm.division, part_number=row.part_number)
    head = OrderDraft(f"SO{SERIAL + 2}", today, customer.salesperson)
    by = firm.people[buyer.salesperson]
    lines = [LineDraft(product, Decimal(400), row.price_cents)]
    order = sales.place_order(customer, head, lines, by=by)
    sent = ShipmentDraft(
        today, Decimal(400), f"FP{SERIAL + 3}", today, 400 * row.price_cents
    )  # fmt: skip
    return sales.record_shipment(order.lines.get(), sent, by=firm.people["liudacheng"])
