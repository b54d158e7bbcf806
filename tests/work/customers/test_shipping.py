"""What a customer claims about a delivery against what is on record (R4-06, R4-24)."""

from datetime import date
from decimal import Decimal

import pytest

from shouwen.work.customers.shipping import Claim, Delivered, OnRecord, why_not_shipped

RECORD = OnRecord(
    "SO-1",
    7,
    "悦升",
    ("SM-100", "SM-200"),
    (
        Delivered("SM-100", date(2026, 2, 1), Decimal(600), "件"),
        Delivered("SM-100", date(2026, 2, 9), Decimal("100.000"), "件"),
    ),
)


def claim(**changes):
    right = {
        "order_number": "SO-1", "part_number": "SM-100", "shipped_on": date(2026, 2, 9),
        "quantity": Decimal(100), "defective_quantity": Decimal(12), "field": "products.0",
    }  # fmt: skip
    return Claim(**(right | changes))


def test_a_claim_like_the_record_passes():
    assert why_not_shipped(claim(), RECORD) == []


def test_without_a_record_nothing_is_checked_but_the_claim_itself():
    assert why_not_shipped(claim(order_number="X"), None) == []
    found = why_not_shipped(claim(defective_quantity=Decimal(101)), None)
    assert [(reason.clause, reason.field) for reason in found] == [
        ("R4-24", "products.0.defective_quantity")
    ]


@pytest.mark.parametrize(
    ("changes", "field", "clause", "told"),
    [
        ({"part_number": "SM-999"}, "part_number", "R4-06", "SM-100、SM-200"),
        ({"shipped_on": date(2026, 2, 2)}, "shipped_on", "R4-06", "2026-02-01、2026-02-09"),
        ({"quantity": Decimal(120)}, "quantity", "R4-06", "120 超过交运数量 100 件"),
        ({"quantity": None, "defective_quantity": Decimal(120)}, "defective_quantity", "R4-24",
         "120 超过交运数量 100 件"),
        ({"part_number": "SM-200"}, "shipped_on", "R4-06", "没有交运记录"),
        ({"customer_id": 8}, "order_number", "R4-06", "悦升"),
    ],
)  # fmt: skip
def test_a_difference_is_named_at_its_field_with_the_known_values(changes, field, clause, told):
    found = why_not_shipped(claim(**changes), RECORD)
    assert [reason.field for reason in found] == [f"products.0.{field}"]
    assert found[0].clause == clause
    assert told in str(found[0])


def test_without_a_day_everything_shipped_counts():
    assert why_not_shipped(claim(shipped_on=None, quantity=Decimal(700)), RECORD) == []
    assert why_not_shipped(claim(shipped_on=None, quantity=Decimal(701)), RECORD)


def test_the_form_may_call_its_fields_otherwise():
    found = why_not_shipped(claim(quantity=Decimal(101), names={"quantity": "qty"}), RECORD)
    assert found[0].field == "products.0.qty"


def test_long_lists_are_cut():
    record = OnRecord("SO-1", 7, "悦升", tuple(f"P{n}" for n in range(9)), ())
    assert "… (+3)" in str(why_not_shipped(claim(part_number="SM-999"), record)[0])
