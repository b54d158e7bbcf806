"""The lists of this room, each with its page and its workbook."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import pgettext

from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock, words
from shouwen.ground.foundation.refusal import N_
from shouwen.work.callbacks import queries
from shouwen.work.callbacks.models import (
    Callback,
    State,
)
from shouwen.work.customers import phones
from shouwen.work.customers.access import may_see_phones

from . import forms

PAGE = "callbacks/list.html"


def address(row: Callback) -> str:
    """Where a call is looked at."""
    return reverse("callbacks:show", args=[row.pk])


def title_of(row: Any) -> str:
    """What the matter is called, in the reader's language."""
    title = row.title
    said = title.get(words.language(), "") if isinstance(title, dict) else str(title)
    return said or "—"


def state_of(row: Callback) -> tuple[str, Any]:
    """State and word of one call."""
    if row.state == State.OPEN:
        late = row.due_at is not None and row.due_at <= clock.now()
        return ("late", _("已逾期")) if late else ("now", row.get_state_display())
    signs = {State.DONE: "done", State.DECLINED: "off", State.UNREACHABLE: "off"}
    return signs[State(row.state)], row.get_state_display()


def satisfied_of(row: Callback) -> tuple[str, Any] | None:
    """Whether the customer was content, where he said so."""
    if row.satisfied is None:
        return None
    return ("done", _("满意")) if row.satisfied else ("late", _("不满意"))


def mark_of(row: Callback) -> str:
    """The state that marks the line of a call."""
    late = row.state == State.OPEN and row.due_at is not None and row.due_at <= clock.now()
    return "late" if late or row.satisfied is False else ""


def call_columns(_rows: list[Any]) -> list[Column]:
    """The columns of every list of calls."""
    return [
        Column("customer", pgettext("column", "客户"), read="customer.name", link=address),
        Column("reason", _("类别"), read="get_reason_display"),
        Column("title", _("事由"), read=title_of, phone=False),
        Column("due_on", _("期限"), kind="day"),
        Column("tries", _("未通次数"), kind="number", phone=False),
        Column("state", _("状态"), kind="badge", read=state_of),
        Column("satisfied", _("满意度"), kind="badge", read=satisfied_of),
        Column("done_by", _("回访人"), kind="person", read=_caller),
        Column("done_at", _("回访时间"), kind="moment", phone=False),
    ]


def _caller(row: Callback) -> Any:
    return row.done_by or row.person or "—"


def _calls(filters: forms.CallFilters, divisions: set[int]) -> QuerySet[Callback]:
    found = queries.listed(divisions).filter(
        filters.of_customer("customer", Q(phone__contains=filters.asked("q") or " "))
    )
    for name in ("reason", "state"):
        if wanted := filters.asked(name):
            found = found.filter(**{name: wanted})
    if wanted := filters.asked("satisfied"):
        found = found.filter(satisfied=wanted == "yes")
    if since := filters.asked("since"):
        found = found.filter(counted_on__gte=since)
    if until := filters.asked("until"):
        found = found.filter(counted_on__lte=until)
    return found


def nothing(title: str, hint: str, icon: str) -> Any:
    """What stands on a list without lines."""
    return lambda: Empty(_(title), _(hint), icon)


CALLS = Listing(
    "records", _l("回访记录"), forms.CallFilters, _calls, call_columns, ("-id",),
    nothing(
        N_("没有这样的回访"),
        N_("问题解决、维修完工或到了约定的日子，回访会自己排进来。"), "phone-off",
    ),
    mark_of, PAGE,
)  # fmt: skip


def phone_reader(request: Request) -> Any:
    """Reads the number of each line as the reader may see it."""
    clear: dict[int, bool] = {}

    def read(row: Callback) -> str:
        if row.division_id not in clear:
            clear[row.division_id] = may_see_phones(request.person, row.division_id)
        return phone_of(row, clear[row.division_id])

    return read


def phone_of(row: Callback, clear: bool) -> str:
    """The number to ring, masked for whoever does not ring it."""
    known = phones.read(row.phone)
    if not clear:
        return phones.masked(row.phone)
    return phones.display(known) if known else row.phone
