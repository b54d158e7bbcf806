"""What the clauses of the edition say by which a division works: who does what, by which figure."""

from datetime import datetime
from typing import Any

from shouwen.ground.foundation.refusal import refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.ground.policy import queries as policy


def spec_of(division: Unit | int, number: str, at: datetime) -> Any:
    """The figures of a clause in the edition that the division has adopted."""
    edition = org.require_adopted(division, number.split("-")[0], at)
    return policy.clause(number, edition=edition).spec


def require(
    by: Person, role: str, division: Unit | int, at: datetime, refusal: tuple[str, str, str]
) -> None:
    """Refuse whoever does not hold the role: `refusal` is message, clause, what to do instead."""
    if org.as_whom(by, role, division, at) is None:
        message, clause, instead = refusal
        raise refuse(message, clause, instead=instead)
