"""What people type, and what is stored of it; what keeps a section from being signed."""

from datetime import date, datetime
from typing import Any

import pytest

from shouwen.engines.documents import rules
from shouwen.engines.documents.definitions import SectionDef
from shouwen.ground.foundation import clock

NOW = clock.local(date(2026, 3, 2)).replace(hour=10)


def section(*fields: dict[str, Any], checks: list[dict[str, Any]] | None = None) -> SectionDef:
    """A section with these fields."""
    named = [{"label": {"zh": f["key"], "en": f["key"]}, **f} for f in fields]
    body = {"key": "part", "title": "填报", "by": "sales", "clause": "R4-25", "fields": named}
    return SectionDef.model_validate({**body, "checks": checks or []})


def one(field: dict[str, Any], raw: Any) -> tuple[Any, str]:
    """The stored value of one field, and the message when it is refused."""
    data, reasons = rules.clean(section({"key": "it", **field}), {"it": raw}, now=NOW)
    return data.get("it"), reasons[0].message if reasons else ""


@pytest.mark.parametrize(
    ("field", "raw", "stored"),
    [
        ({"type": "text"}, "  两 行\n变一行 ", "两 行 变一行"),
        ({"type": "text"}, "带\x00控制符\ud800", "带控制符"),
        ({"type": "longtext"}, "第一行\r\n第二行", "第一行\n第二行"),
        ({"type": "integer"}, "１，２３４", 1234),
        ({"type": "quantity"}, "1,200.50", "1200.5"),
        ({"type": "quantity"}, "0.000", "0"),
        ({"type": "quantity"}, 100, "100"),
        ({"type": "percent"}, "12.5%", "12.5"),
        ({"type": "percent"}, "１００％", "100"),
        ({"type": "money"}, "¥1,234.50", 123450),
        ({"type": "money"}, "300元", 30000),
        ({"type": "money"}, 300, 300),
        ({"type": "date"}, "2026年3月1日", "2026-03-01"),
        ({"type": "date"}, "２０２６／３／１", "2026-03-01"),
        ({"type": "date"}, "20260301", "2026-03-01"),
        ({"type": "date"}, date(2026, 3, 1), "2026-03-01"),
        ({"type": "datetime"}, "2026-03-01T09:30", "2026-03-01T09:30+08:00"),
        ({"type": "datetime"}, "2026年3月1日下午3时5分", "2026-03-01T15:05+08:00"),
        ({"type": "datetime"}, "2026-03-01T01:30:00Z", "2026-03-01T09:30+08:00"),
        ({"type": "datetime"}, datetime(2026, 3, 1, 9, 30), "2026-03-01T09:30+08:00"),  # noqa: DTZ001
        ({"type": "choice", "choices": {"a": "甲", "b": "乙"}}, "b", "b"),
        ({"type": "choices", "choices": {"a": "甲", "b": "乙"}}, ["b", "a"], ["a", "b"]),
        ({"type": "bool"}, "on", True),
        ({"type": "bool"}, "否", False),
        ({"type": "person"}, "17", 17),
        ({"type": "phone"}, "＋86 138－0013－8000", "+86 138-0013-8000"),
        ({"type": "phone"}, "021-6543 2100 转 8", "021-6543 2100 转 8"),
        ({"type": "order"}, " ＳＯ－１２ ", "SO-12"),
        ({"type": "role"}, "sales.manager", "sales.manager"),
        (
            {"type": "files"},
            ["6F9619FF-8B86-D011-B42D-00CF4FC964FF"] * 2,
            ["6f9619ff-8b86-d011-b42d-00cf4fc964ff"],
        ),
    ],
)
def test_what_is_typed_is_stored_in_one_shape(field: dict, raw: Any, stored: Any) -> None:
    assert one(field, raw) == (stored, "")


@pytest.mark.parametrize(
    ("field", "raw", "message"),
    [
        ({"type": "text", "max_length": 3}, "四个字了", "最多 %(most)s 字,现为 %(length)s 字"),
        ({"type": "integer"}, "1.5", "请填写整数"),
        ({"type": "integer"}, "-1", "不得小于 %(least)s"),
        ({"type": "quantity"}, "12,34", "请填写数字,例如 1,200.50(最多六位小数)"),
        ({"type": "quantity"}, "1e9", "请填写数字,例如 1,200.50(最多六位小数)"),
        ({"type": "quantity", "min": 0.0001}, "0", "须大于 0"),
        ({"type": "quantity", "min": 0.5}, "0.2", "不得小于 %(least)s"),
        ({"type": "percent"}, "100.1", "不得大于 %(most)s"),
        ({"type": "money"}, "1.005", "金额最多两位小数(到分)"),
        ({"type": "money", "max": 100}, "100.01", "不得大于 %(most)s"),
        ({"type": "date"}, "2026-02-30", "没有这一天:%(text)s"),
        ({"type": "date"}, "0226-02-20", "没有这一天:%(text)s"),
        ({"type": "date"}, "昨天", "请填写日期,例如 2026-03-01 或 2026年3月1日"),
        ({"type": "date", "not_future": True}, "2026-03-03", "日期 %(day)s 还没有到"),
        ({"type": "datetime", "not_future": True}, "2026-03-02 10:02", "时间 %(moment)s 还没有到"),
        ({"type": "datetime"}, "2026-03-02", "请填写日期和时间,例如 2026-03-01 09:30"),
        ({"type": "datetime"}, "2026-03-02 25:00", "没有这个时间:%(text)s"),
        ({"type": "choice", "choices": {"a": "甲"}}, "b", "没有这个选项:%(text)s"),
        ({"type": "bool"}, "也许", "请选“是”或“否”"),
        ({"type": "person"}, "张三", "请从列表中选择"),
        ({"type": "phone"}, "打给张三", "电话号码只能用数字、空格、括号、连字符、+ 和分机“转”"),
        ({"type": "files"}, "../../etc/passwd", "找不到这个文件,请重新上传"),
        ({"type": "file"}, ["a", "b"], "最多 %(most)s 个文件"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_the_field(field: dict, raw: Any, message: str) -> None:
    assert one(field, raw) == (None, message)


def test_today_is_not_the_future() -> None:
    assert one({"type": "date", "not_future": True}, "2026-03-02") == ("2026-03-02", "")
    moment = one({"type": "datetime", "not_future": True}, "2026-03-02 10:01")
    assert moment == ("2026-03-02T10:01+08:00", "")


def test_empty_is_nothing_but_no_and_zero_are_answers() -> None:
    form = section(
        {"key": "a", "type": "text"}, {"key": "b", "type": "bool"}, {"key": "c", "type": "integer"}
    )
    assert rules.clean(form, {"a": " \x00 ", "b": False, "c": "0"}) == ({"b": False, "c": 0}, [])


def test_unknown_fields_are_refused_by_name() -> None:
    data, reasons = rules.clean(section({"key": "a", "type": "text"}), {"a": "x", "evil": 1})
    assert data == {"a": "x"}
    assert [(reason.field, reason.clause) for reason in reasons] == [("evil", "R4-25")]


TABLE = {
    "key": "lines",
    "type": "lines",
    "clause": "R4-24",
    "columns": [
        {"key": "part", "label": "料号", "type": "part", "required": True, "clause": "R4-06"},
        {"key": "quantity", "label": "数量", "type": "quantity"},
        {"key": "defective", "label": "不良", "type": "quantity"},
    ],
}


def test_rows_keep_their_place_in_the_reason_and_blank_rows_go() -> None:
    raw = {"lines": [{"part": "A"}, {"part": " "}, {"part": "B", "defective": "很多"}]}
    data, reasons = rules.clean(section(TABLE), raw)
    assert data == {"lines": [{"part": "A"}, {"part": "B"}]}
    assert [(r.field, r.facts["row"], r.clause) for r in reasons] == [
        ("lines.2.defective", 3, "R4-24")
    ]


def test_a_table_is_a_list_of_rows_of_bounded_length() -> None:
    form = section({**TABLE, "max": 2})
    assert rules.clean(form, {"lines": "A"})[1][0].field == "lines"
    assert rules.clean(form, {"lines": ["A"]})[1][0].field == "lines.0"
    assert rules.clean(form, {"lines": [{"part": "A"}] * 3})[1][0].facts == {"most": 2}


def fields_of(reasons: list) -> list[tuple[str, str]]:
    """Where it hurts and by which clause."""
    return [(reason.field, reason.clause) for reason in reasons]


def test_missing_fields_are_named_with_their_clause_row_by_row() -> None:
    form = section(TABLE, {"key": "opinion", "type": "longtext", "required": True})
    assert fields_of(
        rules.why_not_complete(form, {"lines": [{"part": "A"}, {"quantity": "1"}]})
    ) == [
        ("lines.1.part", "R4-06"),
        ("opinion", "R4-25"),
    ]
    assert rules.why_not_complete(form, {"lines": [{"part": "A"}], "opinion": "同意"}) == []


@pytest.mark.parametrize(
    ("condition", "data", "asked"),
    [
        ({"demand": ["return", "exchange"], "undetermined": False}, {"demand": "return"}, True),
        (
            {"demand": ["return"], "undetermined": False},
            {"demand": "return", "undetermined": True},
            False,
        ),
        ({"demand": "return"}, {"demand": "rework"}, False),
        ({"demand": "any"}, {"demand": "rework"}, True),
        ({"demand": "any"}, {}, False),
        ({"demand": "unset"}, {}, True),
        ({"several": "b"}, {"several": ["a", "b"]}, True),
    ],
)
def test_a_field_is_asked_for_only_when_its_condition_holds(
    condition: dict, data: dict, asked: bool
) -> None:
    choices = {"return": "退", "exchange": "换", "rework": "重"}
    form = section(
        {"key": "demand", "type": "choice", "choices": choices},
        {"key": "undetermined", "type": "bool"},
        {"key": "several", "type": "choices", "choices": {"a": "甲", "b": "乙"}},
        {"key": "quantity", "type": "quantity", "required_if": condition, "clause": "R4-26"},
    )
    assert fields_of(rules.why_not_complete(form, data)) == (
        [("quantity", "R4-26")] if asked else []
    )


def test_a_seal_that_must_be_there_is_not_signed_away() -> None:
    form = section({"key": "seal", "type": "bool", "must": True, "required": True})
    for data in ({}, {"seal": False}):
        assert rules.why_not_complete(form, data)[0].message == "“%(label)s”须先确认"
    assert rules.why_not_complete(form, {"seal": True}) == []


def test_at_save_refuses_the_gap_already_on_saving() -> None:
    form = section(
        {"key": "basis", "type": "text", "required": True, "at_save": True},
        {"key": "other", "type": "text", "required": True},
    )
    assert fields_of(rules.why_not_saved(form, {})) == [("basis", "R4-25")]


RATIO = {
    "key": "liability",
    "type": "lines",
    "columns": [
        {"key": "unit", "label": "单位", "type": "unit"},
        {"key": "ratio", "label": "比率", "type": "percent"},
    ],
}


def test_shares_must_total_100_before_the_signature_not_before_saving() -> None:
    check = {
        "rule": "sum",
        "of": "liability",
        "field": "ratio",
        "equals": 100,
        "message": "须为100",
    }
    form = section(RATIO, checks=[{**check, "clause": "R4-16"}])
    short = {"liability": [{"ratio": "60"}, {"ratio": "30"}]}
    assert rules.why_not_saved(form, short) == []
    (reason,) = rules.why_not_complete(form, short)
    assert (reason.field, str(reason)) == ("liability", "R4-16 须为100(现为 90%)")
    whole = {"liability": [{"ratio": "33.4"}, {"ratio": "33.3"}, {"ratio": "33.3"}]}
    assert rules.why_not_complete(form, whole) == []


def test_more_defective_than_shipped_is_refused_on_saving_in_its_row() -> None:
    check = {"rule": "not_more", "of": "lines", "field": "defective", "than": "quantity"}
    form = section(TABLE, checks=[{**check, "clause": "R4-24", "message": "不得大于交运数量"}])
    rows = [{"part": "A", "quantity": "100", "defective": "100"}]
    assert rules.why_not_saved(form, {"lines": rows}) == []
    rows.append({"part": "B", "quantity": "100", "defective": "120"})
    (reason,) = rules.why_not_saved(form, {"lines": rows})
    assert (reason.field, reason.facts["found"]) == ("lines.1.defective", "120 > 100")
    assert rules.why_not_saved(form, {"lines": [{"defective": "5"}]}) == []


PROOF = [
    {"key": "way", "type": "choice", "choices": {"copy": "影印", "original": "原件"}},
    {"key": "returned", "type": "quantity"},
    {"key": "kept", "type": "quantity"},
    {"key": "invoiced", "type": "quantity"},
    {"key": "price", "type": "money"},
    {"key": "amount", "type": "money"},
]
PRODUCT = {"rule": "product", "a": "returned", "b": "price", "field": "amount", "message": "不符"}
TOTAL = {"rule": "total", "a": "returned", "b": "kept", "field": "invoiced", "message": "不符"}


def test_quantity_by_price_is_the_amount_to_the_cent() -> None:
    form = section(*PROOF, checks=[{**PRODUCT, "when": {"way": "copy"}, "clause": "R4-84"}])
    wrong = {"way": "copy", "returned": "10", "price": 500, "amount": 6000}
    (reason,) = rules.why_not_complete(form, wrong)
    assert (reason.field, reason.facts["found"]) == ("amount", "10 × 5.00 ≠ 60.00")
    assert rules.why_not_complete(form, {**wrong, "amount": 5000}) == []
    assert rules.why_not_complete(form, {**wrong, "way": "original"}) == []
    third = {"way": "copy", "returned": "0.333", "price": 1000, "amount": 333}
    assert rules.why_not_complete(form, third) == []


def test_returned_and_kept_are_what_was_invoiced() -> None:
    form = section(*PROOF, checks=[TOTAL])
    data = {"returned": "10", "kept": "90", "invoiced": "101"}
    assert rules.why_not_complete(form, data)[0].facts["found"] == "10 + 90 ≠ 101"
    assert rules.why_not_complete(form, {**data, "invoiced": "100"}) == []


def test_not_upheld_has_no_method() -> None:
    form = section(
        {"key": "upheld", "type": "choice", "choices": {"upheld": "成立", "not_upheld": "不成立"}},
        {"key": "method", "type": "choice", "choices": {"none": "不予处理", "allowance": "折让"}},
        checks=[
            {
                "rule": "implies",
                "when": {"upheld": "not_upheld"},
                "then": {"method": "none"},
                "field": "method",
                "message": "须为不予处理",
            }
        ],
    )
    assert rules.why_not_complete(form, {"upheld": "not_upheld", "method": "allowance"})
    for data in (
        {"upheld": "not_upheld", "method": "none"},
        {"upheld": "upheld", "method": "allowance"},
    ):
        assert rules.why_not_complete(form, data) == []


def test_exactly_one_proof() -> None:
    fields = [{"key": key, "type": "bool"} for key in ("a", "b", "c")]
    check = {"rule": "exactly_one", "fields": ["a", "b", "c"], "message": "三择一"}
    form = section(*fields, checks=[check])
    assert rules.why_not_complete(form, {"a": True, "b": False}) == []
    assert rules.why_not_complete(form, {})[0].facts["found"] == "0"
    assert rules.why_not_complete(form, {"a": True, "c": True})[0].facts["found"] == "2"


def test_the_same_row_twice_is_refused() -> None:
    check = {"rule": "distinct", "of": "lines", "fields": ["part"], "message": "重复"}
    form = section(TABLE, checks=[check])
    rows = [{"part": "A"}, {"part": "B"}, {"part": "A"}]
    assert fields_of(rules.why_not_saved(form, {"lines": rows})) == [("lines.2.part", "R4-25")]
    assert rules.why_not_saved(form, {"lines": rows[:2]}) == []


def test_every_part_needs_its_trace_and_the_table_starts_with_them() -> None:
    check = {"rule": "covers", "of": "lines", "field": "part", "other": "intake.lines.part"}
    table = {**TABLE, "rows_from": "intake.lines.part"}
    form = section(table, checks=[{**check, "message": "每一料号都须填"}])
    sections = {"intake": {"lines": [{"part": "A"}, {"part": "B"}, {"part": "A"}]}}
    (reason,) = rules.why_not_complete(form, {"lines": [{"part": "A"}]}, sections)
    assert str(reason) == "R4-25 每一料号都须填:尚缺 B"
    start = rules.presets(form, sections)
    assert start == {"lines": [{"part": "A"}, {"part": "B"}]}
    assert rules.why_not_complete(form, start, sections) == []


def test_human_negligence_presets_no_tracking() -> None:
    choices = {"tracked": "列案", "exempt": "免列"}
    field = {"key": "tracked", "type": "choice", "choices": choices, "preset": "exempt"}
    form = section({**field, "preset_if": "investigation.negligence"})
    assert rules.presets(form, {"investigation": {"negligence": True}}) == {"tracked": "exempt"}
    for sections in ({}, {"investigation": {"negligence": False}}):
        assert rules.presets(form, sections) == {}
    assert rules.presets(section(field), {}) == {"tracked": "exempt"}
