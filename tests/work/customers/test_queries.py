"""Finding customers by number and name, deliveries by order, and what was owed."""

from datetime import date
from decimal import Decimal

import pytest

from shouwen.work.customers import actions as customers
from shouwen.work.customers import queries
from shouwen.work.customers.access import may_see_phones, phone_divisions
from shouwen.work.customers.deliveries import Exclusion
from shouwen.work.customers.drafts import ContactDraft, LineDraft, OrderDraft, ShipmentDraft
from shouwen.work.customers.shipping import Claim


@pytest.mark.parametrize(
    "text", ["13800138000", "+86 138 0013 8000", "0086-13800138000", "1380", "8000", "00138000"]
)
def test_a_contact_is_found_by_his_number_in_any_shape(trade, text):
    found = queries.by_phone(text, trade.here)
    assert [(one.customer, one.contact) for one in found] == [(trade.yuesheng, trade.contact)]
    assert found[0].phone == "138 0013 8000"


@pytest.mark.parametrize("text", ["+49 30 901820", "0049 30901820", "+4930", "1820"])
def test_the_other_number_counts_too(trade, text):
    assert [one.phone for one in queries.by_phone(text, trade.here)] == ["+49 30 901820"]


@pytest.mark.parametrize("text", ["025-87654321", "87654321", "4321", "02587", "(025)8765-4321"])
def test_a_customer_is_found_by_its_own_number(trade, text):
    found = queries.by_phone(text, trade.here)
    assert [(one.customer, one.contact) for one in found] == [(trade.yuesheng, None)]


@pytest.mark.parametrize("text", ["138", "9999", "", "13900000000", "任敏"])
def test_what_nobody_has_finds_nobody(trade, text):
    assert queries.by_phone(text, trade.here) == []


def test_a_complete_number_is_exact_and_other_divisions_stay_out(trade):
    assert queries.by_phone("13800138000", trade.here)[0].exact
    assert not queries.by_phone("1380", trade.here)[0].exact
    assert queries.by_phone("13800138000", {trade.sister.pk}) == []


def test_hidden_digits_cannot_be_found_out_by_trying(trade):
    assert queries.by_phone("1380013", trade.here, whole=True) == []
    assert queries.by_phone("13800138000", trade.here, whole=True)


@pytest.mark.parametrize(
    "text", ["悦升", "南京悦", "njys", "ys", "yuesheng", "NanJing", "c001", "任"]
)
def test_a_customer_is_found_by_name(trade, text):
    assert queries.by_name(text, trade.here) == [trade.yuesheng]


@pytest.mark.parametrize("text", ["Müller", "muller", "穆勒", "ml", "C002"])
def test_an_overseas_customer_is_found_by_name(trade, text):
    assert queries.by_name(text, trade.here) == [trade.mueller]


def test_nobody_is_found_by_nothing(trade):
    assert queries.by_name("  ", trade.here) == []
    assert queries.by_name("悦升", {trade.sister.pk}) == []


def test_shipments_of_an_order_and_part(trade):
    assert queries.find_shipments("so-1", "sm-100", trade.here) == [trade.shipment]
    assert queries.find_shipments("SO-1", "", trade.here) == [trade.shipment]
    assert queries.find_shipments("SO-1", "SM-200", trade.here) == []
    assert queries.find_shipments("SO-1", "SM-100", {trade.sister.pk}) == []


def test_shipped_quantity(trade):
    day = date(2026, 2, 1)
    assert queries.shipped_quantity("SO-1", "SM-100", day) == Decimal(600)
    assert queries.shipped_quantity("SO-1", "SM-100") == Decimal(600)
    assert queries.shipped_quantity("SO-1", "SM-100", date(2026, 2, 2)) is None
    assert queries.shipped_quantity("SO-1", "SM-200") is None


def test_a_claim_is_checked_against_the_tables(trade, django_assert_max_num_queries):
    claim = Claim("so-1", "SM-100", date(2026, 2, 1), Decimal(601), field="lines.0")
    with django_assert_max_num_queries(3):
        found = queries.why_not_shipped(claim, trade.here)
    assert [reason.field for reason in found] == ["lines.0.quantity"]
    assert queries.why_not_shipped(claim, {trade.sister.pk}) == []


def test_who_sees_numbers(trade):
    assert may_see_phones(trade.seller, trade.factory)
    assert not may_see_phones(trade.inspector, trade.factory)
    assert phone_divisions(trade.seller) == trade.here
    assert phone_divisions(trade.inspector) == set()


APRIL = (date(2026, 4, 1), date(2026, 4, 30))


def test_receivables_leave_out_complained_parts(trade):
    line = trade.order.lines.get(position=2)
    other = ShipmentDraft(date(2026, 2, 1), Decimal(20), "I-8", date(2026, 2, 1), 20000)
    shipment = customers.record_shipment(line, other, by=trade.keeper)
    trade.now.at = trade.now.at.replace(month=5, day=10)
    customers.collect(trade.shipment, 168000, date(2026, 4, 20), by=trade.accountant)
    every = queries.receivables(trade.seller, APRIL)
    assert (every.owed_cents, every.collected_cents) == (230000, 168000)
    found = queries.receivables(trade.seller, APRIL, [Exclusion("SM-200", reference="260401")])
    assert (found.owed_cents, found.collected_cents, found.rate) == (210000, 168000, Decimal(80))
    assert [(x.shipment, x.excluded_by.reference) for x in found.excluded] == [(shipment, "260401")]
    assert queries.receivables(trade.seller, APRIL, ["SM-100", "sm-200"]).rate is None
    elsewhere = Exclusion("SM-200", customer_id=trade.mueller.pk)
    assert queries.receivables(trade.seller, APRIL, [elsewhere]).owed_cents == 230000


def test_what_came_in_after_the_period_does_not_count(trade):
    trade.now.at = trade.now.at.replace(month=5, day=10)
    customers.collect(trade.shipment, 210000, date(2026, 5, 1), by=trade.accountant)
    found = queries.receivables(trade.seller, APRIL)
    assert (found.owed_cents, found.collected_cents, found.rate) == (210000, 0, Decimal(0))


def test_foreign_amounts_count_in_the_book_currency(trade):
    order = customers.place_order(
        trade.mueller,
        OrderDraft("SO-9", date(2026, 2, 1), trade.seller2, None, "EUR", Decimal("7.8")),
        [LineDraft(trade.part, Decimal(1), 1000)],
        by=trade.seller,
    )
    draft = ShipmentDraft(
        date(2026, 2, 2), Decimal(1), "E-1", date(2026, 2, 2), 1000, date(2026, 4, 2)
    )
    customers.record_shipment(order.lines.get(), draft, by=trade.keeper)
    assert queries.receivables(trade.seller2, APRIL).owed_cents == 7800


def test_twins_are_both_found(trade):
    twin = customers.create_contact(
        trade.mueller, ContactDraft("任敏", phone="13800138000"), by=trade.seller
    )
    assert {one.contact for one in queries.by_phone("13800138000", trade.here)} == {
        trade.contact, twin,
    }  # fmt: skip
