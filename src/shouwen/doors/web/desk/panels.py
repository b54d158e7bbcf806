"""Small lists beside the desk: what other rooms want to show there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shouwen.doors.web.people import Request


@dataclass(frozen=True)
class Row:
    """One line: where it leads, what it says, a due or a moment at its end."""

    title: Any
    url: str = ""
    hint: Any = ""
    due: Any = None


@dataclass(frozen=True)
class Panel:
    """A titled list; `more` leads to all of it."""

    title: Any
    icon: str
    rows: list[Row] = field(default_factory=list)
    count: int | None = None
    more: str = ""
    empty: Any = ""


Build = Callable[[Request], Panel | None]
_registered: dict[str, tuple[int, Build]] = {}


def register(key: str, order: int, build: Build) -> None:
    """Put a panel beside the desk, by `order` from above."""
    _registered[key] = (order, build)


def panels_for(request: Request) -> list[Panel]:
    """Every panel that has something to say to this person."""
    builds = [build for _order, build in sorted(_registered.values(), key=lambda one: one[0])]
    return [panel for build in builds if (panel := build(request)) is not None]
