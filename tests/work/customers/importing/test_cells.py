"""One cell to one value: numbers, dates and percentages as Excel and people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from shouwen.work.customers.importing import cells
from shouwen.work.customers.importing.cells import Percent


@pytest.mark.parametrize(
    ("convert", "value", "result"),
    [
        (cells.to_text, 10086.0, "10086"),
        (cells.to_text, " ＳＭ－１００ ", "SM-100"),
        (cells.to_text, "   ", None),
        (cells.to_text, "+86 138 0013 8000", "+86 138 0013 8000"),
        (cells.to_text, "-", "-"),
        (cells.to_text, True, "TRUE"),
        (cells.to_decimal, "1,234.50", Decimal("1234.50")),
        (cells.to_decimal, "１２", Decimal(12)),
        (cells.to_decimal, 0.1, Decimal("0.1")),
        (cells.to_decimal, "-5", Decimal(-5)),
        (cells.to_cents, "¥1,234.5", 123450),
        (cells.to_cents, 3.5, 350),
        (cells.to_integer, 60.0, 60),
        (cells.to_percent, "5%", Decimal(5)),
        (cells.to_percent, "5", Decimal(5)),
        (cells.to_percent, 5.0, Decimal("5.0")),
        (cells.to_percent, 0.0, Decimal("0.0")),
        (cells.to_percent, Percent(0.05), Decimal("5.00")),
        (cells.to_percent, Percent(0.125), Decimal("12.50")),
        (cells.to_date, "2026年3月1日", date(2026, 3, 1)),
        (cells.to_date, "2026/3/1", date(2026, 3, 1)),
        (cells.to_date, "2026-03-01 00:00:00", date(2026, 3, 1)),
        (cells.to_date, "20260301", date(2026, 3, 1)),
        (cells.to_date, 20260301.0, date(2026, 3, 1)),
        (cells.to_date, datetime(2026, 3, 1, 8), date(2026, 3, 1)),  # noqa: DTZ001
        (cells.to_flag, "是", True),
        (cells.to_flag, "N", False),
        (cells.to_flag, None, None),
    ],
)
def test_taken(convert, value, result):
    assert convert(value) == result


@pytest.mark.parametrize(
    ("convert", "value", "said"),
    [
        (cells.to_text, "=1+1", "公式"),
        (cells.to_text, "＝cmd", "公式"),
        (cells.to_text, "@SUM(A1)", "公式"),
        (cells.to_text, " ＋cmd|' /C calc'!A0", "公式"),
        (cells.to_text, "-cmd", "公式"),
        (cells.to_text, 1e15, "15 位"),
        (cells.to_text, date(2026, 3, 1), "日期"),
        (cells.to_text, "a\x07b", "控制字符"),
        (cells.to_decimal, "12 个", "不是数字"),
        (cells.to_decimal, "1e5", "不是数字"),
        (cells.to_decimal, "1,23", "不是数字"),
        (cells.to_decimal, float("nan"), "太大"),
        (cells.to_decimal, True, "要数字"),
        (cells.to_decimal, Percent(0.05), "百分数"),
        (cells.to_cents, "1.005", "两位小数"),
        (cells.to_integer, 1.5, "整数"),
        (cells.to_percent, 0.05, "百分之几"),
        (cells.to_percent, "0.05", "百分之几"),
        (cells.to_date, "2026-02-30", "没有"),
        (cells.to_date, "三月一日", "不是日期"),
        (cells.to_date, 46082.0, "不是日期"),
        (cells.to_date, "1026-03-01", "太早"),
        (cells.to_flag, "也许", "是"),
    ],
)
def test_refused_in_words(convert, value, said):
    with pytest.raises(PydanticCustomError) as caught:
        convert(value)
    told = caught.value.message_template % (caught.value.context or {"": ""})
    assert said in told


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.dates()))
def test_no_cell_fails_otherwise(value):
    for convert in (
        cells.to_text, cells.to_decimal, cells.to_cents, cells.to_integer, cells.to_percent,
        cells.to_date, cells.to_flag,
    ):  # fmt: skip
        try:
            convert(value)
        except PydanticCustomError as error:
            told = error.message_template % (error.context or {"": ""})
            assert told
