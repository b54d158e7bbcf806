"""The demo company's trade: enough of everything, the same every time, true to the rules."""

import pytest
from django.db.models import Count
from keeping import lay

from shouwen.doors.demo import company as demo
from shouwen.doors.demo import market, trade
from shouwen.ground.foundation.clock import now as present
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.models import Entry
from shouwen.work.customers import phones, queries
from shouwen.work.customers.models import Contact, Customer, Order, Shipment

AT = "2026-11-23 10:00"


@pytest.fixture
def built(regulations):
    with rehearsal(AT):
        yield lay("the demo's trade", _made)


def _made():
    company = demo.build(present())
    return company, trade.build(company, present())


def test_there_is_enough_of_everything(built):
    _company, made = built
    regions = dict(Customer.objects.values_list("region").annotate(Count("pk")))
    assert regions == {"domestic": 16, "overseas": 8}
    assert (len(made.products), len(made.orders)) == (60, 350)
    assert Shipment.objects.count() > 600
    shares = [Order.objects.filter(over_receipt_tolerance__isnull=n).count() for n in (True, False)]
    assert min(shares) > 100
    assert Shipment.objects.filter(collected_cents=0).count() > 50
    assert Shipment.objects.filter(collected_cents__gt=0).count() > 300
    assert Order.objects.filter(lines__shipments__isnull=True).exists()
    months = {(day.year, day.month) for day in Order.objects.values_list("ordered_on", flat=True)}
    assert len(months) == 15 or len(months) == 16


def test_it_came_about_by_the_verbs_on_its_days(built):
    facts = dict(Entry.objects.values_list("event").annotate(Count("pk")))
    assert facts["order.placed"] == 350
    assert facts["shipment.recorded"] == Shipment.objects.count()
    last = Entry.objects.filter(event="shipment.recorded").latest("at")
    assert last.at < present()
    order = Order.objects.select_related("salesperson").latest("id")
    assert (
        Entry.objects.get(event="order.placed", subject_id=order.pk).at.date() == order.ordered_on
    )


def test_the_same_day_gives_the_same_trade(built, regulations):
    company, made = built
    first = {number: order.customer.code for number, order in made.orders.items()}
    assert trade.build(company, present()).orders.keys() == first.keys()
    drawn = []
    for _ in range(2):
        maker = trade._Maker(company, present())
        drawn.append([moment for moment, _number, _order in maker._orders(present().date())])
    assert drawn[0] == drawn[1]


def test_whoever_left_serves_nobody(built):
    company, _made = built
    assert not company.people["geyuntian"].customers.exists()


def test_every_invented_number_is_one():
    numbers = [row.phone for row in (*market.CUSTOMERS, *market.CONTACTS)]
    numbers += [row.other_phone for row in market.CONTACTS if row.other_phone]
    assert [text for text in numbers if phones.read(text) is None] == []
    keys = [phones.read(row.phone).key for row in market.CONTACTS]
    assert len(set(keys)) == len(keys)


def test_somebody_owes_and_somebody_paid(built):
    company, _made = built
    today = present().date()
    period = (today.replace(month=8, day=1), today.replace(month=8, day=31))
    found = queries.receivables(company.people["fangxiaotang"], period)
    assert found.owed_cents > 0
    assert 0 < found.rate <= 100
    assert Contact.objects.filter(main=True).count() == len({c.customer for c in market.CONTACTS})
