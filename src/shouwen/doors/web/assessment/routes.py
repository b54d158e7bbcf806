from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import complaint
from shouwen.outcomes.assessment.actions import open_notice


def of_a_case(cast: Any) -> dict[str, Any]:
    """A complaint that has only begun."""
    return {"case": complaint(cast).pk}


def a_notice(cast: Any) -> dict[str, Any]:
    """A notice that waits for the general manager."""
    draft = {
        "unit": cast.units["manufacturing"].pk, "cause_item": "外观", "kind": "penalty",
        "amount": "200", "reason": "首件检验未做",
    }  # fmt: skip
    return {"pk": open_notice(complaint(cast), draft, by=cast.office_manager).pk}


def a_reason(cast: Any) -> dict[str, Any]:
    """Why it is not approved."""
    return {"reason": "责任尚待查明"}


def running(cast: Any) -> dict[str, Any]:
    """The factory runs under the regulation."""
    complaint(cast)
    return {}


def a_month(cast: Any) -> dict[str, Any]:
    """A month that has not ended: nobody may send it."""
    return {"period": "2026-03"}


READERS = ("gm", "deputy_gm", "office_manager", "pm_group", "accounting", "manufacturing")
"""Who may read a notice for manufacturing: its holders and those above them."""


def readers(status: int) -> dict[str, Any]:
    """The same answer for all of them."""
    return dict.fromkeys(READERS, status)


ROUTES = [
    Route("assessment:improvements"),
    Route("assessment:notices"),
    Route("assessment:claims"),
    Route("assessment:export", args=lambda cast: {"key": "notices"}),
    Route("assessment:notice_new"),
    Route("assessment:notice", args=a_notice, everyone=404, **readers(200)),
    Route(
        "assessment:notice_approve", "POST", args=a_notice, everyone=404,
        **readers(422) | {"gm": 302, "office_manager": 409},
    ),
    Route(
        "assessment:notice_decline", "POST", args=a_notice, data=a_reason, everyone=404,
        **readers(422) | {"gm": 302},
    ),
    Route("assessment:notice_check", "POST", args=a_notice, everyone=404, **readers(409)),
    Route("assessment:notice_deduct", "POST", args=a_notice, everyone=404, **readers(409)),
    Route("assessment:sanctions", args=running, outsider=404),
    Route(
        "assessment:sanctions_send", "POST", args=running, data=a_month, everyone=409,
        pm_group=422, outsider=404,
    ),
    Route("assessment:sanctions_export", args=running, outsider=404),
    Route("assessment:recompute", "POST", args=of_a_case, everyone=409, outsider=404),
]  # fmt: skip
