from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.interactions.actions import Draft, record_interaction


def a_contact(cast: Any) -> dict[str, Any]:
    """Somebody of accounting took a call that nobody deals with yet."""
    draft = Draft(cast.division, "客户问发票何时寄出。", name="王采购", phone="13800138000")
    return {"pk": record_interaction(draft, by=cast.accounting).pk}


ROUTES = [
    Route("quick:new"),
    Route("quick:new", "POST", everyone=422),
    Route("quick:who"),
    Route("quick:calls", everyone=204),
    Route("quick:queue"),
    Route("quick:export"),
    Route("quick:repeats"),
    Route("quick:repeats_export"),
    Route("quick:interaction", args=a_contact, outsider=404),
    Route("quick:correct", args=a_contact, outsider=404),
    Route("quick:correct", "POST", args=a_contact, everyone=422, outsider=404),
    Route("quick:answer", "POST", args=a_contact, everyone=422, outsider=404),
]
