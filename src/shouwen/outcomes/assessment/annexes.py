"""The annexes that the text names and does not include: the company enters them (R4-87)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from shouwen.ground.org import values
from shouwen.ground.org.models import Unit
from shouwen.ground.org.values import Setting
from shouwen.ground.policy import queries as policy

from .access import spec_of
from .rules import Annex

REGISTER = "R4-87.annexes"
"""The company value that names the annexes with their versions."""
USERS = ("R4-43", "R4-44", "R4-46")
"""The clauses that work by an annex; each names in `value` the table that holds it."""


@dataclass(frozen=True)
class Entry:
    """One annex as a page shows it: its name, the table of the company, its version."""

    clause: str
    key: str
    name: str
    setting: Setting | None
    version: str = ""
    """As the company registered it."""

    @property
    def missing(self) -> bool:
        """Whether the company still has to enter it."""
        return self.setting is None


def basis_of(division: Unit | int, clause: str, at: datetime) -> Setting | None:
    """The table by which a clause works and since when; None while it is not entered."""
    return values.setting_of(spec_of(division, clause, at).value, division, on=at)


def sanctions_of(division: Unit | int, at: datetime) -> dict[str, dict[str, str]]:
    """The company's kinds of sanction by code, from the lightest (R4-46); empty without a table."""
    setting = basis_of(division, "R4-46", at)
    return {row["code"]: row for row in setting.value} if setting else {}


def entries(division: Unit | int, at: datetime) -> list[Entry]:
    """The annexes of the assessment with what the company has entered."""
    rows = values.find(REGISTER, division, on=at) or []
    versions = {row["annex"]: row["version"] for row in rows}
    found = []
    for clause in USERS:
        spec = spec_of(division, clause, at)
        name = str(policy.value_spec(spec.value).label)
        setting = values.setting_of(spec.value, division, on=at)
        found.append(Entry(clause, spec.value, name, setting, versions.get(spec.annex, "")))
    return found


def of(division: Unit | int, needed: Collection[str], at: datetime) -> list[Annex]:
    """The same for a rule: which of them are needed here, and which are there."""
    return [
        Annex(entry.name, entry.clause in needed, not entry.missing)
        for entry in entries(division, at)
    ]
