"""What the product notices is put to people by conduct."""

from collections.abc import Sequence
from typing import Any

from shouwen.engines.dues.models import Due
from shouwen.ground.journal.actions import reacts_to, reacts_together_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.policy import queries as policy
from shouwen.work.cases.models import Case

from . import detecting


@reacts_to("limit.exceeded")
def too_often(entry: Entry, case: Case) -> None:
    """A limit that names its item is a violation (R3-38); all others are counted only (R5-07)."""
    clause = policy.clause(entry.data["clause"])
    if isinstance(case, Case) and clause.spec.names:
        detecting.too_often(case, clause, entry.data["times"], entry.data["most"], entry.at)


@reacts_together_to("due.missed")
def late(pairs: Sequence[tuple[Entry, Any]]) -> None:
    """Late is a violation where a clause says so (R3-40); a midnight has many at once."""
    # The fact also says so of what has no due of its own.
    if dues := [due for _entry, due in pairs if isinstance(due, Due)]:
        detecting.missed(dues, pairs[0][0].at)
