"""The figures at the head of a regulation: R4-01 asks for three on the quality complaints.

Whoever computes them registers here: `indicators.register("R4", build)`, where `build(request)`
gives the figures, each with the address of the list behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shouwen.doors.web.people import Request


@dataclass(frozen=True)
class Indicator:
    """One figure: what it is, its value as text, over what, and the list it counts."""

    label: Any
    value: str
    hint: Any = ""
    url: str = ""


Build = Callable[[Request], list[Indicator]]
_builds: dict[str, Build] = {}


def register(code: str, build: Build) -> None:
    """Say how the figures of a regulation are made."""
    _builds[code] = build


def of(code: str, request: Request) -> list[Indicator]:
    """The figures of a regulation, if any."""
    build = _builds.get(code)
    return build(request) if build else []
