"""How a customer likes to be served: at which hours, by which way, in which language (R5-56)."""

from datetime import datetime
from typing import TYPE_CHECKING

from shouwen.ground.foundation import clock

if TYPE_CHECKING:
    from shouwen.work.customers.models import Customer

FIELDS = ("likes_from", "likes_until", "likes_way", "likes_language", "habits")
"""The columns, as somebody is shown them."""


def hours(customer: "Customer") -> str:
    """`09:00–11:30`, or nothing when any hour will do."""
    if customer.likes_from is None or customer.likes_until is None:
        return ""
    return f"{customer.likes_from:%H:%M}–{customer.likes_until:%H:%M}"


def is_inconvenient(customer: "Customer", at: datetime) -> bool:
    """Whether he would rather not be called at this moment."""
    if customer.likes_from is None or customer.likes_until is None:
        return False
    time = at.astimezone(clock.COMPANY_ZONE).time()
    return not customer.likes_from <= time < customer.likes_until
