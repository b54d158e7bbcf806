from typing import Any

from shouwen.doors.web.access import Route
from shouwen.doors.web.cases.routes import complaint
from shouwen.ground.foundation import clock
from shouwen.outcomes.settlement.models import Collection


def of_a_case(cast: Any) -> dict[str, Any]:
    """A case whose settlement has not begun."""
    return {"case": complaint(cast).pk}


def a_step(cast: Any) -> dict[str, Any]:
    """A step it has not come to."""
    return of_a_case(cast) | {"key": "slip"}


def a_collection(cast: Any) -> dict[str, Any]:
    """A receivable of the factory."""
    case = complaint(cast)
    made = Collection.objects.create(
        case=case, salesperson=case.salesperson, invoice_number="FP1", amount_cents=100,
        due_on=clock.today(),
    )  # fmt: skip
    return {"pk": made.pk}


ROUTES = [
    Route("settlement:queue"),
    Route("settlement:collections"),
    Route("settlement:vouchers"),
    Route("settlement:export", args=lambda cast: {"key": "queue"}),
    Route("settlement:show", args=of_a_case, outsider=404),
    Route("settlement:act", "POST", args=a_step, everyone=404),
    Route("settlement:collected", "POST", args=a_collection, everyone=422, outsider=404),
]
