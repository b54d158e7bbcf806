from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import complaint
from shouwen.ground.foundation import clock
from shouwen.outcomes.assessment.models import Penalty


def a_sanction(cast: Any) -> dict[str, Any]:
    """A sanction that personnel has not received yet."""
    case = complaint(cast)
    made = Penalty.objects.create(
        case=case, person=cast.manufacturing, kind="administrative", sanction="warning",
        reason="首件检验未做", approved_by=cast.gm, approved_at=clock.now(),
    )  # fmt: skip
    return {"pk": made.pk}


ROUTES = [
    Route("announcements:board"),
    Route("announcements:export"),
    Route("announcements:publish", "POST", args=a_sanction, everyone=409, outsider=404),
]
