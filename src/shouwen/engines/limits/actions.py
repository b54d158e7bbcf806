"""The verbs of limits: spend one try, look at what is left, forget what is over."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import connection

from shouwen.ground.foundation import clock

from .models import Window
from .rules import Limit, Spent, window

_SPEND = (
    f"INSERT INTO {Window._meta.db_table} (scope, who, since, count) VALUES (%s, %s, %s, 1) "  # noqa: S608
    f"ON CONFLICT (scope, who, since) DO UPDATE SET count = {Window._meta.db_table}.count + 1 "
    "RETURNING count"
)
"""One statement, so that two tries at the same moment are two."""


def spend(limit: Limit, who: str, *, at: datetime | None = None) -> Spent:
    """Count one try. Called outside of the transaction of what is tried: a try stays a try."""
    at = at or clock.now()
    since = window(limit, at)
    moment = connection.ops.adapt_datetimefield_value(since)
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [limit.scope, digest(who), moment])
        count = int(cursor.fetchone()[0])
    return Spent(limit, count, since + limit.per)


def spent(limit: Limit, who: str, *, at: datetime | None = None) -> Spent:
    """What was tried in this window so far; counts nothing."""
    since = window(limit, at or clock.now())
    row = Window.objects.filter(scope=limit.scope, who=digest(who), since=since).first()
    return Spent(limit, row.count if row else 0, since + limit.per)


def digest(who: str) -> str:
    """An address or a number as nobody reads it back without the key of the installation."""
    return hashlib.sha256(f"{settings.SECRET_KEY}:{who}".encode()).hexdigest()


def forget(before: datetime) -> int:
    """Drop windows that began before a moment; run by the nightly sweep."""
    return Window.objects.filter(since__lt=before).delete()[0]
