"""The company's own lists: categories of content and grades of severity of a complaint (R2-13)."""

from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext

from shouwen.ground.foundation import clock, words
from shouwen.ground.org import ruling, values

Row = dict[str, Any]
CATEGORIES, GRADES = "categories", "grades"
UNSORTED = "unsorted"
"""The category of what nobody classified yet."""


def rows(division: int, name: str, at: datetime | None = None) -> list[Row]:
    """One of the lists as it is in force in a division; empty where no clause asks for one."""
    at = at or clock.now()
    for clause in ruling.clauses("checklist", division, at, form="complaint"):
        if key := getattr(clause.spec, name, ""):
            return values.find(key, division, at) or []
    return []


def choices(division: int, name: str, at: datetime | None = None) -> list[tuple[str, str]]:
    """The same as choices of a field, in the reader's language."""
    return [(row["code"], _title(row)) for row in rows(division, name, at)]


def category_title(division: int, code: str) -> str:
    """A category in words; the bare code when the list has lost it."""
    if code == UNSORTED:
        return gettext("待分类")
    return _found(division, CATEGORIES, code)


def grade_title(division: int, code: str) -> str:
    """A grade in words."""
    return _found(division, GRADES, code)


class Graded(Protocol):
    """Whatever has a grade in a division."""

    division_id: int
    grade: str


def track_of(matter: Graded, at: datetime | None = None) -> str:
    """How a severity is to be treated: the company's list says so for each grade."""
    if not matter.grade:
        return ""
    found = rows(matter.division_id, GRADES, at)
    return next((str(row["track"]) for row in found if row["code"] == matter.grade), "")


def _found(division: int, name: str, code: str) -> str:
    return next((_title(row) for row in rows(division, name) if row["code"] == code), code)


def words_of(division: int, name: str, code: str) -> words.Words:
    """A code of one of the lists in both languages, for a message."""
    row = next((row for row in rows(division, name) if row["code"] == code), None)
    zh = row["name_zh"] if row else code
    return words.Words(zh=zh, en=(row and row.get("name_en")) or zh)


def _title(row: Row) -> str:
    return str((words.language() == "en" and row.get("name_en")) or row["name_zh"])
