"""How a customer likes to be served, wherever somebody is about to speak with him (R5-56)."""

from typing import Any

from django import template

from shouwen.ground.foundation import clock
from shouwen.work.customers.care import preferences
from shouwen.work.customers.models import Customer

register = template.Library()


@register.inclusion_tag("customers/_likes.html")
def likes(customer: Customer) -> dict[str, Any]:
    """His wishes in words, and whether a call would disturb him now."""
    told = [
        preferences.hours(customer), customer.get_likes_way_display(),
        customer.get_likes_language_display(), customer.habits,
    ]  # fmt: skip
    disturbed = preferences.is_inconvenient(customer, clock.now())
    return {"told": [str(one) for one in told if one], "disturbed": disturbed}
