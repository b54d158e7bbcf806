"""What a customer may know of where his matter stands: that it is taken, by which unit, done."""

from dataclasses import dataclass
from datetime import datetime

from shouwen.ground.org.models import Unit
from shouwen.work.cases.models import Case, State
from shouwen.work.interactions.models import Interaction


@dataclass(frozen=True)
class Standing:
    """One of three states: `received`, `handling`, `done`."""

    state: str
    unit: Unit
    done_at: datetime | None = None

    @property
    def steps(self) -> list[tuple[str, str]]:
        """Each state with how it stands to this one: done, now, later."""
        order = ["received", "handling", "done"]
        place = order.index(self.state)
        last = len(order) - 1
        return [
            (key, "done" if n < place or place == last else "now" if n == place else "later")
            for n, key in enumerate(order)
        ]


def standing(row: Interaction) -> Standing:
    """Where it stands; of a matter nothing but its unit and its end is told."""
    if row.matter_kind == "case" and row.matter_id is not None:
        case = Case.objects.select_related("unit").filter(pk=row.matter_id).first()
        if case is not None:
            unit = case.unit or row.division
            if case.state == State.OPEN:
                return Standing("handling", unit)
            return Standing("done", unit, case.closed_at)
    state = "handling" if row.routed_at else "received"
    return Standing(state, row.division)
