"""The copies (联) of the units a person works in: to sign for, to send on, kept in the archive."""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shouwen.doors.web.caselists import listing
from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.people import Request
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.documents import access
from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit
from shouwen.work.cases.models import Case

from .forms import CopyFilters

Held = Callable[..., QuerySet[Copy]]
WAYS: dict[str, tuple[Any, Held, tuple[str, ...]]] = {
    "waiting": (gettext_lazy("待签收"), papers.queue, ("id",)),
    "sending": (gettext_lazy("待转送"), papers.to_send_on, ("id",)),
    "kept": (gettext_lazy("存档"), papers.archive, ("-id",)),
}
"""What is done with a copy first comes first; the newest of the archive is read first."""


def show(request: Request, key: str = "waiting") -> HttpResponse:
    """One of the three lists, page by page, with the numbers of the two that wait."""
    units = units_signed_for(request.person)
    found = _listing(key, units, request)
    counts = {way: WAYS[way][1](*units).count() for way in ("waiting", "sending")}
    offered = [way for way in WAYS if way != "sending" or way == key or counts[way]]
    ways = [(way, WAYS[way][0], counts.get(way)) for way in offered]
    return listing.show(request, found, ways=ways)


def export(request: Request, key: str) -> HttpResponse:
    """The same list as a workbook."""
    return listing.export(request, _listing(key, units_signed_for(request.person)))


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """Sign for a copy."""
    copy: Copy = access.access_copy(request.person, pk)
    documents.receive_copy(copy, by=request.person, note=request.POST.get("note", ""))
    messages.success(request, _("已签收"))
    back = request.POST.get("back", "")
    here = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
    return redirect(back if here else "papers:copies")


def units_signed_for(person: Person) -> list[Unit]:
    """Whoever works in a group signs for the department it belongs to, too."""
    day = org.staffing()
    above = {
        pk
        for held in org.posts_of(person)
        for pk in takewhile(lambda pk: not day.units[pk].division, day.upward(held.post.unit_id))
    }
    return [day.units[pk] for pk in sorted(org.units_of(person) | above) if pk in day.units]


def _listing(key: str, units: list[Unit], request: Request | None = None) -> Listing:
    """With the request a line that waits has its button; a workbook has none."""
    if key not in WAYS:
        raise Http404(key)
    title, held, order = WAYS[key]

    def filters(data: Any, divisions: set[int]) -> CopyFilters:
        return CopyFilters(data, divisions, units, received=key == "kept")

    def rows(asked: CopyFilters, _divisions: set[int]) -> QuerySet[Copy]:
        return held(*units).filter(asked.condition())

    def columns(found: list[Any]) -> list[Column]:
        ends = _receipt() if key == "kept" else [_button(request)] if request else []
        return [*_columns(found), *ends]

    return Listing(
        key, title, filters, rows, columns, order, EMPTY[key], template="papers/copies.html"
    )


def _columns(rows: list[Any]) -> list[Column]:
    cases = _cases_of(rows)

    def about(copy: Copy) -> Case | None:
        return cases.get(copy.sheet.matter_id) if copy.sheet.matter_kind == "case" else None

    return [
        Column("sheet", _("单据"), link=_paper, read=_titled),
        Column("copy", _("联别"), read=_name),
        Column("case", _("案件"), read=lambda copy: _called(about(copy)),
               link=lambda copy: _page(about(copy))),
        Column("customer", _("客户"), read=lambda copy: _customer(about(copy)), phone=False),
        Column("unit", _("单位"), read="unit.name"),
        Column("issued_at", _("发出"), kind="day", read=lambda copy: clock.day_of(copy.issued_at)),
    ]  # fmt: skip


def _receipt() -> list[Column]:
    return [
        Column("received_by", _("签收人"), kind="person"),
        Column("received_at", _("签收时间"), kind="moment"),
    ]


def _button(request: Request) -> Column:
    def drawn(copy: Copy) -> str:
        return render_to_string("papers/_receive.html", {"copy": copy}, request)

    return Column("receive", _("签收"), kind="html", read=drawn)


def _cases_of(rows: Iterable[Copy]) -> dict[int | None, Case]:
    ids = [copy.sheet.matter_id or 0 for copy in rows if copy.sheet.matter_kind == "case"]
    found = Case.objects.filter(pk__in=ids).select_related("customer")
    return {case.pk: case for case in found}


def _paper(copy: Copy) -> str:
    return reverse("papers:show", args=[copy.sheet_id])


def _titled(copy: Copy) -> str:
    return f"{copy.sheet.title} {copy.sheet.label}"


def _name(copy: Copy) -> str:
    return f"{_('第 %(no)s 联') % {'no': copy.no}} · {copy.title}"


def _called(case: Case | None) -> str:
    return case.called if case else ""


def _customer(case: Case | None) -> str:
    return case.customer.name if case else ""


def _page(case: Case | None) -> str:
    return reverse("cases:show", args=[case.pk]) if case else ""


EMPTY: dict[str, Callable[[], Empty]] = {
    "waiting": lambda: Empty(
        _("没有待签收的联"), _("结案、退货、奖罚等单据发出后，本单位的一联在这里签收。"), "inbox"
    ),
    "sending": lambda: Empty(
        _("没有待转送的联"), _("由本单位转交他人的联，在这里等到转送为止。"), "send"
    ),
    "kept": lambda: Empty(
        _("没有这样的存档"), _("签收之后，各联按单据和案件留在这里。"), "archive"
    ),
}
