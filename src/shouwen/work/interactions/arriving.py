"""Who hears of a contact that came by itself: by mail, from the web, from another system."""

from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from .facts import ROUTERS
from .models import Direction, Interaction

MOST = 8
"""More are told through those who lead them: what goes to fifty is read by nobody."""
CROWD = 20
"""When more wait, they are told once an hour that many do: a flood of letters rings no bell."""


@reacts_to("intake.taken")
def tell_routers(entry: Entry, row: Interaction) -> None:
    """Nobody of ours took it, so that customer service hears of it at once (R2-04, R5-18)."""
    if entry.actor_id is not None:
        return
    if _many_wait(row):
        notices.tell(
            _routers(row), N_("有 %(most)s 件以上的往来待分派"), about=row, link="/interactions/",
            key=f"arrived:{row.division_id}:{entry.at:%Y%m%d%H}", at=entry.at, most=CROWD,
        )  # fmt: skip
        return
    notices.tell(
        _routers(row), N_("新到往来 %(number)s 待分派"), about=row, key=f"arrived:{row.pk}",
        link=f"/interactions/{row.pk}/", at=entry.at, number=row.number,
    )  # fmt: skip


def _many_wait(row: Interaction) -> bool:
    waiting = Interaction.objects.filter(
        division_id=row.division_id, routed_at__isnull=True, direction=Direction.IN
    )
    return waiting[: CROWD + 1].count() > CROWD


def _routers(row: Interaction) -> list[Person]:
    found = org.people(ROUTERS, row.division_id, row.recorded_at)
    if len(found) <= MOST:
        return found
    leads = org.people(f"{ROUTERS}.supervisor", row.division_id, row.recorded_at)
    return (leads or found)[:MOST]
