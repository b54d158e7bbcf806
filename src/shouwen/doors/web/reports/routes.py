from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import complaint
from shouwen.ground.foundation import clock
from shouwen.outcomes.reports.access import STATISTICS
from shouwen.outcomes.reports.models import Report


def a_sheet(cast: Any) -> dict[str, Any]:
    """The sheet of February with one complaint, as the group has drawn it up."""
    case = complaint(cast)
    row = {
        "case": case.pk, "number": "260201", "title": case.title,
        "customer": {"id": case.customer_id, "zh": "甲客户", "en": "Customer A"}, "parts": [],
        "cause_class": "quality", "cause_item": "surface", "outcome": "upheld",
        "method": "allowance", "accepted_on": "2026-02-02", "closed_on": "2026-02-09", "days": 7,
        "late": False, "loss_cents": 100, "liability": [], "measure": "", "status": "",
        "result": "", "checked_by": "", "version": 0,
    }  # fmt: skip
    report = Report.objects.create(
        division=cast.division, key=STATISTICS, period="2026-02", drawn_up_by=cast.pm_group,
        drawn_up_at=clock.now(), body={"rows": [row], "carried": []},
    )  # fmt: skip
    return {"pk": report.pk}


def a_row(cast: Any) -> dict[str, Any]:
    """Its one complaint."""
    made = a_sheet(cast)
    return made | {"case": Report.objects.get(**made).rows[0]["case"]}


def a_month(cast: Any) -> dict[str, Any]:
    """A month without a sheet."""
    complaint(cast)
    return {"division": cast.division.pk, "period": "2026-01"}


def a_base(cast: Any) -> dict[str, Any]:
    """The base of the salesperson."""
    return a_month(cast) | {"person": cast.sales.pk}


def a_month_typed(cast: Any) -> dict[str, Any]:
    """The same as a form sends it."""
    complaint(cast)
    return {"division": cast.division.pk, "period": "2026-01"}


READERS: Any = {
    "sales": 200, "sales_manager": 200, "accounting": 200, "office_manager": 200, "pm_group": 200,
    "deputy_gm": 200, "gm": 200,
}  # fmt: skip

ROUTES = [
    Route("reports:index"),
    Route("reports:draw_up", "POST", data=a_month_typed, everyone=409, pm_group=302, outsider=404),
    Route("reports:month", args=a_month, outsider=404),
    Route("reports:sheet", args=a_sheet, outsider=404),
    Route(
        "reports:act", "POST", args=lambda cast: a_sheet(cast) | {"key": "recount"},
        everyone=409, pm_group=302, outsider=404,
    ),
    Route("reports:row", args=a_row, outsider=404),
    Route(
        "reports:row_act", "POST", args=lambda cast: a_row(cast) | {"key": "check"},
        everyone=422, outsider=404,
    ),
    Route("reports:pdf", args=a_sheet, outsider=404),
    Route("reports:export", args=a_sheet, outsider=404),
    Route("reports:counted", args=lambda cast: {"key": "closing"}),
    Route("reports:bonuses"),
    Route("reports:bonus", args=a_base, everyone=404, **READERS),
    Route("reports:bonus_export", args=a_base, everyone=404, **READERS),
]  # fmt: skip
