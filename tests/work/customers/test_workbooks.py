"""What we write can be read again unchanged, and nothing of it can be run."""

import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwen.work.customers.importing.files.reading import read
from shouwen.work.customers.workbooks import Marked, Money, Sheet, is_dangerous, workbook

ATTACKS = [
    "=cmd|' /C calc'!A0", "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1",
    "＠x", " =1", "=HYPERLINK(\"http://x\")", "http://example.com/", "{=1}", "1e5", "007",
]  # fmt: skip


def raw(data: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(part).decode()


def quoted_styles(data: bytes) -> set[str]:
    """The numbers of the cell styles that carry Excel's quote prefix."""
    cells = re.search(r"<cellXfs.*?</cellXfs>", raw(data, "xl/styles.xml"), re.S)[0]
    every = re.findall(r"<xf .*?(?:/>|</xf>)", cells, re.S)
    return {str(n) for n, style in enumerate(every) if 'quotePrefix="1"' in style}


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_looks_like_a_formula_stays_text(text):
    data = workbook(Sheet("导出", ["值"], [[text]]))
    page = raw(data)
    assert "<f>" not in page
    assert "hyperlink" not in page
    cell = re.search(r'<c r="A2"([^>]*)>', page)[1]
    assert 't="s"' in cell
    style = re.search(r's="(\d+)"', cell)[1]
    assert (style in quoted_styles(data)) == is_dangerous(text)
    assert read(data).rows[1][0] == text


@settings(max_examples=80)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
)
def test_every_text_comes_back_unchanged(text):
    found = read(workbook(Sheet("导出", ["值"], [[text]]))).rows
    assert "<f>" not in raw(workbook(Sheet("导出", ["值"], [[text]])))
    assert (found[1][0] if len(found) > 1 else "") == text or not text.strip()


def test_values_keep_their_kind():
    moment = datetime(2026, 3, 1, 1, 30, tzinfo=UTC)
    row = [Money(123450), Decimal("1.5"), date(2026, 3, 1), moment, 7, None, True]
    found = read(workbook(Sheet("导出", list("abcdefg"), [row]))).rows[1]
    assert found == [
        1234.5, 1.5, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), 7.0, None, "True",  # noqa: DTZ001
    ]  # fmt: skip


def test_a_marked_cell_keeps_its_value_and_says_why():
    data = workbook(
        Sheet("问题", ["值"], [[Marked("=x", "不接受公式")], [Marked(None, "不能空着")]])
    )
    assert read(data).rows[1][0] == "=x"
    assert "不接受公式" in raw(data, "xl/comments1.xml")
    with pytest.raises(TypeError, match="no cell"):
        workbook(Sheet("x", ["a"], [[object()]]))


def test_names_of_sheets_are_made_fit():
    assert read(workbook(Sheet("a/b:c*d?[e]" * 5, ["x"], [["y"]]))).sheet.startswith("a b c d")
