from typing import Any

from shouwen.doors.web.access import Route
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft


def an_ordinary_matter(cast: Any) -> dict[str, Any]:
    """A customer of the factory asks when his order will be sent."""
    draft = CustomerDraft(code="K-1", name_zh="问讯客户", region="domestic", salesperson=cast.sales)
    customer = create_customer(cast.division, draft, by=cast.sales)
    intake = Intake(cast.division, customer, "delivery", "何时交货", "客户问订单何时交货。")
    return {"pk": open_case(intake, by=cast.sales).pk}


ROUTES = [
    Route("intake:new"),
    Route("intake:new", "POST", everyone=422),
    Route("intake:who"),
    Route("intake:who_general"),
    Route("intake:shipments", everyone=204),
    Route("intake:similar", everyone=204),
    Route(
        "intake:same", "POST", data=lambda cast: {"same": an_ordinary_matter(cast)["pk"]},
        everyone=422, outsider=404,
    ),
    Route("intake:matter", args=an_ordinary_matter, outsider=404),
    Route("intake:close", "POST", args=an_ordinary_matter, everyone=422, outsider=404),
]  # fmt: skip
