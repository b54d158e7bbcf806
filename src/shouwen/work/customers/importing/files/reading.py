"""From the bytes of a file to a grid, by what the file is, not by what it is called. Pure."""

import csv
import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from shouwen.ground.foundation.refusal import N_, Refused, refuse

from . import scanning
from .grid import LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Grid, Merged, is_blank
from .unpacking import broken, packed, parts_of

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = (b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")
_DELIMITERS = ",\t;"
MOST_SHEETS = 20


def read(data: bytes) -> Grid:
    """The first sheet of a workbook that holds anything, or the rows of a CSV file."""
    if not data.strip():
        raise refuse(N_("文件是空的"), field="file")
    if len(data) > MOST_BYTES:
        raise refuse(N_("文件超过 %(most)s MB"), field="file", most=MOST_BYTES // 1024 // 1024)
    if data.startswith(b"PK"):
        return _long_cells_refused(_workbook(data))
    if data.startswith(_OLE):
        raise refuse(
            N_("不接受旧式 .xls 或带密码的文件"),
            field="file",
            instead=N_("用 Excel 打开后另存为 .xlsx 再试"),
        )
    if data.startswith(_OTHER):
        raise refuse(N_("只接受 .xlsx 和 .csv 文件"), field="file")
    return _long_cells_refused(_text(data))


def _workbook(data: bytes) -> Grid:
    parts = parts_of(data)
    lower = {name.lower(): content for name, content in parts.items()}
    sizes = scanning.text_sizes(lower["xl/sharedstrings.xml"]) if _has_texts(lower) else []
    styles = lower.get("xl/styles.xml")
    percents = scanning.percent_styles(styles) if styles else set()
    sheets = {name for name in lower if name.startswith("xl/worksheets/")}
    if "xl/workbook.xml" not in lower or not sheets or len(sheets) > MOST_SHEETS:
        raise broken()
    scans = {name: scanning.scan(lower[name], sizes, percents) for name in sorted(sheets)}
    try:
        return _first_filled(packed(parts), scans, lower)
    except (CalamineError, ValueError, OverflowError) as error:
        raise broken() from error


def _has_texts(parts: dict[str, bytes]) -> bool:
    return "xl/sharedstrings.xml" in parts


def _first_filled(package: bytes, scans: dict[str, scanning.Scan], parts: dict[str, bytes]) -> Grid:
    """The first sheet in tab order that holds anything; each is matched with its own scan."""
    order = scanning.sheet_parts(parts)
    with CalamineWorkbook.from_filelike(io.BytesIO(package)) as book:
        filled = [
            index
            for index, name in enumerate(book.sheet_names)
            if index < len(order) and scans.get(order[index]) and scans[order[index]].filled
        ]
        if not filled or len(order) != len(book.sheet_names):
            raise refuse(N_("文件里没有数据"), field="file")
        sheet = book.get_sheet_by_index(filled[0])
        found = scans[order[filled[0]]]
        return Grid(
            rows=[list(map(_value, row)) for row in sheet.to_python(skip_empty_area=False)],
            sheet=sheet.name,
            formulas=frozenset(found.formulas),
            faults=frozenset(found.faults),
            percents=frozenset(found.percents),
            merged=tuple(_merged(area) for area in sheet.merged_cell_ranges or ()),
            other_sheets=tuple(book.sheet_names[index] for index in filled[1:]),
        )


def _value(cell: Any) -> Any:
    return None if cell == "" else cell


def _merged(area: tuple[tuple[int, int], tuple[int, int]]) -> Merged:
    (top, left), (bottom, right) = area
    return Merged(top + 1, left + 1, bottom + 1, right + 1)


def _text(data: bytes) -> Grid:
    text, encoding = decoded(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise refuse(N_("这个文件不是表格"), field="file") from error
    if len(rows) > MOST_ROWS + scanning.ROOM_ABOVE:
        raise scanning.too_many_rows()
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        raise refuse(N_("最多 %(most)s 列"), field="file", most=MOST_COLUMNS)
    cells = [[None if is_blank(value) else value for value in row] for row in rows]
    if not any(any(value is not None for value in row) for row in cells):
        raise refuse(N_("文件里没有数据"), field="file")
    return Grid(rows=cells, encoding=encoding)


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a CSV file: UTF-8 with or without mark, UTF-16 with mark, else GB18030."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    elif b"\x00" in data:
        raise refuse(N_("只接受 .xlsx 和 .csv 文件"), field="file")
    else:
        candidates = ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding.removesuffix("-sig")
    raise refuse(
        N_("文字编码认不出"), field="file", instead=N_("另存为 UTF-8 或 GB18030 的 CSV，或 .xlsx")
    )


def _delimiter(text: str) -> str:
    """The sign that parts most cells in the first lines."""
    head = "\n".join(text.splitlines()[:10])
    return max(_DELIMITERS, key=head.count)


def _long_cells_refused(grid: Grid) -> Grid:
    for row in grid.rows:
        for value in row:
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise _long_cell()
    return grid


def _long_cell() -> Refused:
    return refuse(N_("有单元格超过 %(most)s 个字"), field="file", most=LONGEST_CELL)
