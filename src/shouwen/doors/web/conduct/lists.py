"""The lists of this room: what concerns me, findings, reviews."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.outcomes.conduct import access, norms, queries
from shouwen.outcomes.conduct.models import Finding, Review

from .forms import FindingFilters, ReviewFilters

MOST = 20
STATES = {
    "open": "soon", "acknowledged": "now", "objected": "late", "confirmed": "now",
    "closed": "done", "dropped": "off",
}  # fmt: skip


@require_GET
def mine(request: Request) -> HttpResponse:
    """What was found against me, and what waits for me as somebody's superior."""
    now = clock.now()
    inspects = access.led(request.person, now) or access.inspected(request.person, now)
    own = queries.findings(request.person, mine=True).order_by("-id")
    context = {
        "at": "mine",
        "findings": [card(one) for one in own[:MOST]],
        "grievances": list(queries.open_grievances(request.person)[:MOST]),
        "contacts": list(queries.not_reviewed(request.person, now)[:MOST]) if inspects else [],
    }
    return render(request, "conduct/mine.html", context)


def card(one: Finding) -> dict[str, Any]:
    """A finding as a line: its name and state."""
    name = norms.name_of(one.code, one.division_id, clock.now())
    return {"finding": one, "name": name, "state": (STATES[one.state], one.get_state_display())}


def findings_of(person: Person) -> Listing:
    """The findings as one person may read them."""

    def rows(filters: FindingFilters, _divisions: set[int]) -> QuerySet[Finding]:
        state, q = filters.asked("state") or "", filters.asked("q") or ""
        return queries.findings(person, state=state, q=q)

    return Listing(
        "findings", gettext_lazy("行为记录"), FindingFilters, rows, _finding_columns, ("-id",),
        lambda: Empty(_("没有这样的行为记录"), _("检查不合格、投诉属实或主管记录时开立。"), "flag"),
        lambda row: "late" if row.state == "objected" else "", "conduct/list.html",
    )  # fmt: skip


def _code(row: Finding) -> str:
    return str(norms.name_of(row.code, row.division_id, clock.now()))


def _about(row: Finding) -> str:
    """The matter in which the product saw it, else how somebody put it."""
    return str(row.facts.get("matter") or Truncator(row.words).chars(40))


def _finding_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("编号"), link=lambda row: reverse("conduct:finding", args=[row.pk])),
        Column("person", _("当事人"), kind="person"),
        Column("code", _("行为"), read=_code),
        Column("about", _("事由"), read=_about),
        Column("clauses", _("条文"), read=lambda row: " ".join(row.clauses), phone=False),
        Column("source", _("来源"), read="get_source_display", phone=False),
        Column("opened_at", _("日期"), kind="day"),
        Column("state", _("状态"), kind="badge",
               read=lambda row: (STATES[row.state], row.get_state_display())),
    ]  # fmt: skip


def reviews_of(person: Person) -> Listing:
    """The reviews as one person may read them."""

    def rows(filters: ReviewFilters, _divisions: set[int]) -> QuerySet[Review]:
        return queries.reviews(person, q=filters.asked("q") or "").prefetch_related("marks")

    return Listing(
        "reviews", gettext_lazy("服务检查"), ReviewFilters, rows, _review_columns, ("-id",),
        lambda: Empty(_("还没有检查"), _("从“与我有关”中抽一次接触开始。"), "clipboard-check"),
        None, "conduct/list.html",
    )  # fmt: skip


def _review_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("title", _("接触"), link=lambda row: reverse("conduct:review", args=[row.pk])),
        Column("person", _("被检查人"), kind="person"),
        Column("reviewer", _("检查人"), kind="person"),
        Column("at", _("日期"), kind="day"),
        Column("mean", _("平均分"), kind="number", read=_mean),
        Column("failed", _("不合格"), kind="badge", read=_failed),
    ]


def _mean(row: Review) -> str:
    marks = [one.mark for one in row.marks.all()]
    return f"{sum(marks) / len(marks):.2f}" if marks else "—"


def _failed(row: Review) -> tuple[str, str]:
    failed = sum(not one.passed for one in row.marks.all())
    word = _("%(n)s 项不合格") % {"n": failed} if failed else _("全部合格")
    return ("late" if failed else "done", word)


@require_GET
def findings(request: Request) -> HttpResponse:
    """One page of findings."""
    return listing.show(request, findings_of(request.person))


@require_GET
def findings_export(request: Request) -> HttpResponse:
    """The findings as a workbook."""
    return listing.export(request, findings_of(request.person))


@require_GET
def reviews(request: Request) -> HttpResponse:
    """One page of reviews."""
    return listing.show(request, reviews_of(request.person))


@require_GET
def reviews_export(request: Request) -> HttpResponse:
    """The reviews as a workbook."""
    return listing.export(request, reviews_of(request.person))
