"""What the company may set for a figure that the text leaves open. Pure: no database."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.policy.values import ValueSpec, clean, typed, why_not_value


def spec(kind, **more):
    label = {"zh": "值", "en": "Value"}
    return ValueSpec.model_validate({"key": "R4-76.value", "label": label, "type": kind, **more})


BANDS = spec(
    "table",
    columns=[
        {
            "key": "level",
            "label": "级别",
            "type": "choice",
            "choices": [{"key": "manager", "label": "经理"}, {"key": "gm", "label": "总经理"}],
        },
        {"key": "up_to", "label": "上限", "type": "money", "optional": True, "min": 0},
    ],
)


@pytest.mark.parametrize(
    ("kind", "raw", "stored", "used"),
    [
        ("integer", "3", 3, 3),
        ("days", 15, 15, 15),
        ("hours", "1.5", "1.5", Decimal("1.5")),
        ("percent", "5%", "5", Decimal(5)),
        ("decimal", "1,234.5", "1234.5", Decimal("1234.5")),
        ("money", "1,234.56", 123456, 123456),
        ("text", "  有空格 ", "有空格", "有空格"),
    ],
)
def test_what_is_typed_stored_and_used(kind, raw, stored, used):
    assert clean(spec(kind), raw) == stored
    assert typed(spec(kind), stored) == used


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("integer", "3.5", "应为整数"),
        ("integer", True, "应为数字"),
        ("percent", "abc", "应为数字"),
        ("percent", "NaN", "应为数字"),
        ("percent", "101", "不得大于 100"),
        ("percent", "-1", "不得小于 0"),
        ("money", "", "未填"),
        ("text", None, "未填"),
    ],
)
def test_what_is_refused(kind, raw, said):
    bounds = {"min": 0, "max": 100} if kind == "percent" else {}
    with pytest.raises(Refused) as caught:
        clean(spec(kind, **bounds), raw)
    assert said in str(caught.value)
    assert caught.value.clauses == {"R4-76"}


def test_a_table_is_cleaned_cell_by_cell():
    rows = [{"level": "manager", "up_to": "5000"}, {"level": "gm"}]
    assert clean(BANDS, rows) == [
        {"level": "manager", "up_to": 500000},
        {"level": "gm", "up_to": None},
    ]
    wrong = why_not_value(BANDS, [{"level": "boss", "up_to": "x"}, {}])
    assert [reason.field for reason in wrong] == [
        "value.0.level",
        "value.0.up_to",
        "value.1.level",
    ]


@pytest.mark.parametrize("raw", [[], "rows", [1]])
def test_an_empty_table_is_no_table(raw):
    assert why_not_value(BANDS, raw)


@pytest.mark.parametrize(
    "more",
    [
        {"type": "choice"},
        {"type": "text", "choices": [{"key": "a", "label": "a"}]},
        {"type": "table"},
        {"type": "integer", "example": "many"},
        {"type": "text", "key": "tolerance"},
    ],
)
def test_a_spec_that_contradicts_itself(more):
    with pytest.raises(ValidationError):
        spec(more.pop("type"), **more)
