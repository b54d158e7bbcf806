"""Who hears of a contact that came by itself: by mail, from the web, from another system."""

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .facts import ROUTERS
from .models import Interaction

MOST = 8
"""More are told through those who lead them: what goes to fifty is read by nobody."""


@reacts_to("intake.taken")
def tell_routers(entry: Entry, row: Interaction) -> None:
    """Nobody of ours took it, so that customer service hears of it at once (R2-04, R5-18)."""
    if entry.actor_id is not None:
        return
    notices.tell(
        _routers(row), N_("新到往来 %(number)s 待分派"), about=row, key=f"arrived:{row.pk}",
        link=f"/interactions/{row.pk}/", at=entry.at, number=row.number,
    )  # fmt: skip


def _routers(row: Interaction) -> list[Person]:
    found = org.people(ROUTERS, row.division_id, row.recorded_at)
    if len(found) <= MOST:
        return found
    leads = org.people(f"{ROUTERS}.supervisor", row.division_id, row.recorded_at)
    return (leads or found)[:MOST]
