"""The pictures of customers and orders."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.work.customers.models import Customer, Order


def a_customer() -> str:
    """The page of the demo's first customer."""
    return reverse("customers:customer", args=[Customer.objects.get(code="D001").pk])


def an_order() -> str:
    """An order of theirs of which something was shipped."""
    found = Order.objects.filter(customer__code="D001", lines__shipments__isnull=False)
    return reverse("customers:order", args=[found.latest("id").pk])


SHOTS = [
    Shot("customers", "fangxiaotang", "/customers/"),
    Shot("customer", "fangxiaotang", a_customer),
    Shot("order", "fangxiaotang", an_order),
]
