"""Lists as workbooks; who took what out is journalled."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.work.customers.workbooks import Sheet, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
"""Lines of one workbook."""


def answer(
    request: Request, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A workbook to keep; never shown inside the page."""
    lines = list(rows)
    data = workbook(Sheet(title, headings, lines))
    journal.record(
        "cases.exported",
        request.person,
        by=request.person,
        list=request.resolver_match.view_name if request.resolver_match else "",
        rows=len(lines),
        filter=request.GET.urlencode()[:500],
    )
    name = f"{title}-{clock.today():%Y%m%d}.xlsx"
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = (
        f"attachment; filename=\"cases.xlsx\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "no-store"
    return response
