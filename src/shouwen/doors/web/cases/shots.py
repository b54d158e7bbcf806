"""The pictures of a case."""

from typing import Any

from django.urls import reverse

from shouwen.doors.jobs.pictures import Shot
from shouwen.engines.flows.models import Step
from shouwen.work.cases.models import Case


def to_decide() -> str:
    """A complaint that waits for the decision of the sales manager or the one above him."""
    found = Case.objects.filter(state="open", stage__in=("decision", "ruling"))
    return _page(found.latest("id"))


def sent_back() -> str:
    """One that went back at least once and has come far."""
    back = Step.objects.filter(run__subject_kind="case", entered_by_move="send_back")
    ids = back.values("run__subject_id")
    return _page(Case.objects.filter(pk__in=ids).order_by("state", "-id").first() or _any())


def _any() -> Case:
    return Case.objects.filter(kind="quality_complaint").latest("id")


def _page(case: Case) -> str:
    return reverse("cases:show", args=[case.pk])


def come_to_the_form(page: Any) -> None:
    """Show what was proposed last, and the blanks below it."""
    page.evaluate(
        "(document.querySelector('.sheet-now')?.previousElementSibling || document.body)"
        ".scrollIntoView()"
    )


SHOTS = [
    Shot("case", "shenruolan", to_decide, documents=("wide",)),
    Shot("approval", "shenruolan", to_decide, act=come_to_the_form, documents=("phone",)),
    Shot("flow", "wenshuyao", sent_back, part=".flow-chart", documents=("wide",)),
]
