"""How much of the regulations is real: counted, never claimed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shouwen.ground.journal.models import Entry
from shouwen.ground.policy.loading import ROOT, read_all
from shouwen.ground.policy.shapes import Clause

from .runner import Outcome, Theatre
from .scenarios import read_scenarios


@dataclass(frozen=True)
class Row:
    """One regulation counted; `shown` is None when no scenario was played."""

    code: str
    title_zh: str
    title_en: str
    clauses: int
    running: int
    owned: int
    shown: int | None
    evidenced: int
    unshown: tuple[str, ...] = ()
    """Running clauses that no scenario shows; nothing when none was played."""


def rows(shown: Collection[str] | None) -> list[Row]:
    """Count every regulation of the tree; `shown` are the clauses whose scenarios passed."""
    drafts = [draft.text for draft in read_all(ROOT)]
    newest = {text.head.code: text for text in drafts}
    seen = happened(event for text in newest.values() for event in _events(text.clauses.values()))
    found = []
    for text in newest.values():
        clauses = list(text.clauses.values())
        found.append(
            Row(
                code=text.head.code,
                title_zh=text.head.title.zh,
                title_en=text.head.title.en,
                clauses=len(clauses),
                running=sum(one.running for one in clauses),
                owned=sum(not any(side.pending for side in one.sides) for one in clauses),
                shown=None if shown is None else sum(one.id in shown for one in clauses),
                evidenced=sum(bool(seen & set(one.evidence)) for one in clauses),
                unshown=tuple(unshown(clauses, shown)) if shown is not None else (),
            )
        )
    return found


def unshown(clauses: Iterable[Clause], shown: Collection[str]) -> list[str]:
    """The clauses that act in this product and that no scenario shows."""
    return [one.id for one in clauses if one.running and one.id not in shown]


def _events(clauses: Iterable[Clause]) -> Iterable[str]:
    return (event for one in clauses for event in one.evidence)


def happened(events: Iterable[str]) -> set[str]:
    """Which of these facts this database holds; one look at an index for each."""
    return {event for event in set(events) if Entry.objects.filter(event=event).exists()}


def play_all(only: Collection[str] = ()) -> list[Outcome]:
    """Play every scenario of the tree, or of some clauses, in the open database, undoing each."""
    every = read_scenarios(ROOT)
    scenarios = [one for one in every if not only or set(only) & set(one.clauses)]
    if not scenarios:
        return []
    with Theatre() as theatre:
        return theatre.play_all(scenarios)


def shown_by(outcomes: Iterable[Outcome]) -> set[str]:
    """Clauses with scenarios of which none fell."""
    found: set[str] = set()
    fallen: set[str] = set()
    for outcome in outcomes:
        found.update(outcome.scenario.clauses)
        if not outcome.passed:
            fallen.update(outcome.scenario.clauses)
    return found - fallen
