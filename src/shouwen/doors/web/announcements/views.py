"""The internal notice board, and what personnel still has to publish on it (R4-63)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries
from shouwen.outcomes.assessment.access import spec_of
from shouwen.outcomes.assessment.models import Penalty
from shouwen.outcomes.assessment.sanctions import sanction_words

from .forms import BoardFilters

MOST = 50


def _rows(filters: BoardFilters, divisions: set[int]) -> QuerySet[Penalty]:
    found = queries.board_of(divisions)
    if sought := filters.asked("q"):
        person = Q(person__name_zh__contains=sought) | Q(person__name_en__icontains=sought)
        found = found.filter(person | Q(announcement__number__startswith=sought))
    return found.filter(filters.within("announcement__issued_at"))


def _columns(_rows: list[Any]) -> list[Column]:
    at = clock.now()
    return [
        Column("number", _("编号"), read="announcement.number", link=_paper),
        Column("on", _("公布日期"), kind="day", read=lambda row: row.announcement.issued_at),
        Column("person", _("受处分人"), kind="person"),
        Column("sanction", _("处分"), read=lambda row: str(sanction_words(row, at))),
        Column("reason", _("事由")),
        Column("approved_by", _("批准人"), kind="person"),
    ]


def _paper(row: Penalty) -> str:
    return reverse("papers:show", args=[row.announcement_id])


BOARD = Listing(
    "board", gettext_lazy("人事公告"), BoardFilters, _rows, _columns, ("-announcement_id", "-id"),
    lambda: Empty(
        _("没有这样的公告"), _("人事单位按总经理室送来的名单公布处分,公布后全体人员在这里看到。"),
        "speakerphone",
    ),
    None, "announcements/board.html",
)  # fmt: skip


@require_GET
def board(request: Request) -> HttpResponse:
    """The board; personnel has what waits to be published above it."""
    at = clock.now()
    waiting = []
    if is_personnel(request):
        waiting = [
            {"penalty": one, "sanction": sanction_words(one, at)}
            for one in queries.to_announce(request.person)[:MOST]
        ]
    return listing.show(request, BOARD, waiting=waiting)


def is_personnel(request: Request) -> bool:
    """Whether the person publishes announcements in some division in sight."""
    at = clock.now()
    return any(
        org.as_whom(request.person, spec_of(division, "R4-63", at).by, division, at)
        for division in org.divisions_under(request.person, "R4", on=at)
    )


@require_GET
def export(request: Request) -> HttpResponse:
    """The board as a workbook."""
    return listing.export(request, BOARD)


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    """Personnel publishes one sanction, numbered and dated."""
    penalty = queries.listed(request.person, pk)
    if penalty is None:
        raise Http404
    request.about = penalty.case
    sheet = assessment.announce(penalty, by=request.person)
    messages.success(request, _("已公布 %(number)s") % {"number": sheet.number})
    return redirect("announcements:board")
