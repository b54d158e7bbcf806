"""Any fact may open or settle dues: which ones, the clauses say."""

from typing import Any

from shouwen.ground.journal.actions import ANY, reacts_to
from shouwen.ground.journal.models import Entry

from .tied import clauses, deadlines


@reacts_to(ANY)
def keep_deadlines(entry: Entry, subject: Any) -> None:
    """Settle first: the fact that ends one due may begin the next."""
    known = clauses.events()
    if entry.event in known.stops:
        deadlines.settle_for(entry)
    if entry.event in known.duty_stops:
        deadlines.settle_duties_for(entry, subject)
    if entry.event in known.starts:
        deadlines.open_for(entry, subject)
