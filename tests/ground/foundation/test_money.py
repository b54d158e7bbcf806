"""Amounts in capitals, as accountants write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.ground.foundation.money import capitals, cents, yuan


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("1004.50", "壹仟零肆元伍角整"),
        ("1234.56", "壹仟贰佰叁拾肆元伍角陆分"),
        ("100000", "壹拾万元整"),
        ("100000.07", "壹拾万元零柒分"),
        ("1000010", "壹佰万零壹拾元整"),
        ("10010001", "壹仟零壹万零壹元整"),
        ("100000001", "壹亿零壹元整"),
        ("-3.20", "负叁元贰角整"),
    ],
)
def test_capitals(amount, written):
    assert capitals(cents(amount)) == written


@given(st.integers(0, 10**14))
def test_capitals_never_repeat_or_end_in_zero_sign(amount):
    text = capitals(amount)
    assert "零零" not in text
    assert not text.split("元")[0].endswith("零") or amount < 100


def test_no_number_is_an_error_for_people():
    with pytest.raises(ValueError, match="no amount"):
        cents("abc")


def test_yuan():
    assert yuan(123450) == "1,234.50"
