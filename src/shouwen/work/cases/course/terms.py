"""When a case is due as a whole: the nearest of the deadlines that run on it."""

from django.db.models import Min

from shouwen.engines.dues.models import Due
from shouwen.work.cases.models import Case


def refresh(case: Case) -> None:
    """Keep the moment by which lists sort in step with the deadlines; two statements."""
    found = Due.objects.open().filter(
        matter_kind="case", matter_id=case.pk, kind=Due.Kind.DEADLINE, due_at__isnull=False
    )
    nearest = found.aggregate(at=Min("due_at"))["at"]
    if nearest and nearest != case.due_at:
        case.due_at = nearest
        Case.objects.filter(pk=case.pk).update(due_at=nearest)
