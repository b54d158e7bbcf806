"""Who may open which address: every route has a row, and a test walks them all.

A room keeps its rows beside its addresses, in its own `routes.py`:

    from shouwen.doors.web.access import Route

    ROUTES = [
        Route("cases:list"),                                        # every signed-in person: 200
        Route("cases:closure", "POST", args=a_case, everyone=403, pm_group=302),
        Route("portal:new", open=True),                             # without signing in
    ]

`args(cast)` makes the record the address names and returns its arguments; `data(cast)` the form.
Groups are the keys of `GROUPS`; a group without an own status has `everyone`'s.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GROUPS: dict[str, str] = {
    "staff": "",
    "outsider": "",
    "sales": "sales",
    "sales_manager": "sales.manager",
    "pm_group": "pm_group",
    "quality": "quality",
    "manufacturing": "manufacturing",
    "plant_office": "plant_office",
    "rnd": "rnd",
    "accounting": "accounting",
    "warehouse": "warehouse",
    "hr": "hr",
    "deputy_gm": "management.deputy_gm",
    "gm": "management.gm",
    "office_manager": "gm_office.manager",
    "keeper": "rules_office.manager",
    "agent": "customer_service",
    "cs_director": "customer_service.manager",
}
"""Group → the role its test person holds. `outsider` works in a division of no concern."""

SIGN_IN = 302


@dataclass(frozen=True)
class Route:
    """What an address answers to each group of people, and to nobody in particular."""

    name: str
    method: str = "GET"
    everyone: int = 200
    open: bool = False
    anonymous: int = SIGN_IN
    args: Callable[[Any], dict[str, Any]] | None = None
    data: Callable[[Any], dict[str, Any]] | None = None
    groups: dict[str, int] = field(default_factory=dict)

    def __init__(
        self,
        name: str,
        method: str = "GET",
        *,
        everyone: int = 200,
        open: bool = False,  # noqa: A002 - reads as what it is
        anonymous: int | None = None,
        args: Callable[[Any], dict[str, Any]] | None = None,
        data: Callable[[Any], dict[str, Any]] | None = None,
        **groups: int,
    ) -> None:
        unknown = set(groups) - set(GROUPS)
        if unknown:
            raise TypeError(f"{name}: no such groups of people: {sorted(unknown)}")
        nobody = anonymous if anonymous is not None else (everyone if open else SIGN_IN)
        values = (name, method, everyone, open, nobody, args, data, groups)
        for key, value in zip(self.__dataclass_fields__, values, strict=True):
            object.__setattr__(self, key, value)

    def expected(self, group: str) -> int:
        """The status this group gets."""
        if group == "anonymous":
            return self.anonymous
        return self.groups.get(group, self.everyone)


def room_modules(name: str) -> Iterator[Any]:
    """The module `name` of every room under `doors/web` that has one."""
    here = Path(__file__).parent
    for folder in sorted(path for path in here.iterdir() if (path / "__init__.py").exists()):
        dotted = f"{__package__}.{folder.name}.{name}"
        if find_spec(dotted):
            yield import_module(dotted)


@cache
def routes() -> tuple[Route, ...]:
    """Every row of every room, and of the interface for other systems."""
    modules = (*room_modules("routes"), import_module("shouwen.doors.api.routes"))
    return tuple(route for module in modules for route in module.ROUTES)


@cache
def _open_names() -> frozenset[str]:
    return frozenset(route.name for route in routes() if route.open)


def is_open(view_name: str) -> bool:
    """Whether an address may be opened without signing in."""
    return view_name in _open_names()
