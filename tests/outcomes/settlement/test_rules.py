"""Matching what was approved with what came back (R4-68, R4-73 to R4-79)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.outcomes.settlement import rules

D = Decimal
FIVE = rules.Tolerance(D(5), "order")
quantities = st.decimals(min_value="0.0001", max_value="99999", places=4)


@pytest.mark.parametrize(
    ("actual", "branch", "follows"),
    [
        ("100", rules.EQUAL, "100"),
        ("90", rules.LESS, "90"),
        ("0", rules.LESS, "0"),
        ("105", rules.WITHIN, "105"),
        ("100.0001", rules.WITHIN, "100.0001"),
    ],
)
def test_voucher_follows_the_actual_quantity(actual, branch, follows):
    found = rules.match(D(100), D(actual), FIVE)
    assert found.branch == branch
    assert rules.voucher_quantity(found) == D(follows)
    assert rules.why_not_voucher(found) == []


def test_beyond_the_tolerance_waits_for_a_ruling():
    found = rules.match(D(100), D(106), FIVE)
    assert [reason.clause for reason in rules.why_not_voucher(found)] == ["R4-77"]
    assert rules.why_not_voucher(found, "accept") == []
    assert rules.voucher_quantity(found, "accept") == D(106)
    assert rules.voucher_quantity(found, "send_back") == D(100)
    assert rules.voucher_quantity(found, "new_form") == D(100)


@given(quantities, quantities, st.decimals(min_value=0, max_value=50, places=2))
def test_exactly_one_branch_and_never_more_than_the_limit(approved, actual, percent):
    found = rules.match(approved, actual, rules.Tolerance(percent, "company"))
    assert (found.branch == rules.BEYOND) == (actual > found.limit)
    assert (found.branch == rules.LESS) == (actual < approved)
    assert (found.branch == rules.EQUAL) == (actual == approved)
    assert rules.voucher_quantity(found) <= max(found.limit, approved)


def test_the_order_speaks_before_the_company():
    assert rules.tolerance_of(None, D(3)) == rules.Tolerance(D(3), "company")
    assert rules.tolerance_of(D(0), D(3)) == rules.Tolerance(D(0), "order")


def test_only_the_decided_kind_is_opened():
    assert rules.why_not_kind("return", "return") == []
    assert rules.why_not_kind("compensation", "allowance") == []
    assert [r.clause for r in rules.why_not_kind("return", "allowance")] == ["R4-67"]
    assert [r.clause for r in rules.why_not_kind("none", "allowance")] == ["R4-67"]


def test_certificates_never_exceed_the_decision():
    assert rules.why_not_amount(100000, 60000, 40000) == []
    (reason,) = rules.why_not_amount(100000, 60000, 40001)
    assert (reason.clause, reason.facts["left"]) == ("R4-68", "400.00")


def test_a_mismatch_is_signed_only_after_an_instruction():
    pairs = [(D(10), D(10)), (D(100), D(95))]
    (reason,) = rules.why_not_sign_receipt(pairs, instruction=False)
    assert (reason.clause, reason.field) == ("R4-79", "receipt.lines.1.actual")
    assert rules.why_not_sign_receipt(pairs, instruction=True) == []
    assert rules.why_not_sign_receipt(pairs[:1], instruction=False) == []


def test_a_slip_never_approves_more_than_was_decided():
    assert rules.why_not_approved(D(100), D(100)) == []
    assert [r.clause for r in rules.why_not_approved(D(100), D("100.5"))] == ["R4-73"]
