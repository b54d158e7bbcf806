"""Whatever is typed, cleaning answers, and what it stored it would store again."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.engines.documents import rules
from shouwen.engines.documents.definitions import SectionDef
from shouwen.ground.foundation import clock

NOW = clock.local(clock.today())
PLAIN = [
    "text", "longtext", "integer", "quantity", "percent", "money", "date", "datetime", "bool",
    "person", "unit", "role", "phone", "order", "part", "file", "files",
]  # fmt: skip
CHOICES = {"a": "甲", "b": "乙", "none": "无"}


def _field(kind: str) -> dict[str, Any]:
    choices = {"choices": CHOICES} if kind.startswith("choice") else {}
    return {"key": kind, "label": kind, "type": kind, **choices}


FIELDS = [_field(kind) for kind in [*PLAIN, "choice", "choices"]]
EVERYTHING = SectionDef.model_validate(
    {
        "key": "all",
        "title": "全部",
        "by": "any",
        "fields": [
            *FIELDS,
            {"key": "lines", "label": "表", "type": "lines", "columns": FIELDS},
            {"key": "remark", "label": "注", "type": "note", "text": "印出的字"},
        ],
        "checks": [
            {"rule": "not_more", "field": "quantity", "than": "percent", "message": "甲"},
            {"rule": "product", "a": "quantity", "b": "money", "field": "money", "message": "乙"},
            {"rule": "sum", "of": "lines", "field": "percent", "equals": 100, "message": "丙"},
            {"rule": "distinct", "of": "lines", "fields": ["part"], "message": "丁"},
            {
                "rule": "covers",
                "of": "lines",
                "field": "part",
                "other": "x.lines.part",
                "message": "戊",
            },
            {"rule": "exactly_one", "fields": ["bool", "text"], "message": "己"},
        ],
    }
)

likely = st.sampled_from(
    [
        "2026年3月1日", "2026-03-01 09:30", "20260301", "１，２３４．５", "100%", "-5", "1e99",
        "¥3", "on", "a", "none", "unit:x", "9" * 30, "0.0000001", "\x00", "\ud800", "3-3-3", "٣",
        "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "9999-12-31T23:59-12:00", "0001-01-01T00:00+14:00",
    ]
)  # fmt: skip
scalar = (
    likely
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.binary()
)
anything = st.recursive(
    scalar, lambda x: st.lists(x) | st.dictionaries(st.text() | st.integers(), x), max_leaves=8
)
KEYS = [field.key for field in EVERYTHING.fields]
row = st.dictionaries(st.sampled_from(KEYS), scalar)
entry = st.dictionaries(st.sampled_from([*KEYS, "stranger"]), anything | st.lists(row, max_size=4))


@settings(max_examples=200, deadline=None)
@given(raw=anything | entry)
def test_cleaning_never_breaks_and_what_is_stored_stays(raw: Any) -> None:
    data, _reasons = rules.clean(EVERYTHING, raw, now=NOW)
    assert rules.clean(EVERYTHING, data, now=NOW) == (data, [])


@settings(max_examples=100, deadline=None)
@given(raw=entry)
def test_asking_what_is_missing_never_breaks(raw: Any) -> None:
    data, _reasons = rules.clean(EVERYTHING, raw, now=NOW)
    found = rules.why_not_complete(EVERYTHING, data) + rules.why_not_saved(EVERYTHING, data)
    assert all(str(reason) for reason in found)


@given(value=st.integers(min_value=0, max_value=10**14))
def test_yuan_and_cents_are_the_same_money(value: int) -> None:
    written = f"{value // 100:,}.{value % 100:02}"
    assert rules.clean(EVERYTHING, {"money": written})[0].get("money") == value


@pytest.mark.parametrize("huge", [10**5000, -(10**5000), 10**17], ids=["huge", "deep", "large"])
def test_absurd_figures_are_refused_not_computed(huge: int) -> None:
    for key in ("integer", "quantity", "money", "text", "person"):
        data, reasons = rules.clean(EVERYTHING, {key: huge})
        if key in {"text", "person"} and huge == 10**17:
            continue
        assert (data, len(reasons)) == ({}, 1), key
