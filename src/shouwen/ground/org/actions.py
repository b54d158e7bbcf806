"""The verbs of the organisation, by the noun they belong to."""

from .adoptions import adopt_regulation, end_adoption
from .people import (
    appoint,
    change_person,
    end_appointment,
    hire,
    leave,
    return_early,
    substitute_while_away,
)
from .units import add_post, add_unit, change_unit, close_unit, move_unit

__all__ = [
    "add_post",
    "add_unit",
    "adopt_regulation",
    "appoint",
    "change_person",
    "change_unit",
    "close_unit",
    "end_adoption",
    "end_appointment",
    "hire",
    "leave",
    "move_unit",
    "return_early",
    "substitute_while_away",
]
