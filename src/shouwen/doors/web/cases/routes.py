from datetime import date
from typing import Any

from shouwen.doors.web.access import Route
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as org_queries
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.models import Case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft


def complaint(cast: Any) -> Case:
    """A draft complaint of the factory, with sales."""
    if not org_queries.adopted(cast.division, "R4"):
        org.adopt_regulation(cast.division, "R4", 1, since=date(2026, 1, 1))
    draft = CustomerDraft("K1", "甲客户", "domestic", salesperson=cast.sales)
    customer = create_customer(cast.division, draft, by=cast.sales)
    intake = Intake(cast.division, customer, "product_quality", "划伤", "来料划伤")
    return open_case(intake, by=cast.sales)


def a_case(cast: Any) -> dict[str, Any]:
    """The same, as the address names it."""
    return {"pk": complaint(cast).pk}


def a_section(cast: Any) -> dict[str, Any]:
    """Its first section."""
    return a_case(cast) | {"key": "intake"}


def said(cast: Any) -> dict[str, Any]:
    """What the customer says against the conclusion of a case that has none yet."""
    return {"description": "客户不接受", "caller": "王采购"}


def a_deal(cast: Any) -> dict[str, Any]:
    """A deal that a quality complaint does not know."""
    return a_case(cast) | {"key": "reply"}


ROUTES = [
    Route("cases:deal", "POST", args=a_deal, everyone=404),
    Route("cases:show", args=a_case, outsider=404),
    Route("cases:section", "POST", args=a_section, everyone=422, outsider=404),
    Route("cases:act", "POST", args=a_case, everyone=409, outsider=404),
    Route("cases:refile", args=a_case, outsider=404),
    Route("cases:refile", "POST", args=a_case, data=said, everyone=422, outsider=404),
]
