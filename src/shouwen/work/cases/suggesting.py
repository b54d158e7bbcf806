"""What an untouched section starts with beyond its presets: proposals of an upper storey."""

from collections.abc import Callable
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet

from .models import Case

Data = dict[str, Any]
Suggestion = Callable[[Case, dict[str, Data]], Data]
_suggestions: dict[str, list[Suggestion]] = {}


def register(section: str) -> Callable[[Suggestion], Suggestion]:
    """Add a suggestion for a section of the complaint form: `suggest(case, sections)`."""

    def add(suggestion: Suggestion) -> Suggestion:
        _suggestions.setdefault(section, []).append(suggestion)
        return suggestion

    return add


def data_to_edit(case: Case, sheet: Sheet, key: str) -> Data:
    """What the form of a section shows: what was typed, else presets and suggestions."""
    found = papers.data_to_edit(sheet, key)
    if key in _suggestions and papers.is_untouched(sheet, key):
        sections = papers.data_of(sheet)
        for suggestion in _suggestions[key]:
            found = {**suggestion(case, sections), **found}
    return found
