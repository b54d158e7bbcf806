"""What other rooms show beside a paper of some form: a log, the opinions that belong to it.

@asides.register("third_party")
def opinions(sheet): return asides.Aside("assessment/_opinions.html", {"rows": …})
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shouwen.engines.documents.models import Sheet


@dataclass(frozen=True)
class Aside:
    """A template with what it takes."""

    template: str
    context: dict[str, Any]


Maker = Callable[[Sheet], Aside | None]
_makers: dict[str, list[Maker]] = {}


def register(*forms: str) -> Callable[[Maker], Maker]:
    """Show something beside every paper of these forms."""

    def add(maker: Maker) -> Maker:
        for form in forms:
            _makers.setdefault(form, []).append(maker)
        return maker

    return add


def of(sheet: Sheet) -> list[Aside]:
    """What stands beside a paper."""
    found = [maker(sheet) for maker in _makers.get(sheet.form, ())]
    return [one for one in found if one is not None]
