"""The pictures of the assessment and of the notice board."""

from shouwen.doors.jobs.pictures import Shot
from shouwen.outcomes.assessment.models import Notice
from shouwen.work.cases.models import Case


def newest_notice() -> str:
    """The page of a notice that is in force."""
    found = Notice.objects.filter(approved_at__isnull=False).order_by("-id").first()
    return f"/assessment/notices/{found.pk}/" if found else "/assessment/notices/"


def judged_case() -> str:
    """A complaint whose loss and penalties were approved."""
    found = Case.objects.filter(penalties__isnull=False, closed_at__isnull=False).order_by("-id")
    case = found.first()
    return f"/cases/{case.pk}/#assessment" if case else "/cases/"


SHOTS = [
    Shot("improvements", "wenshuyao", "/assessment/"),
    Shot("notices", "luhuaichuan", "/assessment/notices/"),
    Shot("notice", "qianhuimin", newest_notice),
    Shot("sanctions", "wenshuyao", "/assessment/sanctions/"),
    Shot("claims", "luhuaichuan", "/assessment/claims/"),
    Shot("announcements", "fangxiaotang", "/announcements/"),
]
