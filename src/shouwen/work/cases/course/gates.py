"""What clauses ask before a case may take a step: `before: case.accepted`, `blocks: case.closed`.

A clause names its paper and what has to stand there; which record answers for that paper is
registered here by its form. A clause of a known form is YAML alone.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import ruling
from shouwen.ground.policy.shapes import Clause
from shouwen.work.cases.models import Case

from .classes import track_of

KINDS = ("checklist", "document", "flow")
"""Kinds of clauses that may stand before a step."""
Gate = Callable[[Case, Sheet, Clause, datetime], Iterable[Reason]]
_gates: dict[str, Gate] = {}


def register(form: str) -> Callable[[Gate], Gate]:
    """Say how clauses about a form are kept: `gate(case, sheet, clause, at)` gives what lacks."""

    def add(gate: Gate) -> Gate:
        _gates[form] = gate
        return gate

    return add


def why_not(case: Case, sheet: Sheet, event: str, at: datetime) -> list[Reason]:
    """Everything that clauses in force in its division still ask before `event`."""
    facts = {
        "kind": case.kind,
        "grade": case.grade,
        "category": case.category,
        "track": track_of(case, at),
    }
    reasons: list[Reason] = []
    for kind in KINDS:
        for name in ("before", "blocks"):
            for clause in ruling.clauses(kind, case.division_id, at, facts=facts, **{name: event}):
                gate = _gates.get(getattr(clause.spec, "form", "") or "")
                if gate:
                    reasons += gate(case, sheet, clause, at)
    return reasons
