"""The verbs of limits: spend one try, look at what is left, forget what is over."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import connection
from django.db.models import Exists

from shouwen.ground.foundation import clock

from .models import Window
from .rules import Limit, Spent, window

_SPEND = (
    f"INSERT INTO {Window._meta.db_table} (scope, who, since, count) VALUES (%s, %s, %s, %s) "  # noqa: S608
    "ON CONFLICT (scope, who, since) DO UPDATE "
    f"SET count = {Window._meta.db_table}.count + excluded.count RETURNING count"
)
"""One statement, so that two tries at the same moment are two."""
PARTS = 100
"""Into so many parts a large limit is cut by whoever counts in parts."""


def spend(limit: Limit, who: str, *, at: datetime | None = None) -> Spent:
    """Count one try. Called outside of the transaction of what is tried: a try stays a try."""
    at = at or clock.now()
    since = window(limit, at)
    return Spent(limit, _add(limit, who, since, 1), since + limit.per)


@dataclass
class _Held:
    """What this process counted and has not written yet, over what the table said last."""

    since: datetime
    mine: int = 0
    known: int | None = None


_held: dict[tuple[str, str], _Held] = {}
_lock = Lock()


def spend_in_parts(limit: Limit, who: str, *, at: datetime | None = None) -> Spent:
    """Count one try of very many: a hundredth of the limit is written at a time.

    A durable write for every request costs more than the request. Each process may let pass a
    hundredth too much; a limit below two hundred is kept to the try.
    """
    at = at or clock.now()
    since = window(limit, at)
    with _lock:
        held = _held.get((limit.scope, who))
        if held is None or held.since != since:
            held = _held[limit.scope, who] = _Held(since)
        held.mine += 1
        if held.known is not None and held.mine < max(1, limit.most // PARTS):
            return Spent(limit, held.known + held.mine, since + limit.per)
        tries, held.mine = held.mine, 0
    held.known = _add(limit, who, since, tries)
    return Spent(limit, held.known, since + limit.per)


def forget_parts() -> None:
    """Drop what this process has not written: the table was emptied, or is another one."""
    with _lock:
        _held.clear()


def _add(limit: Limit, who: str, since: datetime, tries: int) -> int:
    moment = connection.ops.adapt_datetimefield_value(since)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [limit.scope, digest(who), moment, tries])
        return int(cursor.fetchone()[0])


def spent(limit: Limit, who: str, *, at: datetime | None = None) -> Spent:
    """What was tried in this window so far; counts nothing."""
    since = window(limit, at or clock.now())
    row = Window.objects.filter(scope=limit.scope, who=digest(who), since=since).first()
    return Spent(limit, row.count if row else 0, since + limit.per)


def window_of(
    limit: Limit, who: str, *, at: datetime | None = None
) -> tuple[str, str, datetime, int]:
    """Somebody's present window of a limit, as `used_up` takes it."""
    return limit.scope, digest(who), window(limit, at or clock.now()), limit.most


def used_up(scope: str, who: str, since: datetime, most: int) -> Exists:
    """Whether the next try would be one too many, as a column of a statement made anyway."""
    rows = Window.objects.filter(scope=scope, who=who, since=since)
    return Exists(rows.filter(count__gte=most))


def digest(who: str) -> str:
    """An address or a number as nobody reads it back without the key of the installation."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:{who}".encode()).hexdigest()


def forget(before: datetime) -> int:
    """Drop windows that began before a moment; run by the nightly sweep."""
    return Window.objects.filter(since__lt=before).delete()[0]
