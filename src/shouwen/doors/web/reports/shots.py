"""The pictures of the reports."""

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.outcomes.reports.access import STATISTICS
from shouwen.outcomes.reports.models import Report


def newest() -> str:
    """The newest sheet, or the list while there is none."""
    found = Report.objects.filter(key=STATISTICS).exclude(state="replaced").order_by("-period")
    report = found.first()
    return reverse("reports:sheet", args=[report.pk]) if report else reverse("reports:index")


SHOTS = [
    Shot("reports", "wenshuyao", "/reports/"),
    Shot("statistics", "wenshuyao", newest, documents=("wide",)),
    Shot("bonuses", "qianhuimin", "/reports/bonus/"),
]
