"""Lists as workbooks, headed as the importer reads them; who took what out is journalled."""

from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from shouwen.doors.web.caselists import exporting
from shouwen.doors.web.people import Request
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.words import language
from shouwen.ground.journal import actions as journal
from shouwen.work.customers.importing.headings import headings_of
from shouwen.work.customers.importing.rows import CustomerRow
from shouwen.work.customers.models import Customer, Order, Product
from shouwen.work.customers.shipping import plain
from shouwen.work.customers.workbooks import Money, Sheet, workbook

from . import showing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000


def file_response(data: bytes, name: str) -> HttpResponse:
    """A workbook to keep; never shown inside the page."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="{name.encode("ascii", "ignore").decode() or "file.xlsx"}"; '
        f"filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "no-store"
    return response


def customers(request: Request, found: QuerySet[Customer]) -> HttpResponse:
    """Customers with the importer's own headings; masked numbers stay masked."""
    rows = list(found.order_by("pinyin", "id")[:MOST])
    clear = {one.division_id: False for one in rows}
    clear = {division: showing.sees(request.person, division) for division in clear}
    headings = headings_of(CustomerRow)
    sheet = Sheet(
        _("客户"),
        [str(heading) for heading in headings.values()],
        [[_cell(one, key, clear[one.division_id]) for key in headings] for one in rows],
    )
    for division in {one.division_id: one.division for one in rows}.values():
        count = sum(one.division_id == division.pk for one in rows)
        journal.record(
            "customers.exported",
            division,
            by=request.person,
            rows=count,
            masked=not clear[division.pk],
            filter=request.GET.urlencode(),
        )
    name = f"{_('客户')}-{clock.today():%Y%m%d}.xlsx"
    return file_response(workbook(sheet), name)


def _cell(customer: Customer, key: str, clear: bool) -> Any:
    if key == "phone":
        found = showing.number(customer, "phone", clear)
        return found.text if found else ""
    if key == "region":
        return customer.region if language() == "en" else customer.get_region_display()
    if key == "salesperson":
        return customer.salesperson.name if customer.salesperson else ""
    if key == "active":
        return _("是") if customer.active else _("否")
    return getattr(customer, key)


def orders(request: Request, found: QuerySet[Order]) -> HttpResponse:
    """Orders, a line for each part number with what was shipped of it."""
    headings = [
        _("订单编号"), _("客户编号"), _("客户"), _("订货日期"), _("料号"), _("订货数量"),
        _("已交运"), _("单价"), _("金额"), _("币别"), _("超量允收"),
    ]  # fmt: skip
    rows = []
    for order in found.order_by("-ordered_on", "-id")[:MOST]:
        percent = order.over_receipt_tolerance
        for line in order.lines.all():
            sent = sum((one.quantity for one in line.shipments.all()), start=line.quantity * 0)
            rows.append([
                order.number, order.customer.code, order.customer.name, order.ordered_on,
                line.product.part_number, float(line.quantity), float(sent),
                Money(line.unit_price_cents), Money(line.amount_cents), order.currency,
                "" if percent is None else f"{plain(percent)} %",
            ])  # fmt: skip
    return exporting.answer(request, _("订单"), headings, rows)


def products(request: Request, found: QuerySet[Product]) -> HttpResponse:
    """Part numbers, as the list shows them."""
    headings = [_("料号"), _("品名"), _("英文品名"), _("单位"), _("使用中")]
    rows = [
        [one.part_number, one.name_zh, one.name_en, one.unit, _("是") if one.active else _("否")]
        for one in found.order_by("part_number", "id")[:MOST]
    ]
    return exporting.answer(request, _("产品"), headings, rows)
