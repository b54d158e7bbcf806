"""A trial: what a file would do, found out without writing anything."""

import dataclasses
import hashlib
import json
from collections import Counter
from typing import Any

from shouwen.ground.foundation.refusal import Reason

from . import checking, headings
from .checking import Fault
from .files import reading
from .files.grid import Grid
from .headings import Columns, Heading
from .kinds import Kind
from .plans.planning import Act, Planned, Setting


@dataclasses.dataclass(frozen=True)
class Trial:
    """Everything a file would create and change, or everything that is wrong with it."""

    kind: Kind
    grid: Grid
    columns: Columns
    planned: tuple[Planned, ...]
    faults: tuple[Fault, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many records would be created, changed, left; and how many rows are wrong."""
        acts = Counter(one.act for one in self.planned)
        found = {str(act): acts[act] for act in Act}
        return found | {"faults": len({fault.row for fault in self.faults})}

    @property
    def fit(self) -> bool:
        """Whether it may be committed."""
        return not self.faults

    @property
    def empty(self) -> bool:
        """Whether it would change nothing."""
        return all(one.act is Act.SAME for one in self.planned)

    @property
    def print(self) -> str:
        """A finger-print of what it would do: the commit must do what was shown, or nothing."""
        told = [(one.rows, one.act, one.label, _told(one.changes)) for one in self.planned]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    def heading(self, field: str) -> Heading | None:
        """The heading of a field, for messages."""
        return headings.headings_of(self.kind.row).get(field)

    def place(self, fault: Fault) -> str:
        """The cell of a fault, `B12`; of a whole row its number."""
        return f"{headings.place(self.columns, fault.field)}{fault.row}"

    def value(self, fault: Fault) -> Any:
        """What stands in the cell of a fault."""
        column = self.columns.places.get(fault.field, 0)
        row = self.grid.rows[fault.row - 1]
        return row[column - 1] if 0 < column <= len(row) else None


def attempt(kind: Kind, data: bytes, setting: Setting) -> Trial:
    """Read, check and plan a file; refuses one that cannot be read at all."""
    grid = reading.read(data)
    columns = headings.find(grid, kind.row)
    rows, faults = checking.check(grid, columns, kind.row)
    plan = kind.plan(rows, setting)
    found = sorted(
        [*faults, *plan.faults], key=lambda one: (one.row, columns.places.get(one.field, 0))
    )
    return Trial(kind, grid, columns, tuple(plan.planned), tuple(found))


def _told(changes: dict[str, tuple[Any, Any]]) -> list[list[str]]:
    return [[key, str(old), str(new)] for key, (old, new) in sorted(changes.items())]


def reasons(trial: Trial) -> list[Reason]:
    """The faults as reasons, for a refusal."""
    return [fault.reason for fault in trial.faults]
