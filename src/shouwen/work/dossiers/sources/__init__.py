"""What each storey keeps of a person: how it is collected, and how it forgets.

A primitive above registers its own (`register(Source(…))`) when its records name people.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.work.dossiers.rules import Who

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One kind of record: its title (message id), what it holds of a person, how it forgets him.

    `collect(who)` gives flat rows of JSON values; `erase(who, at)` says how many it replaced.
    """

    key: str
    title: str
    collect: Callable[[Who], Iterable[Row]]
    erase: Callable[[Who, datetime], int]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have a kind of record exported and erased with its person."""
    _sources[source.key] = source


def sources() -> list[Source]:
    """Every kind, in the order in which they were registered."""
    return list(_sources.values())
