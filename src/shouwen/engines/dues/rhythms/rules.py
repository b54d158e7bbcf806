"""From what the company set to the day of a record's turn. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

Figures = Mapping[str, Mapping[str, int | None]]
"""By class: after how many `days`, and `within` how many days it has to be done; "" is the rest."""

OWN = frozenset({"days", "within"})
"""The columns of the table that are figures; the other one names the class."""


def figures_of(value: Any) -> dict[str, dict[str, int | None]]:
    """A table by class, or one number of days for everybody; empty while nothing is set."""
    if value is None:
        return {}
    if not isinstance(value, list):
        return {"": {"days": int(value), "within": None}}
    return {_class_of(row): {key: row.get(key) for key in sorted(OWN)} for row in value}


def _class_of(row: Mapping[str, Any]) -> str:
    named = (str(cell or "") for key, cell in row.items() if key not in OWN)
    return next(named, "")


def class_word(columns: Iterable[str]) -> str:
    """By which fact of a record its interval is picked; empty where all have the same."""
    return next((key for key in columns if key not in OWN), "")


def figure(figures: Figures, segment: str, name: str) -> int | None:
    """The figure of a class: its own line, else that of everybody else."""
    row = figures.get(segment) or figures.get("")
    return row.get(name) if row else None


def next_turn(figures: Figures, segment: str, last: datetime) -> datetime | None:
    """When its turn is; None while the company has not said for this class."""
    days = figure(figures, segment, "days")
    return last + timedelta(days=days) if days is not None else None
