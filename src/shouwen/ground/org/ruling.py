"""What a division is bound by: the clauses in force there, asked for by their meaning."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from shouwen.ground.foundation import clock
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from . import queries, values
from .models import Unit
from .roster import roster


def editions(division: Unit | int, day: date) -> Mapping[str, int]:
    """Regulation → edition that a division works by on a day; each act asks for it many times."""
    known = queries.key(division)
    found: Mapping[str, int] = roster().memo(
        ("editions", known, day), lambda: _editions(known, day)
    )
    return found


def _editions(division: int, day: date) -> Mapping[str, int]:
    codes = {adoption.regulation for adoption in queries.adoptions(division)}
    found = {code: queries.adopted(division, code, day) for code in sorted(codes)}
    return MappingProxyType({code: edition for code, edition in found.items() if edition})


def clauses(kind: str, division: Unit | int, at: datetime, **match: Any) -> list[Clause]:
    """Clauses of a kind that bind a division and whose figures match; see `policy.in_force`.

    `clauses("checklist", centre, at, form="intake", before="intake.routed")`
    """
    day = clock.day_of(at)
    return policy.in_force(kind, day, adopted=editions(division, day), **match)


def clause(kind: str, division: Unit | int, at: datetime, **match: Any) -> Clause | None:
    """The first of them: what a refusal quotes. None where nothing of the kind binds."""
    found = clauses(kind, division, at, **match)
    return found[0] if found else None


def figures(name: str, found: Iterable[Clause], division: Unit | int, at: datetime) -> list[Any]:
    """What the company set under that name in these clauses: `R2-12.minutes`, `R6-13.minutes`.

    Where two regulations leave the same figure open, both count; the caller takes the stricter.
    """
    keys = (spec.key for one in found for spec in one.values if spec.key.endswith(f".{name}"))
    set_ones = (values.find(key, division, at) for key in keys)
    return [one for one in set_ones if one is not None]
