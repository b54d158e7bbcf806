"""Where a goal is missed: by how much, what a piece of work is made of, what stands in the way.

The figures come from the results; the words say what profiles of the work found.
"""

from bench.measuring.works import Work

from .figures import ALONE, Figures, Place
from .tables import GOAL, LIMIT, OURS, PEERS, REACH, SHOWN, TITLES, name_of
from .writing import number, table, times

HEADS = (
    "work", f"wanting to {GOAL}× the best peer", f"wanting to {REACH}× the limit",
    "CPU ms web + database", "statements", "what stands in the way",
)  # fmt: skip
ANSWER = (
    "What Django does for an answer of any kind: middleware, the credential, an object for each"
    " row, JSON. The database has its part done in one or two ms."
)
ACT = (
    "An act writes what the others have no place for: a sheet, due dates with their reasons, a"
    " journal entry for each fact, the owner's notices, search text; it asks the clauses in force"
    " first. A statement costs Django two to three times in Python what it costs the database."
)
SEARCH = (
    "More than half is what Django does for an answer of any kind; the statement asks beside the"
    " words for what the reader may look into, the newest first."
)
WHY = {
    "create": ACT,
    "step": ACT,
    "first_page": ANSWER,
    "deep_page": ANSWER,
    "detail": ANSWER + " The history tells each of up to forty facts in the reader's language.",
    "search_two": SEARCH,
    "search_four": SEARCH,
    "statistics": "A page with its charts and tables is drawn, from sums that are kept ready.",
    "sweep": (
        "Whatever is missed becomes a journal entry, a notice to each owner and, where a clause"
        " asks for it, a finding that is put to a person; the limit only moves a moment."
    ),
    "desk": (
        "A page is drawn, of 25 lines with their clauses and moments, beside the lists of those who"
        " lead; the fastest peer gives the numbers of tickets as JSON."
    ),
}


def told(figures: Figures, size: int) -> str:
    """A row for each kind of work of which a goal was missed."""
    lines = [line for work in SHOWN if (line := _line(figures, work, size))]
    return table(HEADS, lines) if lines else "Every goal that was measured is reached."


def _line(figures: Figures, work: Work, size: int) -> list[str]:
    best = figures.best(PEERS, work.key, size)
    peer = figures.ratio(OURS, best, work.key, size) if best else None
    limit = figures.ratio(LIMIT, OURS, work.key, size)
    short = GOAL / peer if peer and peer < GOAL else None
    far = limit / REACH if limit and limit > REACH else None
    if short is None and far is None:
        return []
    cell = figures.cells.get(Place(OURS, work.key, size, ALONE))
    cost = figures.costs.get((OURS, work.key, size, False))
    return [
        name_of(work),
        f"{times(short)} ({TITLES[best]})" if short and best else "–",
        times(far),
        f"{number(cell.web)} + {number(cell.database)}" if cell else "–",
        str(cost["statements"]) if cost else "–",
        WHY[work.key],
    ]
