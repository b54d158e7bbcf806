"""The pictures of taking a call."""

from shouwen.doors.jobs.pictures import Shot
from shouwen.work.customers.models import Contact


def a_call() -> str:
    """Somebody of the demo's first customer calls."""
    found = Contact.objects.filter(customer__code="D001").exclude(phone="")
    return f"/intake/?phone={found.earliest('id').phone}"


SHOTS = [Shot("intake", "chixiaoguang", a_call, documents=("wide",))]
