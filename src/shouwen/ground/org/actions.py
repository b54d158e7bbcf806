"""The verbs of the organisation, by the noun they belong to."""

from .people import (
    appoint,
    change_person,
    end_appointment,
    hire,
    leave,
    set_password,
)
from .units import add_post, add_unit, change_unit, close_unit, move_unit
from .values import set_value
from .verbs.absences import return_early, substitute_while_away
from .verbs.adoptions import adopt_regulation, end_adoption
from .verbs.duties import state_duties
from .verbs.worktimes import clear_work_day, import_year, set_work_day, set_work_hours

__all__ = [
    "add_post",
    "add_unit",
    "adopt_regulation",
    "appoint",
    "change_person",
    "change_unit",
    "clear_work_day",
    "close_unit",
    "end_adoption",
    "end_appointment",
    "hire",
    "import_year",
    "leave",
    "move_unit",
    "return_early",
    "set_password",
    "set_value",
    "set_work_day",
    "set_work_hours",
    "state_duties",
    "substitute_while_away",
]
