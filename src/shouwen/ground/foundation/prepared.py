"""Questions that are put again and again: their SQL is written once, then filled with new values.

Django writes the SQL of a queryset anew each time it is asked: half of what a short question costs,
and more than what the database spends on it (decision 16).
"""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router, transaction
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

P = ParamSpec("P")
M = TypeVar("M")
KEPT_SHAPES = 200
"""So many shapes of one question are kept; then it begins anew."""


class Prepared(Generic[P, M]):
    """A question made of a function that gives its queryset; see `prepared`."""

    def __init__(self, ask: "Callable[P, models.QuerySet[Any, M]]") -> None:
        self.__doc__, self.__name__ = ask.__doc__, ask.__name__
        self._ask: Callable[..., models.QuerySet[Any, M]] = ask
        self._written: dict[Any, _Written] = {}

    def __call__(self, *values: P.args, **shape: P.kwargs) -> list[M]:
        """All answers, in one statement."""
        if any(map(_is_beyond, values)):  # Django knows what that finds, column by column
            return list(self._ask(*values, **shape))
        return self._of(len(values), shape).answers(values)

    def first(self, *values: P.args, **shape: P.kwargs) -> M | None:
        """The first answer, or None; the function itself says in which order, and fetches one."""
        return next(iter(self(*values, **shape)), None)

    def one(self, *values: P.args, **shape: P.kwargs) -> M:
        """The answer; raises the model's DoesNotExist when there is none."""
        found = self.first(*values, **shape)
        if found is None:
            model = self._of(len(values), shape).asked.model
            raise model.DoesNotExist(f"{self.__name__}{values}")
        return found

    def _of(self, values: int, shape: dict[str, Any]) -> "_Written":
        key = (values, *shape.items())
        written = self._written.get(key)
        if written is None:
            if len(self._written) >= KEPT_SHAPES:
                self._written = {}
            marks = map(_Mark, range(values))
            written = self._written[key] = _Written(self._ask(*marks, **shape))
        return written


def prepared(ask: "Callable[P, models.QuerySet[Any, M]]") -> Prepared[P, M]:
    """Make a function that returns a queryset a question whose SQL is written once.

    Its positional arguments are the values: numbers, texts, days or moments, compared as they are
    (`filter(pk=one)`, `opened_at__lt=then`); never None, never true or false, for which other SQL
    is written: both raise TypeError. They may not decide anything in the function, which sees marks
    in their place. Whatever decides is a keyword argument, and each set of those is written by
    itself, so they should be few.

        @prepared
        def _run(kind: str, pk: int) -> QuerySet[Run]:
            return Run.objects.filter(subject_kind=kind, subject_id=pk)[:1]

        run = _run.first("case", case.pk)
    """
    return Prepared(ask)


class _Mark(Expression):
    """Stands for a value while the SQL is written, and among its parameters ever after."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class _Written:
    """The SQL of one question in one shape, by the kind of database it was put to."""

    def __init__(self, asked: models.QuerySet[Any, Any]) -> None:
        self.asked = asked
        self._by_vendor: dict[str, tuple[SQLCompiler, str, Sequence[Any]] | None] = {}

    def answers(self, values: Sequence[Any]) -> list[Any]:
        """What the database answers with these values."""
        connection = connections[_database(self.asked)]
        _require_lockable(self.asked, connection)
        written = self._sql(connection)
        if written is None:  # it can find nothing, whatever the values
            return []
        compiler, sql, params = written
        filled = tuple(
            _value(values[one.place], connection) if type(one) is _Mark else one for one in params
        )
        return _fetch(self.asked, _ready(compiler, sql, filled, connection))

    def _sql(self, connection: Any) -> tuple[SQLCompiler, str, Sequence[Any]] | None:
        vendor = connection.vendor
        if vendor not in self._by_vendor:
            compiler = self.asked.query.chain().get_compiler(connection=connection)
            try:
                self._by_vendor[vendor] = (compiler, *compiler.as_sql())
            except EmptyResultSet:
                self._by_vendor[vendor] = None
        return self._by_vendor[vendor]


def _database(asked: models.QuerySet[Any, Any]) -> str:
    """Where it is asked today: reports may be read from a replica, what is locked never is."""
    fixed = asked._db  # type: ignore[attr-defined]
    route = router.db_for_write if asked.query.select_for_update else router.db_for_read
    return str(fixed or route(asked.model))


def _require_lockable(asked: models.QuerySet[Any, Any], connection: Any) -> None:
    if asked.query.select_for_update and connection.get_autocommit():
        raise transaction.TransactionManagementError("what is locked is held by a transaction")


def _is_beyond(value: Any) -> bool:
    """Whether no column of a database holds such a number."""
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def _value(value: Any, connection: Any) -> Any:
    """A value as its database takes it."""
    if value is None or isinstance(value, bool):
        raise TypeError(f"{value} is written, not filled in: make it a keyword argument")
    if isinstance(value, str):
        return str(value)  # of a choice the word alone
    if isinstance(value, int):
        return connection.ops.adapt_integerfield_value(value, "BigIntegerField")
    return connection.ops.adapt_unknown_value(value)


def _ready(compiler: SQLCompiler, sql: str, params: Sequence[Any], connection: Any) -> SQLCompiler:
    """The compiler that wrote the SQL, with everything it knows of the columns, and our values."""
    ready = copy(compiler)
    ready.connection = connection
    ready.as_sql = lambda *_args, **_more: (sql, params)  # type: ignore[assignment, method-assign]
    return ready


def _fetch(asked: models.QuerySet[Any, Any], ready: SQLCompiler) -> list[Any]:
    """Read the rows as Django does, by the compiler that is ready instead of one of its own."""
    query = copy(ready.query)
    query.get_compiler = lambda *_args, **_more: ready  # type: ignore[method-assign]
    twin = type(asked)(asked.model, query=query, using=ready.connection.alias)
    twin._iterable_class = asked._iterable_class
    twin._fields = asked._fields  # type: ignore[attr-defined]
    twin._prefetch_related_lookups = asked._prefetch_related_lookups  # type: ignore[attr-defined]
    return list(twin)
