"""Whose telephone number it is."""

from ninja import Router

from shouwen.doors.api.guarding import ByToken, ClientRequest
from shouwen.doors.api.shapes import CallerOut, CallersOut, CustomerOut, PhoneIn
from shouwen.work.customers import phones
from shouwen.work.customers import queries as customers

from .contacts import ERRORS

router = Router(tags=["customers"])


@router.post(
    "/customers/lookup", auth=ByToken("customers:read"), response={200: CallersOut, **ERRORS},
    url_name="lookup", summary="Customers of a telephone number",
)  # fmt: skip
def by_phone(request: ClientRequest, payload: PhoneIn) -> CallersOut:
    """Whose number this is, however it is written. In the body, so that no log keeps it."""
    division = request.auth.division_id
    clear = "phones:read" in request.auth.scopes
    found = customers.by_phone(payload.phone, {division}, whole=True)
    items = [
        CallerOut(
            customer=CustomerOut(code=one.customer.code, name=one.customer.name),
            contact=one.contact.name if one.contact else "",
            phone=one.phone if clear else phones.masked(one.phone),
        )
        for one in found
    ]
    return CallersOut(items=items)
