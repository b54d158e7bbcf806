"""Counts and lists that cost the same however many rows there are: they stop when it is enough.

Django cannot put slices into one statement on SQLite; here stands the little SQL that can, on both
databases, over conditions that querysets state.
"""
# ruff: noqa: S608 - every part is the statement of a queryset, with its values apart

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

MOST = 99
"""Beyond this many nobody reads the number: it is shown as `99+`."""


def counts(wanted: Mapping[str, QuerySet[Any]], most: int = MOST) -> dict[str, int]:
    """How many rows each has, `most + 1` where there are more; one statement."""
    if not wanted:
        return {}
    parts, params = [], []
    for rows in wanted.values():
        sql, given = _statement(rows.order_by().values("pk")[: most + 1])
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        found = cursor.fetchone()
    return dict(zip(wanted, found, strict=True))


def shown(count: int, most: int = MOST) -> str:
    """A bounded count as people read it."""
    return f"{most}+" if count > most else str(count)


@dataclass(frozen=True)
class Alike:
    """Branches that differ in a few values only; `rows(*values, *shape)` is the queryset of one.

    Making a statement costs more than running it: theirs is made once, and kept for the same
    function of a module and the same shape.
    """

    rows: Callable[..., QuerySet[Any]]
    values: Collection[tuple[int | str, ...]]
    shape: tuple[Any, ...] = ()


def first_of_each(branches: Iterable[QuerySet[Any] | Alike], limit: int) -> RawSQL:
    """The keys of the first `limit` rows of each branch, for `pk__in`.

    Each branch is a queryset in the order of one index, or the database may prefer to look through
    the whole table for its first rows; joined by OR they would be read whole.
    """
    parts, params = [], []
    for branch in branches:
        for sql, given in _parts(branch, limit):
            parts.append(sql)
            params += given
    return RawSQL(" UNION ALL ".join(parts), params)  # noqa: S611


def _parts(branch: QuerySet[Any] | Alike, limit: int) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(branch, QuerySet):
        sql, given = _statement(branch.values("pk")[:limit])
        yield f"SELECT * FROM ({sql}) AS branch", given
    elif branch.values and connection.vendor == "postgresql":
        yield _for_each(branch, limit)
    elif branch.values:
        yield from _one_by_one(branch, limit)


def _for_each(branch: Alike, limit: int) -> tuple[str, list[Any]]:
    """One part for all values. Thirty parts are planned anew each time: 5 ms where this takes 1."""
    sql, given, places = _statement_of(branch, limit)
    pieces = sql.split("%s")
    holders = {place: f"given.value_{nth}" for nth, place in enumerate(places)}
    marks = [holders.get(place, "%s") for place in range(len(given))]
    inner = "".join(chain.from_iterable(zip(pieces, [*marks, ""], strict=True)))
    columns = [list(column) for column in zip(*branch.values, strict=True)]
    types = ["text" if isinstance(column[0], str) else "bigint" for column in columns]
    names = ", ".join(f"value_{nth}" for nth in range(len(columns)))
    lists = ", ".join(f"%s::{one}[]" for one in types)
    rest = [value for place, value in enumerate(given) if place not in holders]
    return (
        f"SELECT branch.* FROM unnest({lists}) AS given({names})"
        f" CROSS JOIN LATERAL ({inner}) AS branch",
        [*columns, *rest],
    )


def _one_by_one(branch: Alike, limit: int) -> Iterator[tuple[str, list[Any]]]:
    """A part for each value, where a part cannot take them from a row; none is planned twice."""
    sql, known, places = _statement_of(branch, limit)
    given = [*known]
    for values in branch.values:
        for place, value in zip(places, values, strict=True):
            given[place] = value
        yield f"SELECT * FROM ({sql}) AS branch", [*given]


def _statement_of(branch: Alike, limit: int) -> tuple[str, Sequence[Any], Sequence[int]]:
    """The statement of one branch, its values, and where among them its own stand."""
    types = tuple(isinstance(one, str) for one in next(iter(branch.values)))
    return _marked(branch.rows, branch.shape, types, limit, connection.vendor)


@lru_cache(maxsize=200)
def _marked(
    rows: Callable[..., QuerySet[Any]],
    shape: tuple[Any, ...],
    are_texts: tuple[bool, ...],
    limit: int,
    vendor: str,
) -> tuple[str, Sequence[Any], Sequence[int]]:
    marks = [f"mark {n}" if is_text else -1 - n for n, is_text in enumerate(are_texts)]
    sql, given = _statement(rows(*marks, *shape).values("pk")[:limit])
    return sql, given, [given.index(mark) for mark in marks]


def _statement(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    sql, params = rows.query.sql_with_params()
    return sql, [*params]
