"""Files of every make are read; hostile ones are refused in words."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work.customers.importing.import_files import changed, csv, package, parts, xlsx

from shouwen.ground.foundation.refusal import Refused
from shouwen.work.customers.importing.files.reading import decoded, read
from shouwen.work.customers.workbooks import Sheet, workbook

ROWS = [["料号", "品名"], ["SM-100", "左侧板"]]
GOOD = xlsx(ROWS)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding, delimiter):
    text = f"料号{delimiter}品名\r\nSM-100{delimiter}左侧板\r\n"
    assert read(csv(text, encoding)).rows == ROWS


def test_a_rare_sign_of_gb18030():
    assert decoded("𠮷野家 €".encode("gb18030")) == ("𠮷野家 €", "gb18030")


def test_quoted_cells_with_line_breaks_and_commas():
    grid = read(csv('料号,品名\n"SM,1","两\n行"\n'))
    assert grid.rows[1] == ["SM,1", "两\n行"]


def test_a_workbook_keeps_kinds_of_values():
    day = datetime.date(2026, 3, 1)
    grid = read(xlsx([["料号", "日期", "数"], ["SM-1", day, 12]]))
    assert grid.rows[1] == ["SM-1", day, 12.0]


def test_formulas_faults_percentages_and_merged_cells_are_seen():
    def paint(book, page):
        page.write_formula("A3", "=1+1", None, 2)
        page.write_formula("B3", "=NA()", None, "#N/A")
        page.write_number("A4", 0.05, book.add_format({"num_format": "0.00%"}))
        page.merge_range("C3:D4", "合")

    grid = read(xlsx(ROWS, paint))
    assert grid.formulas == {(3, 1), (3, 2)}
    assert grid.percents == {(4, 1)}
    assert [str(area) for area in grid.merged] == ["C3:D4"]


def test_the_first_filled_sheet_is_read_and_the_others_named():
    data = workbook(
        Sheet("空", [], ()), Sheet("数据", ROWS[0], ROWS[1:]), Sheet("说明", ["列"], ())
    )
    grid = read(data)
    assert (grid.sheet, grid.rows, grid.other_sheets) == ("数据", ROWS, ("说明",))


def test_formatted_but_empty_rows_do_not_count():
    def paint(book, page):
        bold = book.add_format({"bold": True})
        for row in range(5000, 9000):
            page.write_blank(row, 0, None, bold)

    assert read(xlsx(ROWS, paint)).rows == ROWS


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data)
    reason = caught.value.reasons[0]
    assert reason.field == "file"
    return str(reason)


def far_out(book, page):
    page.write("XFD1048576", 1)


def bomb() -> bytes:
    sheet = b"<worksheet>" + b" " * (80 * 1024 * 1024)
    return changed(GOOD, xl__worksheets__sheet1_xml=sheet)


def repeated_text() -> bytes:
    """A short file in which one long text stands in a hundred thousand cells."""
    found = parts(GOOD)
    long = b"<sst><si><t>" + b"x" * 2000 + b"</t></si></sst>"
    cells = b"".join(
        b'<row r="%d">' % row + b'<c t="s"><v>0</v></c>' * 25 + b"</row>" for row in range(1, 4000)
    )
    found["xl/sharedStrings.xml"] = long
    found[SHEET] = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    return package(found)


def double_name() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, content in parts(GOOD).items():
            out.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr(SHEET, b"<worksheet/>")
    return buffer.getvalue()


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"),
        (b"  \n ", "空"),
        (b",,,\n,,\n", "没有数据"),
        (b"x" * (5 * 1024 * 1024 + 1), "超过 5 MB"),
        (b"%PDF-1.7 ...", "只接受"),
        (b"\x89PNG\r\n\x1a\n....", "只接受"),
        (b"a,b\n\x00\x01", "只接受"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", ".xls"),
        (b"\xff\xff\xfe\x81\x30,\n", "编码"),
        (b"PK\x03\x04 no zip at all", "打不开"),
        (GOOD[: len(GOOD) // 2], "打不开"),
        (package({"a.txt": b"x"}), "打不开"),
        (xlsx([]), "没有数据"),
        (xlsx(ROWS, far_out), "5000"),
        (xlsx([["x"] * 61]), "60"),
        (csv("a,b\n" * 6000), "5000"),
        (csv(",".join("x" * 70) + "\n"), "60"),
        (csv("a,b\n" + "长" * 2001 + ",1\n"), "2000"),
        (changed(GOOD, xl__vbaProject_bin=b"x"), "宏"),
        (changed(GOOD, xl__externalLinks__externalLink1_xml=b"<x/>"), "外部链接"),
        (changed(GOOD, xl__embeddings__x_bin=b"<x/>"), "外部链接"),
        (changed(GOOD, xl__worksheets__sheet1_xml=DOCTYPE), "打不开"),
        (changed(GOOD, xl__worksheets__sheet1_xml=DOCTYPE.decode().encode("utf-16")), "打不开"),
        (changed(GOOD, xl__sharedStrings_xml=DOCTYPE), "打不开"),
        (changed(GOOD, xl__worksheets__sheet1_xml=b"<worksheet><row>"), "打不开"),
        (changed(GOOD, xl__sharedStrings_xml=b"<sst/>"), "打不开"),
        (bomb(), "40 MB"),
        (repeated_text(), "内容太多"),
        (double_name(), "打不开"),
    ],
)  # fmt: skip
def test_what_cannot_or_may_not_be_read_is_said(data, said):
    assert said in refused(data)


def test_a_cell_far_out_without_a_row_of_its_own_is_seen():
    cells = b'<c r="A1"><v>1</v></c><c r="ZZ9"><v>1</v></c>'
    far = b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"
    assert "60" in refused(changed(GOOD, xl__worksheets__sheet1_xml=far))


def test_a_sheet_hidden_behind_another_path_is_not_read():
    found = parts(GOOD)
    rels = found["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"../evil.bin")
    found |= {"xl/_rels/workbook.xml.rels": rels, "evil.bin": b"<worksheet/>"}
    refused(package(found))


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fail_otherwise(data):
    for content in (data, b"PK\x03\x04" + data):
        try:
            read(content)
        except Refused:
            continue


@settings(max_examples=60)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_no_flipped_byte_makes_the_reader_fail_otherwise(place, byte):
    data = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    try:
        read(data)
    except Refused:
        return


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_worksheet_makes_the_reader_fail_otherwise(inner):
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        found = parts(GOOD)
        found[part] = found[part][: len(found[part]) // 2] + inner + found[part][-40:]
        try:
            read(package(found))
        except Refused:
            continue
