from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.models import SavedView


def a_view(cast: Any) -> dict[str, Any]:
    """One that sales kept."""
    view = SavedView.objects.create(
        person=cast.sales, place="caselists:list", name="国外", query="region=overseas"
    )
    return {"pk": view.pk}


ROUTES = [
    Route("caselists:list"),
    Route("caselists:export"),
    Route("caselists:board"),
    Route("caselists:board_export"),
    Route("caselists:keep", "POST", everyone=302),
    Route("caselists:forget", "POST", args=a_view, everyone=404, sales=302),
    Route("caselists:register"),
    Route("caselists:register_export"),
    Route("caselists:overdue"),
    Route("caselists:overdue_export"),
]
