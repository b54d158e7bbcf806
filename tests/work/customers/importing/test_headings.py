"""The heading row is found wherever it stands, and refused when it cannot be trusted."""

import pytest
from django.utils import translation

from shouwen.ground.foundation.refusal import Refused
from shouwen.work.customers.importing.files.grid import Grid, Merged
from shouwen.work.customers.importing.headings import find, headings_of, is_needed
from shouwen.work.customers.importing.kinds import KINDS
from shouwen.work.customers.importing.rows import ContactRow, CustomerRow, ProductRow


def test_under_a_merged_title_and_a_note():
    grid = Grid(
        [["产品清单", None, None], ["2026 年 3 月", None, None], [], ["料号", "品名", "单位"]],
        merged=(Merged(1, 1, 1, 3), Merged(2, 1, 3, 3)),
    )
    found = find(grid, ProductRow)
    assert (found.row, found.places) == (4, {"part_number": 1, "name_zh": 2, "unit": 3})


@pytest.mark.parametrize(
    "head",
    [
        ["客户编号", "客户名称", "区域"],
        ["Customer code", "Customer name", "Region"],
        [" 客户 编号* ", "客户名称(必填)", "区域：国内/国外".replace("：国内/国外", "")],
        ["客户代码", "公司名称", "国内外"],
        ["CUSTOMER_CODE", "customer name", "REGION"],
    ],
)
def test_chinese_and_english_and_other_words(head):
    assert find(Grid([head, ["C1", "x", "国内"]]), CustomerRow).places == {
        "code": 1, "name_zh": 2, "region": 3,
    }  # fmt: skip


def test_what_nobody_knows_is_named_and_passed_over():
    found = find(Grid([["料号", "品名", "库位", "序号", "问题", None]]), ProductRow)
    assert found.unknown == ("库位",)


@pytest.mark.parametrize(
    ("grid", "said"),
    [
        (Grid([["料号", "品名"]], merged=(Merged(1, 1, 1, 2),)), "A1:B1"),
        (Grid([["料号", "品名"], []], merged=(Merged(1, 1, 2, 1),)), "A1:A2"),
        (Grid([["料号", "品名", "料号"]]), "两列都是"),
        (Grid([["料号", "单位"]]), "品名"),
        (Grid([["甲", "乙"], ["料号", "丙"]]), "找不到表头"),
        (Grid([["说明"]] * 15 + [["料号", "品名"]]), "找不到表头"),
    ],
)
def test_what_cannot_be_trusted_is_refused_in_words(grid, said):
    with pytest.raises(Refused, match=said):
        find(grid, ProductRow)


def test_a_missing_column_is_named_in_the_readers_language():
    with translation.override("en"), pytest.raises(Refused, match="Name"):
        find(Grid([["Customer code", "Phone"]]), ContactRow)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_heading_means_two_fields(kind):
    from shouwen.work.customers.importing.headings import folded

    names = [
        folded(name)
        for heading in headings_of(kind.row).values()
        for name in {folded(name) for name in (heading.zh, heading.en, *heading.also)}
    ]
    assert len(names) == len(set(names))
    assert is_needed(kind.row, next(iter(headings_of(kind.row))))
