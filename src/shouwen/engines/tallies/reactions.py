"""Any fact may be one too many: which ones, the clauses say."""

from typing import Any

from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.journal.actions import ANY, reacts_to, record
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import ruling, values
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

_known: list[tuple[list[Any], frozenset[str]]] = []


def _counted() -> frozenset[str]:
    """The facts that some edition in force counts; all others cost nothing."""
    heads = policy.regulations()
    if not _known or [*map(id, _known[0][0])] != [*map(id, heads)]:
        limits = policy.in_force("limit", clock.today())
        _known[:] = [(heads, frozenset(one.spec.of for one in limits if one.running))]
    return _known[0][1]


@reacts_to(ANY)
def count(entry: Entry, subject: models.Model) -> None:
    """Note the fact that goes beyond a limit: each one that does, not only the first."""
    division = getattr(subject, "division_id", None)
    if entry.event not in _counted() or division is None:
        return
    for clause in ruling.clauses("limit", division, entry.at, of=entry.event):
        if clause.running and clause.spec.counts_matters and _matches(entry.data, clause):
            _check(clause, entry, subject, division)


def _matches(data: dict[str, Any], clause: Clause) -> bool:
    return all(data.get(name) == wanted for name, wanted in clause.spec.match.items())


def _check(clause: Clause, entry: Entry, subject: models.Model, division: int) -> None:
    spec = clause.spec
    most = values.find(spec.value, division, entry.at) if spec.value else spec.at_most
    if most is None:  # the company has set no figure yet
        return
    # One matter has few facts; the index of the journal by matter finds them.
    facts = Entry.objects.filter(
        matter_kind=entry.matter_kind, matter_id=entry.matter_id,
        event=entry.event, subject_kind=entry.subject_kind, subject_id=entry.subject_id,
    )  # fmt: skip
    times = sum(_matches(data, clause) for data in facts.values_list("data", flat=True))
    if times > int(most):
        record(
            "limit.exceeded", subject, by=None, at=entry.at, clause=clause.id, item=spec.item,
            times=times, most=int(most), of=entry.event, division=division,
        )  # fmt: skip
