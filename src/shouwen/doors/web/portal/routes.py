from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.interactions.actions import Draft, record_interaction
from shouwen.work.ways.actions import make_labels

NOBODY = "00000000-0000-0000-0000-000000000000"


def _label(cast: Any) -> dict[str, Any]:
    return {"code": make_labels([("一号电梯", "Lift 1")], division=cast.division, by=None)[0].code}


def _matter(cast: Any) -> dict[str, Any]:
    """Somebody's matter; without number and telephone it does not exist, for staff neither."""
    draft = Draft(cast.division, "电梯异响。", channel="web", name="安然", phone="13800138101")
    return {"pk": record_interaction(draft, by=None).pk}


def _photo(cast: Any) -> dict[str, Any]:
    return {**_matter(cast), "uuid": NOBODY}


ROUTES = [
    Route("portal:home", open=True),
    Route("portal:new", open=True),
    Route("portal:new", "POST", open=True, everyone=422),
    Route("portal:at", open=True, args=_label),
    Route("portal:board", open=True),
    Route("portal:earlier", open=True, everyone=404, args=lambda cast: {"pk": 1}),
    Route("portal:follow", open=True),
    Route("portal:follow", "POST", open=True, everyone=422),
    Route("portal:matter", open=True, everyone=404, args=_matter),
    Route("portal:add", "POST", open=True, everyone=404, args=_matter),
    Route("portal:verdict", "POST", open=True, everyone=404, args=_matter),
    Route("portal:photo", open=True, everyone=404, args=_photo),
]
