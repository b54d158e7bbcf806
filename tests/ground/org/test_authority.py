"""核决权限: the lowest level whose band covers the matter; above it everybody, below it nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import authority
from shouwen.ground.org.authority import Band

TABLE = [
    {"level": "sales_manager", "method": "", "region": "", "max_amount": 500_000},
    {"level": "sales_manager", "method": "allowance", "region": "overseas", "max_amount": 300_000},
    {"level": "deputy_gm", "method": "", "region": "", "max_amount": 5_000_000},
    {"level": "gm", "method": "", "region": "", "max_amount": None},
]


def level(amount: int | None, method: str = "allowance", region: str = "domestic") -> str:
    return authority.required_level(TABLE, method=method, region=region, amount_cents=amount)


@pytest.mark.parametrize(
    ("amount", "needed"),
    [
        (0, "sales_manager"),
        (500_000, "sales_manager"),
        (500_001, "deputy_gm"),
        (5_000_001, "gm"),
        (None, "gm"),  # not known yet: only without limit
    ],
)
def test_required_level(amount, needed):
    assert level(amount) == needed


def test_the_narrower_band_decides():
    assert level(400_000, region="overseas") == "deputy_gm"
    assert level(400_000, method="return", region="overseas") == "sales_manager"


@pytest.mark.parametrize("rows", [None, []])
def test_without_a_table_nobody_decides(rows):
    with pytest.raises(Refused) as refused:
        authority.required_level(rows, method="none", region="domestic", amount_cents=0)
    assert refused.value.clauses == {"R4-39"}
    assert "设置" in refused.value.reasons[0].instead


def test_what_the_table_leaves_out_is_refused_even_to_the_top():
    bands = [Band("gm", "return", "", 100)]
    for method, amount in (("allowance", 1), ("return", 101)):
        with pytest.raises(Refused, match="R4-39"):
            authority.required_level(bands, method=method, region="x", amount_cents=amount)


def test_a_lower_level_is_told_who_decides():
    reasons = authority.why_not_decide(
        "sales_manager", TABLE, method="allowance", region="domestic", amount_cents=600_000
    )
    assert "副总经理" in str(reasons[0])
    assert authority.deciders("deputy_gm") == ["management.deputy_gm", "management.gm"]


def test_a_table_upside_down_or_written_twice_is_told():
    wrong = [Band("sales_manager", max_amount=900), Band("deputy_gm", max_amount=100)]
    assert [reason.field for reason in authority.why_not_bands(wrong)] == ["value.0.max_amount"]
    twice = [Band("gm"), Band("gm")]
    assert [reason.field for reason in authority.why_not_bands(twice)] == ["value.1.level"]
    assert authority.why_not_bands(TABLE) == []


bands = st.builds(
    Band,
    st.sampled_from(authority.LEVELS),
    st.sampled_from(["", "allowance", "return"]),
    st.sampled_from(["", "domestic", "overseas"]),
    st.none() | st.integers(0, 10**9),
)
tables = st.lists(bands, min_size=1, max_size=12)
amounts = st.integers(0, 10**9)


def _level_or_above_all(table, amount):
    try:
        return authority.level_order(
            authority.required_level(
                table, method="allowance", region="domestic", amount_cents=amount
            )
        )
    except Refused:
        return len(authority.LEVELS)


@given(tables, amounts, amounts)
def test_more_money_never_needs_a_lower_level(table, one, other):
    low, high = sorted((one, other))
    assert _level_or_above_all(table, low) <= _level_or_above_all(table, high)


@given(tables, amounts)
def test_whoever_may_decide_every_higher_level_may(table, amount):
    allowed = [
        not authority.why_not_decide(
            level, table, method="return", region="overseas", amount_cents=amount
        )
        for level in authority.LEVELS
    ]
    assert allowed == sorted(allowed)
    assert not any(allowed) or allowed[-1]


@given(tables, amounts)
def test_the_order_of_the_rows_does_not_matter(table, amount):
    distinct = list({(b.level, b.method, b.region): b for b in table}.values())
    assert _level_or_above_all(distinct, amount) == _level_or_above_all(distinct[::-1], amount)
