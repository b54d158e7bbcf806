"""How long departments let a task of the service wait for its answer, by month (R7-66)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from shouwen.engines.documents.models import Section
from shouwen.engines.documents.models import Sheet as Paper
from shouwen.ground.org import queries as org
from shouwen.ground.org.calendars import calendar
from shouwen.ground.org.models import Unit

from .service import span

TASK = "department_task"
"""The paper by which another department is asked (R2-06)."""


@dataclass(frozen=True)
class Waiting:
    """The tasks that one department was asked in a month; times in working hours."""

    unit: Unit
    asked: int
    answered: int
    open: int
    accepted_after: float | None
    answered_after: float | None
    longest: float | None


def by_unit(division: int, period: str) -> list[Waiting]:
    """Every department that was asked, the slowest first; one statement over the month's papers."""
    one = span(division, period)
    found = Section.objects.filter(
        sheet__division=division, sheet__form=TASK, sheet__created_at__gte=one.since,
        sheet__created_at__lt=one.until,
    ).exclude(sheet__state=Paper.State.VOID)  # fmt: skip
    papers: dict[int, dict[str, Section]] = defaultdict(dict)
    for section in found.order_by("sheet_id"):
        papers[section.sheet_id][section.key] = section
    asked: dict[int, list[dict[str, Section]]] = defaultdict(list)
    for parts in papers.values():
        if (task := parts.get("task")) and task.signed_at and task.data.get("unit"):
            asked[int(task.data["unit"])].append(parts)
    rows = [_of_unit(org.unit_by_id(pk), tasks, division) for pk, tasks in asked.items()]
    return sorted(rows, key=lambda row: (-(row.answered_after or 0), -row.asked, row.unit.path))


def _of_unit(unit: Unit, tasks: list[dict[str, Section]], division: int) -> Waiting:
    answered = _hours(tasks, "answer", division)
    return Waiting(
        unit=unit,
        asked=len(tasks),
        answered=len(answered),
        open=len(tasks) - len(answered),
        accepted_after=_mean(_hours(tasks, "acceptance", division)),
        answered_after=_mean(answered),
        longest=max(answered, default=None),
    )


def _hours(tasks: Iterable[dict[str, Section]], key: str, division: int) -> list[float]:
    """From the request to the signature under a section, of the tasks that have it."""
    moments = [(one["task"].signed_at, _signed(one.get(key))) for one in tasks]
    days = calendar(division)
    return [round(days.between(a, b) / 60, 1) for a, b in moments if a and b]


def _signed(section: Section | None) -> datetime | None:
    return section.signed_at if section else None


def _mean(hours: list[float]) -> float | None:
    return round(fmean(hours), 1) if hours else None
