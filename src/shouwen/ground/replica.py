"""Whether a question may be answered by the replica of the database.

Only inside `reading_reports()`, which the web opens around reports and exports. There every table
is read from the replica but those that say who may do what: a right that was taken away a second
ago is gone at once. Inside a transaction everything is read where it is written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

REPORTS = "reports"
AUTHORITY = frozenset({"org", "policy", "auth", "sessions", "axes", "contenttypes"})
"""Apps that are remembered by a process or decide about rights: never from a replica."""

_reading: ContextVar[bool] = ContextVar("reading_reports", default=False)


@contextmanager
def reading_reports() -> Iterator[None]:
    """Until the end of the block questions go to the replica."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_configured() -> bool:
    """Whether this installation has a replica."""
    return REPORTS in settings.DATABASES


class Router:
    """The one place that chooses between the two databases."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        """The replica while reports are read, outside of a transaction, but for rights."""
        if not _reading.get() or model._meta.app_label in AUTHORITY:
            return DEFAULT_DB_ALIAS
        return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else REPORTS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        """Always the same one."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """A replica gets its tables by replication."""
        return db == DEFAULT_DB_ALIAS
