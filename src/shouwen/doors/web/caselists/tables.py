"""Cases as lines of a table and of a workbook."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwen.doors.web.tables import Column, Empty, Table
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.work.cases import rules
from shouwen.work.cases.course.courses import has_course
from shouwen.work.cases.models import Case
from shouwen.work.customers.workbooks import Money

from . import words


@dataclass(frozen=True)
class Term:
    """The whole time limit of a case in the shape of a due, so that it is read like one."""

    due_at: datetime
    settled_at: datetime | None
    division_id: int
    paused_at: None = None

    @property
    def last_day(self) -> date:
        """The last day on which it is in time."""
        return clock.day_of(self.due_at - timedelta.resolution)


def term_of(case: Case) -> Term:
    """When a case has to be closed, and whether it is."""
    return Term(case.due_at, case.closed_at, case.division_id)


def address(case: Case) -> str:
    """The page of a matter."""
    if has_course(case.kind):
        return f"/cases/{case.pk}/"
    return reverse("intake:matter", args=[case.pk])


JOINED = ("customer", "unit", "salesperson", "first_owner")
READ = (
    "number", "title", "kind", "stage", "state", "due_at", "closed_at", "amount_cents",
    "division_id", *(f"{one}__name_{language}" for one in JOINED for language in ("zh", "en")),
)  # fmt: skip
"""The columns a line of the list is made of; the others stay in the database."""


def state_of(case: Case) -> str:
    """`late` for a row past its limit."""
    return "late" if case.state == "open" and case.due_at <= clock.now() else ""


def owner_of(case: Case) -> Person:
    """Who answers for it to the customer: its first-contact owner, its salesperson in a factory."""
    return case.first_owner if case.kind in rules.GENERAL else case.salesperson


def case_table(rows: Iterable[Case], request: HttpRequest, empty: Empty | None) -> Table:
    """The list: what it is, where it stands, with whom, until when, how much."""
    names = dict(words.stages(ended=True))
    columns = [
        Column("label", _("编号"), link=address),
        Column("title", _("事由"), link=address),
        Column("customer", _("客户"), read="customer.name"),
        Column("stage", _("步骤"), read=lambda case: words.stage_of(case, names)),
        Column("unit", _("在何处"), read=lambda case: case.unit.name if case.unit else "—"),
        Column("owner", _("首问或业务"), kind="person", read=owner_of, phone=False),
        Column("due", _("期限"), kind="due", read=term_of),
        Column("amount_cents", _("金额"), kind="money", phone=False),
    ]
    return Table(
        columns, rows, request, empty, caption=pgettext("room", "案件"), row_state=state_of
    )


def headings() -> list[str]:
    """The head of the workbook."""
    return [
        _("编号"), _("类型"), _("内容类别"), _("事由"), _("客户"), _("客户等级"), _("区域"),
        _("轻重"), _("步骤"), _("在何处"), _("业务"), _("首问责任人"), _("受理时间"), _("编号时间"),
        _("期限"), _("结案时间"),
        _("核决结果"), _("处理方式"), _("金额"), _("客诉项目"), _("责任单位"),
    ]  # fmt: skip


def line(case: Case, names: dict[str, dict[str, str]]) -> list[Any]:
    """One case of the workbook; `names` are the words of stages, methods and items."""
    return [
        case.label, case.get_kind_display(), case.title_of_category, case.title,
        case.customer.name, case.customer.grade,
        case.customer.get_region_display(), case.title_of_grade,
        words.stage_of(case, names["stages"]), case.unit.name if case.unit else "",
        case.salesperson.name, case.first_owner.name, case.opened_at, case.accepted_at,
        case.due_at, case.closed_at, case.get_outcome_display() if case.outcome else "",
        names["methods"].get(case.method, case.method),
        Money(case.amount_cents) if case.amount_cents is not None else "",
        names["items"].get(case.cause_item, case.cause_item),
        case.liable_unit.name if case.liable_unit else "",
    ]  # fmt: skip


def all_words() -> dict[str, dict[str, str]]:
    """The words the lines of a workbook need, looked up once."""
    return {
        "stages": dict(words.stages(ended=True)),
        "methods": dict(words.methods()),
        "items": dict(words.cause_items()),
    }
