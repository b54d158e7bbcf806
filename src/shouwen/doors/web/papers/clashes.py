"""Two people wrote in one section: both texts side by side, and a choice for every field.

The first who saved is kept; what the second typed comes back in his form, and beside each field
that differs he may take the other's text instead.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from shouwen.engines.documents import presentation, rules
from shouwen.engines.documents.definitions import FieldDef
from shouwen.engines.documents.models import Section
from shouwen.engines.documents.names import Names
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Reason

CHOICE = "choose."
"""`choose.<field>` = `theirs` takes what the other one saved."""


@dataclass(frozen=True)
class Conflict:
    """Who saved meanwhile, and every field in which the two texts differ."""

    saved: Section
    fields: list[presentation.Change]


def is_clash(reasons: Iterable[Reason]) -> bool:
    """Whether a form came back because somebody else saved meanwhile."""
    return any("version" in reason.facts for reason in reasons)


def conflict(saved: Section, typed: Mapping[str, Any], names: Names) -> Conflict | None:
    """What differs; None when both wrote the same."""
    section = saved.definition
    mine, _reasons = rules.clean(section, typed, now=clock.now())
    same = {
        one.key
        for one in section.fields
        if one.computed or not (saved.data.get(one.key) or mine.get(one.key))
    }
    fields = [
        change
        for change in presentation.describe_changes(section, saved.data, mine, names)
        if change.key not in same
    ]
    return Conflict(saved, fields) if fields else None


def chosen(saved: Section, raw: dict[str, Any], post: QueryDict) -> dict[str, Any]:
    """What was typed, with the other's text where that was chosen."""
    theirs = {
        one.key: as_typed(one, saved.data.get(one.key))
        for one in saved.definition.fields
        if post.get(f"{CHOICE}{one.key}") == "theirs"
    }
    return {**raw, **theirs}


def as_typed(one: FieldDef, value: Any) -> Any:
    """A stored value as somebody would have typed it."""
    from .inputs import shown

    if one.type == "lines":
        columns = {column.key: column for column in one.columns}
        return [
            {key: shown(columns[key], cell) for key, cell in row.items() if key in columns}
            for row in value or ()
        ]
    return shown(one, value)
