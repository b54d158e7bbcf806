"""The visitor register as a list, a workbook and a print (R2-11, R6-12)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.documents import printing
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.work.reception import queries
from shouwen.work.reception.models import Visit
from shouwen.work.reception.queries import Sought

from .forms import RegisterFilters
from .people import division_for

MOST = 500
"""Lines of one print."""


def sought(filters: RegisterFilters) -> Sought:
    """The filters as the query wants them."""
    return Sought(
        filters.asked("q") or "", filters.asked("since"), filters.asked("until"),
        filters.asked("state") or "",
    )  # fmt: skip


def listing_of(person: Person) -> Listing:
    """The register as one person may read it."""

    def rows(filters: RegisterFilters, _divisions: set[int]) -> QuerySet[Visit]:
        return queries.register(person, sought(filters))

    return Listing(
        "register", gettext_lazy("来访登记簿"), RegisterFilters, rows, _columns,
        ("-arrived_at", "-id"),
        lambda: Empty(_("没有这样的来访"), _("前台登记的来访都在这里。"), "door-enter"),
        lambda row: "late" if row.over_limit else "", "reception/register.html",
    )  # fmt: skip


def _columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("编号"), link=lambda row: reverse("reception:visit", args=[row.pk])),
        Column("visitor", _("来访人")),
        Column("company", _("单位"), phone=False),
        Column("purpose", _("事由"), phone=False),
        Column("host", _("接待人"), kind="person"),
        Column("arrived_at", _("到访"), kind="moment"),
        Column("waited_minutes", _("等候(分钟)"), kind="number"),
        Column("left_at", _("离开"), kind="moment"),
        Column("outcome", _("结果"), phone=False),
        Column("rating", _("评价"), kind="badge", read=rating_badge),
    ]


def rating_badge(row: Visit) -> tuple[str, Any] | None:
    """The rating in a word; what waits for the manager stands out."""
    if not row.rating:
        return None
    state = "late" if row.to_follow_up and not row.followed_up_at else "done"
    return ("soon" if row.to_follow_up and row.followed_up_at else state, row.get_rating_display())


@require_GET
def listing_page(request: Request) -> HttpResponse:
    """One page of the register."""
    return listing.show(request, listing_of(request.person))


@require_GET
def export(request: Request) -> HttpResponse:
    """The register as a workbook."""
    return listing.export(request, listing_of(request.person))


@require_GET
def printed(request: Request) -> HttpResponse:
    """The register on paper, as it is filtered."""
    filters = RegisterFilters(request.GET)
    found = queries.register(request.person, sought(filters)).order_by("arrived_at", "id")[:MOST]
    division = division_for(request.person)
    paper = printing.report(
        _("来访登记簿"),
        [printing.ReportColumn(label) for label in _heads()],
        [_printed_row(one) for one in found],
        division=division,
        matter=division,
        by=request.person,
        subtitle=_span(filters),
    )
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="visitors.pdf"'
    return answer


def _heads() -> list[str]:
    return [_("编号"), _("来访人"), _("单位"), _("事由"), _("接待人"), _("到访"), _("离开"),
            _("结果"), _("签字")]  # fmt: skip


def _printed_row(one: Visit) -> list[str]:
    return [
        one.number, one.visitor, one.company, one.purpose, one.host.name, _hour(one.arrived_at),
        _hour(one.left_at), one.outcome,
        one.confirmed_name or (_("已签") if one.signature_id else ""),
    ]  # fmt: skip


def _hour(moment: Any) -> str:
    return f"{moment.astimezone(clock.COMPANY_ZONE):%m-%d %H:%M}" if moment else ""


def _span(filters: RegisterFilters) -> str:
    since, until = filters.asked("since"), filters.asked("until")
    return f"{since or ''} – {until or clock.today()}" if since or until else ""
