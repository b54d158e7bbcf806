"""Who may change the organisation: the keeper of the rules, and the general manager's office."""

from shouwen.ground.foundation.refusal import N_, refuse

from . import queries
from .models import Person, Unit

KEEPER = "rules_office"
"""Function of the unit, or post holder, that keeps the rules of the group or of a division."""
KEEPERS = (KEEPER, "gm_office.manager")


def may_keep(person: Person, division: Unit | int | None) -> bool:
    """Whether a person may change a division; with None, what is common to all of them."""
    if division is None:
        return any(may_keep(person, one) for one in queries.divisions())
    return any(queries.holds(person, role, division) for role in KEEPERS)


def require_keeper(by: Person | None, unit: Unit | int | None) -> None:
    """Refuse whoever may not change a unit; `by=None` is the system setting itself up."""
    if by is None:
        return
    division = queries.division_of(unit) if unit is not None else None
    if not may_keep(by, division):
        raise refuse(
            N_("只有制度管理员或总经理室经理可以修改组织、日历和公司规定值"),
            instead=N_("请联系制度管理员"),
        )
