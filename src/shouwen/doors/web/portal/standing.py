"""What a customer may know of where his matter stands: that it is taken, by which unit, done."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Unit
from shouwen.work.cases.centre import joining
from shouwen.work.cases.models import Case, State
from shouwen.work.interactions.models import Interaction
from shouwen.work.ways import continuing
from shouwen.work.ways.models import Verdict


@dataclass(frozen=True)
class Standing:
    """One of three states: `received`, `handling`, `done`."""

    state: str
    unit: Unit
    done_at: datetime | None = None
    again: str = ""
    """What a customer who is not content brings about: `reopen`, `anew`, or nothing by itself."""
    anew: bool = False
    """It goes on in a new matter; he follows it under the number he has."""

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
    """Where it stands, in whatever matter it went on; nothing but unit and end are told."""
    if row.matter_kind == "case" and row.matter_id is not None:
        _kind, pk = continuing.matters_of(row)[-1]
        case = Case.objects.select_related("unit").filter(pk=pk).first()
        if case is not None:
            return _of_case(case, row)
    state = "handling" if row.routed_at else "received"
    return Standing(state, row.division)


def _of_case(case: Case, row: Interaction) -> Standing:
    unit, anew = case.unit or row.division, case.pk != row.matter_id and case.origin_id is not None
    if case.state == State.OPEN:
        return Standing("handling", unit, anew=anew)
    again = joining.how_taken_up(case, clock.now())
    return Standing("done", unit, case.closed_at, again, anew)


def what_follows(verdict: Verdict | None, now: Standing) -> str:
    """What comes of a customer's discontent, in a sentence for him; empty where nothing waits."""
    if verdict is None or verdict.satisfied or (now.done_at and now.done_at > verdict.at):
        return ""
    if now.state == "received":
        return _("已记下，受理时会一并处理。")
    if now.state == "done":
        return _("已告知负责人，他会与您联系。")
    if now.anew:
        return _("已另立一件新的事项，由%(unit)s继续办理；您仍用这个编号查询。") % {
            "unit": now.unit.name
        }
    return _("这件事由%(unit)s继续办理，负责人已得到通知。") % {"unit": now.unit.name}
