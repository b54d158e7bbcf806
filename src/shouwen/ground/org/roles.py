"""Roles are text: `function`, `function.rank` (that rank or above), `unit:<code>[.rank]`, `any`."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rank(TextChoices):
    """The ladder inside a unit, lowest first."""

    STAFF = "staff", _("员工")
    SUPERVISOR = "supervisor", _("主管")
    DEPUTY_MANAGER = "deputy_manager", _("副经理")
    MANAGER = "manager", _("经理")
    DEPUTY_GM = "deputy_gm", _("副总经理")
    GM = "gm", _("总经理")

    @property
    def order(self) -> int:
        """Its place on the ladder, from 0."""
        return _ORDER[self.value]


_ORDER = {value: place for place, value in enumerate(Rank.values)}


def order_of(rank: str) -> int:
    """The place of a rank on the ladder; raises ValueError on what is no rank."""
    return Rank(rank).order


@dataclass(frozen=True)
class Role:
    """A role taken apart; exactly one of `function` and `unit` is set."""

    function: str = ""
    unit: str = ""
    least: int = 0


@lru_cache(maxsize=512)
def parse(role: str) -> Role:
    """Take a role apart; raises ValueError with the role when it is none."""
    name, _dot, rank = role.partition(".")
    try:
        least = order_of(rank) if _dot else 0
    except ValueError as error:
        raise ValueError(f"no role: {role!r} (unknown rank {rank!r})") from error
    prefix, _colon, code = name.partition(":")
    if _colon and prefix == "unit" and code:
        return Role(unit=code, least=least)
    if _colon or not name.replace("_", "").isalnum():
        raise ValueError(f"no role: {role!r}")
    return Role(function=name, least=least)
