"""The three lists of this room: settlements in hand, receivables to collect, vouchers."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.tables import Column, Empty
from shouwen.ground.foundation import clock
from shouwen.outcomes.settlement import queries
from shouwen.outcomes.settlement.models import Collection, Settlement, Voucher

from .forms import CollectionFilters, SettlementFilters, VoucherFilters

State = Collection.State
PAGE = "settlement/list.html"


def _settlement(row: Any) -> str:
    return reverse("settlement:show", args=[row.case_id])


def _paper(name: str) -> Callable[[Any], str]:
    return lambda row: reverse("papers:show", args=[getattr(row, f"{name}_id")])


def _settlements(filters: SettlementFilters, divisions: set[int]) -> QuerySet[Settlement]:
    found = queries.settlements(divisions).filter(filters.of_the_case(Q()))
    if kind := filters.asked("kind"):
        found = found.filter(kind=kind)
    if filters.asked("state") != "all":
        found = found.filter(done_at__isnull=filters.asked("state") != "done")
    return found


def _settlement_columns(rows: list[Any]) -> list[Column]:
    nexts = queries.next_steps(row.case_id for row in rows)
    return [
        Column("label", _("编号"), read="case.label", link=_settlement),
        Column("customer", _("客户"), read="case.customer.name"),
        Column("kind", _("方式"), read="get_kind_display"),
        Column("amount_cents", _("核决金额"), kind="money"),
        Column("quantity", _("核定数量"), kind="number", read=lambda row: _plain(row.quantity)),
        Column("salesperson", _("业务员"), kind="person", read="case.salesperson"),
        Column("next", _("现在"), read=lambda row: nexts.get(row.case_id, ("", ""))[0]),
        Column("waits", _("等待"), read=lambda row: nexts.get(row.case_id, ("", ""))[1]),
        Column("opened_at", _("开始"), kind="day", read=lambda row: clock.day_of(row.opened_at)),
    ]


def _plain(quantity: Any) -> str:
    return "" if quantity is None else f"{quantity.normalize():f}"


def _collections(filters: CollectionFilters, divisions: set[int]) -> QuerySet[Collection]:
    words = Q(invoice_number__startswith=filters.asked("q") or " ")
    found = queries.collections(divisions).filter(filters.of_the_case(words))
    state = filters.asked("state") or ""
    if state in State.values:
        return found.filter(state=state)
    if state != "all":
        found = found.filter(state__in=[State.OPEN, State.DISPUTED])
    return found.filter(due_on__lt=clock.today()) if state == "late" else found


def _collection_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("label", _("编号"), read="case.label", link=_settlement),
        Column("customer", _("客户"), read="case.customer.name"),
        Column("invoice_number", _("发票")),
        Column("amount_cents", _("金额"), kind="money"),
        Column("due_on", _("应收日"), kind="day"),
        Column("salesperson", _("业务员"), kind="person", read="salesperson"),
        Column("state", _("状态"), kind="badge", read=_collection_state),
        Column("collected_on", _("收款日期"), kind="day", phone=False),
    ]


def _collection_state(row: Collection) -> tuple[str, Any]:
    states = {State.OPEN: "", State.DISPUTED: "soon", State.COLLECTED: "done"}
    if _collection_mark(row) == "late":
        return ("late", _("已逾期"))
    return (states.get(State(row.state), ""), row.get_state_display())


def _collection_mark(row: Collection) -> str:
    waiting = row.state in (State.OPEN, State.DISPUTED)
    return "late" if waiting and row.due_on < clock.today() else ""


def _vouchers(filters: VoucherFilters, divisions: set[int]) -> QuerySet[Voucher]:
    words = filters.asked("q") or " "
    own = Q(number__startswith=words) | Q(source__number__startswith=words)
    found = queries.vouchers(divisions).filter(filters.of_the_case(own))
    if first := filters.asked("posted_from"):
        found = found.filter(posted_on__gte=first)
    if last := filters.asked("posted_to"):
        found = found.filter(posted_on__lte=last)
    return found


def _voucher_columns(_rows: list[Any]) -> list[Column]:
    return [
        Column("number", _("传票号"), link=_paper("sheet")),
        Column("posted_on", _("日期"), kind="day"),
        Column("source", _("来源"), read="source.label", link=_paper("source")),
        Column("label", _("客诉编号"), read="case.label", link=_settlement),
        Column("customer", _("客户"), read="case.customer.name"),
        Column("quantity", _("数量"), kind="number", read=lambda row: _plain(row.quantity)),
        Column("amount_cents", _("金额"), kind="money"),
        Column("reference", _("会计凭证号"), phone=False),
    ]


SETTLEMENTS = Listing(
    "queue", _l("退货折让"), SettlementFilters, _settlements, _settlement_columns,
    ("-opened_at", "-id"),
    lambda: Empty(
        _("没有这样的退货或折让"), _("业务部签收结案表第三联后，在这里依核决方式办理。"), "package"
    ),
    template=PAGE,
)  # fmt: skip
COLLECTIONS = Listing(
    "collections", _l("应收账款"), CollectionFilters, _collections, _collection_columns,
    ("due_on", "id"),
    lambda: Empty(_("没有这样的应收账款"), _("客诉不成立时，未收的发票在这里催收。"), "coin"),
    _collection_mark, PAGE,
)  # fmt: skip
VOUCHERS = Listing(
    "vouchers", _l("传票"), VoucherFilters, _vouchers, _voucher_columns, ("-posted_on", "-id"),
    lambda: Empty(_("没有这样的传票"), _("核对退货单或折让证明单之后在这里。"), "receipt"),
    template=PAGE,
)  # fmt: skip
