"""Orders with tolerance, shipments, what is owed and collected."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import LineDraft, OrderDraft, ShipmentDraft, draft_of
from shouwen.work.customers.models import Order, Shipment


def test_an_order_keeps_its_tolerance_or_none(trade):
    assert trade.order.over_receipt_tolerance == Decimal(5)
    plain = customers.place_order(
        trade.yuesheng,
        OrderDraft("SO-2", date(2026, 3, 1)),
        [LineDraft(trade.part, Decimal(1), 0)],
        by=trade.seller,
    )
    assert plain.over_receipt_tolerance is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"over_receipt_tolerance": Decimal(101)}, "over_receipt_tolerance"),
        ({"over_receipt_tolerance": Decimal(-1)}, "over_receipt_tolerance"),
        ({"ordered_on": date(2026, 3, 11)}, "ordered_on"),
        ({"number": " "}, "number"),
        ({"number": "SO-1"}, "number"),
        ({"exchange_rate": Decimal("7.1")}, "exchange_rate"),
        ({"currency": "USD", "exchange_rate": Decimal(0)}, "exchange_rate"),
    ],
)
def test_a_wrong_head_is_refused_at_its_field(trade, changes, field):
    draft = dataclasses.replace(OrderDraft("SO-3", date(2026, 3, 1)), **changes)
    with pytest.raises(Refused) as caught:
        customers.place_order(
            trade.yuesheng, draft, [LineDraft(trade.part, Decimal(1), 0)], by=trade.seller
        )
    assert [reason.field for reason in caught.value.reasons] == [field]


def test_wrong_lines_are_refused_at_their_place(trade):
    lines = [
        LineDraft(trade.part, Decimal(1), 0),
        LineDraft(None, Decimal(0), -1),
        LineDraft(trade.part, Decimal("0.0001"), 1),
    ]
    with pytest.raises(Refused) as caught:
        customers.place_order(
            trade.yuesheng, OrderDraft("SO-3", date(2026, 3, 1)), lines, by=trade.seller
        )
    assert {reason.field for reason in caught.value.reasons} == {
        "lines.1.product", "lines.1.quantity", "lines.1.unit_price_cents", "lines.2.quantity",
    }  # fmt: skip
    assert not Order.objects.filter(number="SO-3").exists()


def test_lines_change_but_shipped_ones_stay(trade):
    head = draft_of(OrderDraft, trade.order)
    shipped, other = [draft_of(LineDraft, line) for line in trade.order.lines.all()]
    more = [
        dataclasses.replace(shipped, quantity=Decimal(1200)),
        LineDraft(trade.other, Decimal(5), 9),
    ]
    assert customers.change_order(trade.order, head, more, by=trade.seller)
    assert [(x.position, x.product, x.quantity) for x in trade.order.lines.all()] == [
        (1, trade.part, Decimal(1200)), (3, trade.other, Decimal(5)),
    ]  # fmt: skip
    entry = Entry.objects.filter(event="order.changed").latest("id")
    old, new = entry.data["changes"]["lines"]
    assert [line["quantity"] for line in old] == ["1000", "20"]
    assert [line["quantity"] for line in new] == ["1200", "5"]
    for wrong in ([other], [dataclasses.replace(shipped, product=trade.other)]):
        with pytest.raises(Refused, match="已有交运"):
            customers.change_order(trade.order, head, wrong, by=trade.seller)


def test_two_people_changing_lines_do_not_overwrite_each_other(trade):
    mine, yours = Order.objects.get(number="SO-1"), Order.objects.get(number="SO-1")
    head = draft_of(OrderDraft, mine)
    lines = [draft_of(LineDraft, line) for line in mine.lines.all()]
    more = [dataclasses.replace(lines[0], quantity=Decimal(2000)), lines[1]]
    customers.change_order(yours, head, more, by=trade.seller2)
    with pytest.raises(Refused, match="周舟"):
        customers.change_order(mine, head, [*lines, lines[0]], by=trade.seller)
    assert trade.order.lines.count() == 2


def test_the_due_day_is_the_customers_collection_period_after_the_invoice(trade):
    assert trade.shipment.due_on == date(2026, 4, 4)
    given = ShipmentDraft(
        date(2026, 3, 2), Decimal(1), "I-2", date(2026, 3, 3), 100, due_on=date(2026, 3, 20)
    )
    assert customers.record_shipment(trade.line, given, by=trade.keeper).due_on == given.due_on


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shipped_on": date(2026, 1, 7)}, "shipped_on"),
        ({"shipped_on": date(2026, 3, 11)}, "shipped_on"),
        ({"quantity": Decimal(0)}, "quantity"),
        ({"invoice_number": "I-3"}, "invoice_date"),
        ({"due_on": date(2026, 4, 1)}, "due_on"),
        ({"collected_cents": 1, "collected_on": date(2026, 3, 1)}, "collected_cents"),
        ({"amount_cents": 5, "collected_cents": 1}, "collected_on"),
        ({"collected_on": date(2026, 3, 1)}, "collected_cents"),
        ({"amount_cents": -1}, "amount_cents"),
    ],
)
def test_a_wrong_shipment_is_refused_at_its_field(trade, changes, field):
    draft = dataclasses.replace(ShipmentDraft(date(2026, 3, 1), Decimal(1)), **changes)
    with pytest.raises(Refused) as caught:
        customers.record_shipment(trade.line, draft, by=trade.accountant)
    assert field in {reason.field for reason in caught.value.reasons}


def test_collecting_is_a_fact_of_its_own_and_not_for_the_warehouse(trade):
    with pytest.raises(Refused, match="收款"):
        customers.collect(trade.shipment, 1000, date(2026, 3, 9), by=trade.keeper)
    assert customers.collect(trade.shipment, 210000, date(2026, 3, 9), by=trade.accountant)
    entry = Entry.objects.filter(event="receivable.collected").latest("id")
    assert entry.data["changes"]["collected_cents"] == [0, 210000]
    assert entry.matter_id == trade.yuesheng.pk
    assert Shipment.objects.get().open_cents == 0
    with pytest.raises(Refused, match="超过"):
        customers.collect(trade.shipment, 210001, date(2026, 3, 9), by=trade.accountant)


def test_the_same_shipment_is_not_entered_twice(trade):
    with pytest.raises(Refused, match="登记过"):
        customers.record_shipment(
            trade.line, draft_of(ShipmentDraft, trade.shipment), by=trade.keeper
        )
