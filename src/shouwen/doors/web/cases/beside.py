"""What stands beside the papers of a matter of the centre."""

from dataclasses import dataclass

from shouwen.doors.web.papers import asides
from shouwen.doors.web.papers.asides import Aside
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues.models import Due
from shouwen.work.cases.records import next_answer

MOST = 20


@dataclass(frozen=True)
class Unanswered:
    """A task that its department has not taken on, or has not answered."""

    sheet: Sheet
    what: str
    due: Due | None


@asides.register("non_cooperation")
def unanswered(sheet: Sheet) -> Aside:
    """The tasks of the matter that wait for the department complained of: the evidence (R3-37)."""
    unit = str(papers.data_of(sheet).get("report", {}).get("unit") or "")
    tasks = Sheet.objects.filter(
        form="department_task", matter_kind=sheet.matter_kind, matter_id=sheet.matter_id
    ).exclude(state=Sheet.State.VOID)
    found = papers.with_content(tasks.order_by("id"))[:MOST]
    waiting = [one for one in found if next_answer(one) and unit_of(one) == unit]
    asked = Due.objects.open().filter(
        subject_kind="sheet", subject_id__in=[one.pk for one in waiting]
    )
    dues = {due.subject_id: due for due in asked}
    rows = [
        Unanswered(one, str(papers.data_of(one)["task"].get("what") or ""), dues.get(one.pk))
        for one in waiting
    ]
    return Aside("cases/_unanswered.html", {"rows": rows})


def unit_of(task: Sheet) -> str:
    """The department a task was sent to."""
    return str(papers.data_of(task).get("task", {}).get("unit") or "")
