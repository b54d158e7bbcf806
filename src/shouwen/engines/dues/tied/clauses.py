"""Which clauses tie dues to facts or to the calendar, in the editions that are published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from shouwen.engines.dues.kinds import DeadlineSpec, DutySpec
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

from .periods import Every


@dataclass(frozen=True)
class Events:
    """Which facts any edition of any regulation ties dues to; all others cost nothing."""

    starts: frozenset[str]
    stops: frozenset[str]
    duty_stops: frozenset[str]
    renews: frozenset[str]


_known: list[tuple[list[Any], Events]] = []


def events() -> Events:
    """Worked out once for the editions in force; costs no query."""
    heads = policy.regulations()
    if not _known or [*map(id, _known[0][0])] != [*map(id, heads)]:
        tied = [clause.spec for clause in _every_edition() if is_tied(clause)]
        periodic = [clause.spec for clause in _every_edition() if is_periodic(clause)]
        rhythms = [clause.spec for clause in _every_edition() if is_rhythm(clause)]
        found = Events(
            frozenset(start for spec in tied for start in starts_of(spec)),
            frozenset(stop for spec in tied for stop in spec.stops),
            frozenset(stop for spec in periodic for stop in spec.stops),
            frozenset(stop for spec in rhythms for stop in spec.stops),
        )
        _known[:] = [(heads, found)]
    return _known[0][1]


def _every_edition() -> Iterator[Clause]:
    """Earlier editions too: a matter is settled by what the edition that opened it said."""
    for head in policy.regulations():
        for number in range(1, head.edition.number + 1):
            try:
                for clause in policy.clauses(head.code, edition=number):
                    yield from clause.sides
            except policy.NotInForce:
                continue


def is_tied(clause: Clause) -> bool:
    """Whether facts open its dues: not where a flow or a paper does, nor what is not kept yet."""
    spec = clause.spec
    if not clause.running or not isinstance(spec, DeadlineSpec | DutySpec):
        return False
    if isinstance(spec, DutySpec):
        return bool(spec.after and spec.stops and not spec.form and not spec.while_open)
    return bool(spec.pick) or _type_of(clause, spec.value) != "table"


def is_periodic(clause: Clause) -> bool:
    """Whether its duty comes round with the calendar and some fact settles it."""
    spec = clause.spec
    if not clause.running or not isinstance(spec, DutySpec):
        return False
    return comes_round(spec) and bool(spec.stops)


def is_reminder(clause: Clause) -> bool:
    """Whether it asks to remind, week by week, of what is open under it."""
    spec = clause.spec
    if not clause.running or not isinstance(spec, DutySpec):
        return False
    return spec.every == "week" and bool(spec.value) and not spec.stops


def is_rhythm(clause: Clause) -> bool:
    """Whether it comes round for each record of a kind, at an interval the company sets."""
    spec = clause.spec
    if not clause.running or not isinstance(spec, DutySpec):
        return False
    kept = spec.every == "company_interval" and isinstance(spec.each, str)
    return kept and bool(spec.value and spec.stops)


def comes_round(spec: DutySpec) -> bool:
    """Whether the calendar alone says when; an interval of the company's or holidays do not."""
    return spec.every in get_args(Every)


def starts_of(spec: DeadlineSpec | DutySpec) -> tuple[str, ...]:
    """The facts from which the time is counted; with several, each begins it anew."""
    said = spec.starts if isinstance(spec, DeadlineSpec) else spec.after
    return (said,) if isinstance(said, str) else said


def _type_of(clause: Clause, key: str) -> str:
    return next((value.type for value in clause.values if value.key == key), "")


def gives_to(number: str, word: str) -> bool:
    """Whether the dues of a clause are whose the facts of a matter name by that word."""
    try:
        sides = policy.clause(number).sides if number else ()
    except policy.NotInForce:
        return False
    return any(word in _owners(side.spec) for side in sides)


def _owners(spec: Any) -> tuple[str, ...]:
    if isinstance(spec, DeadlineSpec):
        return (spec.owner,)
    return spec.owners if isinstance(spec, DutySpec) else ()
