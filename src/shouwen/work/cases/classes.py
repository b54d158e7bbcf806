"""The company's own lists: categories of content and grades of severity of a complaint (R2-13)."""

from datetime import datetime
from typing import Any

from shouwen.ground.foundation import clock, words
from shouwen.ground.org import ruling, values

Row = dict[str, Any]
CATEGORIES, GRADES = "categories", "grades"


def rows(division: int, name: str, at: datetime | None = None) -> list[Row]:
    """One of the lists as it is in force in a division; empty where no clause asks for one."""
    at = at or clock.now()
    for clause in ruling.clauses("checklist", division, at, form="complaint"):
        for spec in clause.values:
            if spec.key.endswith(f".{name}"):
                return values.find(spec.key, division, at) or []
    return []


def choices(division: int, name: str, at: datetime | None = None) -> list[tuple[str, str]]:
    """The same as choices of a field, in the reader's language."""
    return [(row["code"], _title(row)) for row in rows(division, name, at)]


def category_title(division: int, code: str) -> str:
    """A category in words; the bare code when the list has lost it."""
    return _found(division, CATEGORIES, code)


def grade_title(division: int, code: str) -> str:
    """A grade in words."""
    return _found(division, GRADES, code)


def _found(division: int, name: str, code: str) -> str:
    return next((_title(row) for row in rows(division, name) if row["code"] == code), code)


def _title(row: Row) -> str:
    return str((words.language() == "en" and row.get("name_en")) or row["name_zh"])
