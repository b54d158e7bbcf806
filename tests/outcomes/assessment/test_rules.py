"""Loss and penalty by the basis tables (R4-43, R4-44, R4-46)."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shouwen.outcomes.assessment import rules

D = Decimal
BASIS = [
    {"item": "折让或赔款", "formula": "amount", "percent": "100"},
    {"item": "不良品材料", "formula": "defective", "unit_price": 1200},
    {"item": "运费", "formula": "quantity", "unit_price": 50, "percent": "50"},
]
PENALTIES = [
    {"cause": "any", "severity": "normal", "from_time": 1, "kind": "points", "points": 1},
    {
        "cause": "human_negligence",
        "severity": "normal",
        "from_time": 1,
        "kind": "fine",
        "amount": 5,
    },
    {
        "cause": "human_negligence",
        "severity": "normal",
        "from_time": 3,
        "kind": "fine",
        "amount": 9,
    },
]


def test_loss_follows_the_basis_row_by_row():
    lines = rules.loss_lines(BASIS, quantity=D(100), defective=D("2.5"), amount_cents=100_00)
    assert [line.amount_cents for line in lines] == [100_00, 3000, 2500]
    assert lines[2].base == "100 × 0.50 × 50%"


def test_an_empty_basis_computes_nothing():
    assert rules.loss_lines([], quantity=D(1), defective=D(1), amount_cents=1) == []


@given(st.integers(0, 10**10), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_parts_add_up_to_the_cent(total, weights):
    whole = sum(weights)
    shares = [D(weight * 100) / whole for weight in weights[:-1]]
    shares.append(100 - sum(shares, D(0)))
    parts = rules.split(total, shares)
    assert sum(parts) == total
    assert all(
        abs(part - total * share / 100) < 1 for part, share in zip(parts, shares, strict=True)
    )


def test_the_exact_cause_and_the_repeat_decide():
    fits = {"cause_class": "quality", "severity": "normal"}
    assert rules.penalty_for(PENALTIES, negligence=False, times=5, **fits) == PENALTIES[0]
    assert rules.penalty_for(PENALTIES, negligence=True, times=2, **fits) == PENALTIES[1]
    assert rules.penalty_for(PENALTIES, negligence=True, times=3, **fits) == PENALTIES[2]
    assert (
        rules.penalty_for(
            PENALTIES, negligence=True, cause_class="quality", severity="critical", times=1
        )
        is None
    )


def test_an_unexplained_departure_is_refused():
    computed = PENALTIES[1]
    assert rules.why_not_penalty(0, {"kind": "fine", "amount": 5}, computed) == []
    (reason,) = rules.why_not_penalty(0, {"kind": "fine", "amount": 4}, computed)
    assert (reason.clause, reason.field) == ("R4-44", "determination.penalties.0.deviation")
    explained = {"kind": "none", "deviation": "初犯且主动报告"}
    assert rules.why_not_penalty(0, explained, computed) == []


def test_a_sanction_is_one_of_the_companys_kinds():
    assert (
        rules.why_not_sanction(0, {"kind": "administrative", "sanction": "warning"}, ["warning"])
        == []
    )
    assert rules.why_not_sanction(0, {"kind": "fine"}, []) == []
    (reason,) = rules.why_not_sanction(1, {"kind": "administrative", "sanction": "x"}, ["warning"])
    assert reason.clause == "R4-46"
