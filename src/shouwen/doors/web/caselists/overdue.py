"""The overdue board: of each late case the days used and left, step by step (R4-14, R4-29)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shouwen.doors.web import paging
from shouwen.doors.web.numbers import number_of
from shouwen.doors.web.people import Request
from shouwen.engines.dues import queries as due_lists
from shouwen.engines.dues.models import Due, OverdueReaction
from shouwen.engines.flows.models import Step
from shouwen.ground.foundation import clock
from shouwen.ground.org import calendars
from shouwen.ground.org import queries as org
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case

from . import exporting, tables, words

SIZE = 20
PART = 500
"""Cases whose steps and dues are read at once for the workbook."""


@dataclass(frozen=True)
class Stay:
    """One step of a late case: days used, of how many."""

    title: str
    unit: str
    used: int
    limit: int | None
    running: bool

    @property
    def left(self) -> int | None:
        """Days left of the limit; negative when it is passed."""
        return None if self.limit is None else self.limit - self.used

    @property
    def over(self) -> int:
        """Days beyond the limit."""
        return max(0, self.used - self.limit) if self.limit is not None else 0


@dataclass(frozen=True)
class LateDue:
    """Something late of the case, and what was said of it."""

    due: Due
    owner: str
    reaction: OverdueReaction | None


@dataclass(frozen=True)
class Row:
    """One late case."""

    case: Case
    url: str
    term: tables.Term
    stage: str
    stays: list[Stay]
    dues: list[LateDue]


@require_GET
def show(request: Request) -> HttpResponse:
    """The late cases of the divisions a person sees, the longest first."""
    now = clock.now()
    found, unit = _found(request, now)
    page = paging.page_of(found, request, order=("due_at", "id"), size=SIZE)
    context = {
        "page": page,
        "rows": rows_of(page.rows, now),
        "units": words.units(request.person),
        "unit": unit,
    }
    return render(request, "caselists/overdue.html", context)


@require_GET
def export(request: Request) -> HttpResponse:
    """The same as a workbook: a line for everything late of each case, with its response."""
    now = clock.now()
    found, _unit = _found(request, now)
    late = list(found.order_by("due_at", "id")[: exporting.MOST])
    parts = (rows_of(late[first : first + PART], now) for first in range(0, len(late), PART))
    lines = (line for rows in parts for row in rows for line in _lines(row, clock.day_of(now)))
    return exporting.answer(request, _("逾期看板"), _headings(), lines)


def _found(request: Request, now: datetime) -> tuple[QuerySet[Case], str]:
    """The late cases as the address filters them, and the unit it asks for."""
    found = cases.overdue(request.person, now)
    unit = request.GET.get("unit", "")
    if (asked := number_of(unit)) is not None:
        found = found.filter(unit_id=asked)
    return found, unit


def _headings() -> list[str]:
    return [
        _("编号"), _("事由"), _("客户"), _("区域"), _("步骤"), _("在何处"), _("业务"),
        _("各步骤天数"), _("逾期事项"), _("条文"), _("承办"), _("期限"), _("逾期天数"),
        _("逾期原因"), _("采取的措施"), _("承诺办结日"),
    ]  # fmt: skip


def _lines(row: Row, today: date) -> Iterator[list[Any]]:
    case = row.case
    for late in row.dues:
        said = late.reaction
        yield [
            case.label, case.title, case.customer.name, case.customer.get_region_display(),
            row.stage, case.unit.name if case.unit else "", case.salesperson.name,
            ";".join(_stay_text(stay) for stay in row.stays),
            late.due.name, late.due.clause, late.owner, late.due.last_day,
            (today - late.due.last_day).days,
            said.reason if said else "", said.measure if said else "",
            said.promise if said else None,
        ]  # fmt: skip


def _stay_text(stay: Stay) -> str:
    return f"{stay.title} {stay.used}" + ("" if stay.limit is None else f"/{stay.limit}")


def rows_of(found: list[Case], now: datetime) -> list[Row]:
    """The rows of a page; three statements, however many rows."""
    steps = cases.steps_of(found)
    limits = _limits([step.pk for stays in steps.values() for step in stays])
    late = _late(found, now)
    names = dict(words.stages(ended=True))
    return [
        Row(
            case,
            tables.address(case),
            tables.term_of(case),
            words.stage_of(case, names),
            [_stay(step, limits.get(step.pk), names, now) for step in steps[case.pk]],
            late.get(case.pk, []),
        )
        for case in found
    ]


def _limits(steps: Iterable[int]) -> dict[int, Due]:
    """The due of each step, which holds its limit and how its days are counted."""
    found = Due.objects.filter(kind="stage", subject_kind="step", subject_id__in=list(steps))
    return {due.subject_id: due for due in found}


def _late(found: list[Case], now: datetime) -> dict[int, list[LateDue]]:
    opened = due_lists.of_matters("case", [case.pk for case in found])
    late = {pk: [due for due in dues if due.is_late(now)] for pk, dues in opened.items()}
    ids = [due.pk for dues in late.values() for due in dues]
    said = {
        one.due_id: one for one in OverdueReaction.objects.filter(due__in=ids).order_by("at", "id")
    }
    return {
        pk: [LateDue(due, _owner(due), said.get(due.pk)) for due in dues]
        for pk, dues in late.items()
    }


def _owner(due: Due) -> str:
    from shouwen.doors.web import saying

    if due.person_id:
        return org.person(due.person_id).name
    return org.unit_by_id(due.unit_id).name if due.unit_id else saying.role(due.role)


def _stay(step: Step, due: Due | None, names: dict[str, str], now: datetime) -> Stay:
    until = step.left_at or now
    working = due is not None and due.count == "working"
    return Stay(
        names.get(step.stage, step.stage),
        org.unit_by_id(step.unit_id).name if step.unit_id else "",
        days_between(step.entered_at, until, step.run.division_id if working else None),
        due.days if due else None,
        step.left_at is None,
    )


def days_between(since: datetime, until: datetime, working_in: int | None) -> int:
    """Days after the first, as a limit counts them; only working days of a division if named."""
    first, last = clock.day_of(since), clock.day_of(until)
    days = (last - first).days
    if working_in is None:
        return days
    works_on = calendars.calendar(working_in).works_on
    return sum(works_on(first + timedelta(days=n)) for n in range(1, days + 1))
