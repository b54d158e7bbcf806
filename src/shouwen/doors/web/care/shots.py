"""The pictures of keeping customers."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.work.customers.models import Customer


def a_timeline() -> str:
    """Everything with the demo's first customer."""
    return reverse("care:timeline", args=[Customer.objects.get(code="D001").pk])


SHOTS = [
    Shot("opinions", "fangxiaotang", "/customers/lists/opinions/"),
    Shot("relations", "fangxiaotang", "/customers/lists/relations/"),
    Shot("opportunities", "fangxiaotang", "/customers/lists/opportunities/"),
    Shot("incomplete", "fangxiaotang", "/customers/lists/incomplete/"),
    Shot("timeline", "fangxiaotang", a_timeline),
]
