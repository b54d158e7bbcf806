"""Say that a row waits for a worker.

The row is the truth and is found by the next look anyway; the word only makes that look come
sooner. Where nobody listens, which is the case without a broker, it costs nothing.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Model

Listener = Callable[[str], None]
_listeners: list[Listener] = []


def name_of(table: type[Model]) -> str:
    """What a table is called when one of its rows waits: `search.searchwaiting`."""
    return str(table._meta.label_lower)


def announce(table: type[Model]) -> None:
    """A row of this table waits as soon as the caller's transaction is committed."""
    if _listeners:
        name = name_of(table)
        transaction.on_commit(lambda: _tell(name), robust=True)


def listen(listener: Listener) -> Callable[[], None]:
    """Have it told the name of each table in which a row waits; gives the way to stop that.

    It is called in the thread of whoever committed: it may neither wait nor fail.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def _tell(name: str) -> None:
    for listener in list(_listeners):
        listener(name)
