"""The room of keeping customers stands under "customers"; its boxes stand on a customer's page."""

from typing import Any

from shouwen.doors.web import links
from shouwen.doors.web.customers import panels
from shouwen.doors.web.people import Request
from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers import access
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer

FEW = 5
links.register("opinion", N_("客户意见"), "message-star", "care:opinion")
links.register("opportunity", N_("商机"), "bulb", "care:opportunity")


def _opportunities(request: Request, customer: Customer) -> dict[str, Any] | None:
    rows = list(care.opportunities_of(customer)[:FEW])
    may = access.may_write(request.person, "customer", customer.division_id)
    return {"rows": rows, "customer": customer, "may": may} if rows or may else None


def _opinions(request: Request, customer: Customer) -> dict[str, Any] | None:
    return {"rows": list(care.opinions_of(customer)[:FEW]), "customer": customer}


panels.register("opportunities", N_("商机"), "care/_opportunities.html", _opportunities, order=30)
panels.register("opinions", N_("客户意见"), "care/_opinions.html", _opinions, order=35)
