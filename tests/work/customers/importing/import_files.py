"""Files as people, and attackers, send them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter


def xlsx(rows: Sequence[Sequence[Any]], paint: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with one sheet; `paint(book, page)` adds what plain values cannot say."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet("数据")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if hasattr(value, "year"):
                    page.write_datetime(row, column, value, dates)
                elif value is not None:
                    page.write(row, column, value)
        if paint:
            paint(book, page)
    return buffer.getvalue()


def csv(text: str, encoding: str = "utf-8") -> bytes:
    """The text of a CSV file in an encoding."""
    return text.encode(encoding)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def package(found: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of parts, whatever they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, content in found.items():
            out.writestr(name, content)
    return buffer.getvalue()


def changed(data: bytes, **replaced: bytes) -> bytes:
    """The same workbook with some parts replaced or added; `__` stands for `/`, `_` for a dot."""
    found = parts(data)
    for name, content in replaced.items():
        found[name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin")] = content
    return package(found)
