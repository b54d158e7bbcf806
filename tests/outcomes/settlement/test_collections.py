"""A complaint that is not upheld leaves its invoices to collect (R4-57, R4-58)."""

from datetime import date, timedelta

import pytest

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.outcomes.settlement import actions as settlement
from shouwen.outcomes.settlement.models import Collection
from shouwen.work.cases.records import answer_record, file_record
from shouwen.work.customers import actions as customers


@pytest.fixture
def refused_case(shipment, hands):
    return hands.closed(shipment, "none", upheld=False)


def due_of(collection):
    return Due.objects.get(clause="R4-57", subject_kind="collection", subject_id=collection.pk)


def test_it_is_due_on_the_later_of_invoice_and_company_period(refused_case):
    collection = refused_case.collections.get()
    due = due_of(collection)
    assert collection.due_on == date(2026, 4, 3)  # the invoice's own day is the later one
    assert due.due_at == clock.end_of(collection.due_on)
    assert due.person == refused_case.salesperson
    assert Due.objects.filter(clause="R4-57").count() == 1


def test_a_payment_registered_on_the_order_ends_the_collection(refused_case, shipment):
    collection = refused_case.collections.get()
    shipment.refresh_from_db()
    customers.collect(shipment, shipment.amount_cents - 1, clock.today(), by=None)
    collection.refresh_from_db()
    assert collection.state == Collection.State.OPEN
    shipment.refresh_from_db()
    customers.collect(shipment, shipment.amount_cents, clock.today(), by=None)
    collection.refresh_from_db()
    assert collection.state == Collection.State.COLLECTED
    assert due_of(collection).settled_at


def test_a_payment_registered_here_stands_on_the_order(refused_case, shipment):
    collection = refused_case.collections.get()
    done = settlement.collect(collection, clock.today(), by=refused_case.salesperson)
    shipment.refresh_from_db()
    assert done.state == Collection.State.COLLECTED
    assert shipment.collected_cents == shipment.amount_cents
    with pytest.raises(Refused):
        settlement.collect(collection, clock.today(), by=refused_case.salesperson)


def test_only_sales_and_accounting_register_payments(refused_case, hands):
    collection = refused_case.collections.get()
    with pytest.raises(Refused):
        settlement.collect(collection, clock.today(), by=hands.person("warehouse"))
    settlement.collect(collection, clock.today(), by=hands.person("accounting"))


def test_no_payment_from_tomorrow(refused_case):
    collection = refused_case.collections.get()
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        settlement.collect(collection, tomorrow, by=refused_case.salesperson)
    assert refused.value.reasons[0].field == "collected_on"


def test_an_objection_disputes_it_until_the_superior_maintains(refused_case, hands):
    data = {"objected_on": clock.today().isoformat(), "reasons": "样品已足以说明问题"}
    sheet = file_record(refused_case, "objection", data, by=refused_case.salesperson)
    collection = refused_case.collections.get()
    assert collection.state == Collection.State.DISPUTED
    answer = {"result": "maintain", "text": "维持原议"}
    answer_record(sheet, "ruling", answer, by=hands.person("sales.manager"))
    collection.refresh_from_db()
    assert collection.state == Collection.State.OPEN
