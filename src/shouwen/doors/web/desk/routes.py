from typing import Any

from shouwen.doors.web.access import Route
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_


def a_due(cast: Any) -> dict[str, Any]:
    """One of sales, in the factory."""
    due = dues.open_due(
        N_("客户来函待答复"),
        subject=cast.division,
        division=cast.division,
        person=cast.sales,
        due_at=clock.end_of(clock.today()),
    )
    return {"pk": due.pk}


LEADERS: dict[str, Any] = dict.fromkeys(
    ("sales_manager", "pm_group", "deputy_gm", "gm", "office_manager", "keeper", "cs_director"), 200
)
"""Who leads a unit, or watches what is late anywhere."""

ROUTES = [
    Route("desk:today"),
    Route("desk:renewed"),
    Route("desk:late"),
    Route("desk:late_export", everyone=404, **LEADERS),
    Route("desk:due", args=a_due, outsider=404),
    Route("desk:why", args=a_due, outsider=404),
    Route("desk:react", "POST", args=a_due, everyone=422, outsider=404),
    Route("desk:hand_over", "POST", args=a_due, everyone=422, outsider=404),
]
