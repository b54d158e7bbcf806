"""What has to be looked at again and again.

A sweep does what is due at a moment and returns how much it did. It is safe beside itself in
another worker: it claims rows by conditional updates or locks, so a second one finds nothing left.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from shouwen.ground.waiting import name_of

Look = Callable[[datetime], int]


@dataclass(frozen=True)
class Sweep:
    """One thing to look at, and how long to wait between two looks."""

    name: str
    every: float
    look: Look
    rows: str = ""
    """The table it works off, as it is announced: then it looks at once instead of by and by."""


_registered: dict[str, Sweep] = {}


def sweep(name: str, *, every: float, rows: type[Model] | None = None) -> Callable[[Look], Look]:
    """Register `look(now) -> int` to be taken every so many seconds by whichever worker is up.

    `rows` is the table whose announced rows it works off; a broker makes it look at once.
    """

    def register(look: Look) -> Look:
        _registered[name] = Sweep(name, every, look, name_of(rows) if rows else "")
        return look

    return register


def registered() -> list[Sweep]:
    """Every sweep of the product."""
    from . import everyday  # noqa: F401 - registers itself by being imported

    return list(_registered.values())
