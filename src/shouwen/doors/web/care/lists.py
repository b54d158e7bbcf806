"""The lists of this room, each declared once: its page and its workbook follow."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from shouwen.doors.web.caselists.listing import Listing
from shouwen.doors.web.customers import side
from shouwen.doors.web.tables import Column, Empty
from shouwen.engines.dues.models import Beat
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.work.customers.care import completeness, rules
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Customer, Offer, Opinion, Opportunity
from shouwen.work.dossiers import queries as dossiers

from .filters import (
    IncompleteFilters,
    OfferFilters,
    OpinionFilters,
    OpportunityFilters,
    TurnFilters,
)

PAGE = "care/list.html"
States = Opportunity.State


def customer_url(row: Any) -> str:
    """The page of a row's customer."""
    pk = row.pk if isinstance(row, Customer) else row.customer_id
    return reverse("customers:customer", args=[pk]) if pk else ""


# -- records that lack something ------------------------------------------------------------------


def _incomplete(filters: IncompleteFilters, divisions: set[int]) -> QuerySet[Customer]:
    found = care.incomplete(divisions, filters.asked("field") or "").select_related("salesperson")
    sought = filters.sought()
    return found if sought is None else found.filter(sought)


def _incomplete_columns(rows: Sequence[Customer]) -> list[Column]:
    asked = {pk: completeness.required(pk) for pk in {row.division_id for row in rows}}
    return [
        Column("name", _("客户"), link=customer_url),
        Column("code", _("编号")),
        Column("salesperson", _("业务员"), read=lambda row: row.salesperson or "—", kind="person"),
        Column(
            "percent", _("完整度"), kind="percent",
            read=lambda row: rules.percent(asked[row.division_id], row.lacks.split()),
        ),
        Column("lacks", _("缺"), read=lambda row: side.lacks_in_words(row.lacks)),
    ]  # fmt: skip


# -- whose turn has come --------------------------------------------------------------------------


def _turns(
    event: str, person: Person | None, filters: TurnFilters, divisions: set[int]
) -> QuerySet[Beat]:
    found = care.turns(event, divisions, clock.now())
    customers = Customer.objects.filter(division_id__in=divisions)
    sought = filters.sought()
    if sought is not None:
        found = found.filter(subject_id__in=customers.filter(sought).values("pk"))
    if filters.asked("owner") == "mine":
        found = found.filter(subject_id__in=customers.filter(salesperson=person).values("pk"))
    return found


def _turn_columns(heading: str, rows: Sequence[Beat]) -> list[Column]:
    pks = [row.subject_id for row in rows]
    people = Customer.objects.select_related("salesperson").in_bulk(pks)
    contacts = dossiers.last_contacts(pks)
    dues = care.open_dues({row.rhythm.clause for row in rows}, pks)

    def days(row: Beat) -> Any:
        return dossiers.days_since(contacts.get(row.subject_id))

    return [
        Column(
            "name", _("客户"), read=lambda row: people[row.subject_id].name,
            link=lambda row: reverse("customers:customer", args=[row.subject_id]),
        ),
        Column("code", _("编号"), read=lambda row: people[row.subject_id].code, phone=False),
        Column(
            "owner", _("负责人"), kind="person",
            read=lambda row: people[row.subject_id].salesperson or "—",
        ),
        Column(
            "segment", _("客户类别"), read=lambda row: people[row.subject_id].segment, phone=False
        ),
        Column("relation", _("关系等级"), read=lambda row: people[row.subject_id].relation or "—"),
        Column("last_at", _(heading), kind="day", read=lambda row: clock.day_of(row.last_at)),
        Column("contact", _("最近联系"), kind="day", read=lambda row: _day(contacts, row)),
        Column("days", _("未联系天数"), kind="number", read=lambda row: _or_never(days(row))),
        Column("due", _("期限"), kind="due", read=lambda row: _due(dues, row)),
    ]  # fmt: skip


def _day(contacts: dict[int, Any], row: Beat) -> Any:
    moment = contacts.get(row.subject_id)
    return clock.day_of(moment) if moment else None


def _or_never(days: int | None) -> Any:
    return days if days is not None else _("从未")


def _due(dues: dict[tuple[str, int], Any], row: Beat) -> Any:
    return dues.get((row.rhythm.clause, row.subject_id))


# -- opportunities --------------------------------------------------------------------------------


def _opportunities(filters: OpportunityFilters, divisions: set[int]) -> QuerySet[Opportunity]:
    found = care.opportunities(divisions).filter(filters.of_customer("customer"))
    if unit := filters.asked("unit"):
        found = found.filter(unit=unit)
    state = filters.asked("state") or States.OPEN
    return found if state == "all" else found.filter(state=state)


def _opportunity_columns(rows: Sequence[Opportunity]) -> list[Column]:
    return [
        Column("need", _("需求"), link=lambda row: reverse("care:opportunity", args=[row.pk])),
        Column("customer", _("客户"), read="customer.name", link=customer_url),
        Column("expected_cents", _("预计金额"), kind="money"),
        Column("next_step", _("下一步"), phone=False),
        Column("next_on", _("日期"), kind="day"),
        Column("owner", _("负责人"), kind="person"),
        Column("unit", _("部门"), read=lambda row: row.unit.name if row.unit else "—", phone=False),
        Column("state", _("状态"), kind="badge", read=opportunity_state),
    ]


def opportunity_state(row: Opportunity) -> tuple[str, Any]:
    """What became of it, in a word; a next step that is past is late."""
    if row.state == States.OPEN and row.next_on and row.next_on < clock.today():
        return ("late", _("下一步已过期"))
    sign = {States.OPEN: "now", States.WON: "done", States.LOST: "off"}[States(row.state)]
    return (sign, row.get_state_display())


# -- opinions -------------------------------------------------------------------------------------

_STATES = {
    "new": Q(acknowledged_at__isnull=True),
    "acknowledged": Q(acknowledged_at__isnull=False, answered_at__isnull=True),
    "answered": Q(answered_at__isnull=False, told_at__isnull=True, customer__isnull=False),
    "done": Q(told_at__isnull=False) | Q(answered_at__isnull=False, customer__isnull=True),
}


def _opinions(person: Person, filters: OpinionFilters, divisions: set[int]) -> QuerySet[Opinion]:
    found = care.opinions(person).filter(filters.of_customer("customer"))
    if state := filters.asked("state"):
        found = found.filter(_STATES[state])
    if kind := filters.asked("kind"):
        found = found.filter(kind=kind)
    if target := filters.asked("target"):
        found = found.filter(target=target)
    return found.exclude(theme="") if filters.asked("valuable") else found


def _opinion_columns(rows: Sequence[Opinion]) -> list[Column]:
    return [
        Column(
            "text", _("内容"), read=lambda row: row.text[:60],
            link=lambda row: reverse("care:opinion", args=[row.pk]),
        ),
        Column("kind", _("类别"), read="get_kind_display"),
        Column(
            "customer", _("客户"), read=lambda row: row.customer.name if row.customer else "—",
            link=customer_url,
        ),
        Column("theme", _("主题"), phone=False),
        Column("unit", _("反映单位"), read="unit.name", phone=False),
        Column("target", _("送往部门"), read="target.name"),
        Column("recorded_by", _("登记人"), kind="person", phone=False),
        Column("recorded_at", _("登记时间"), kind="moment"),
        Column("state", _("状态"), kind="badge", read=opinion_state),
    ]  # fmt: skip


def opinion_state(row: Opinion) -> tuple[str, Any]:
    """Who has to act next, in a word."""
    return {
        "new": ("soon", _("未确认")),
        "acknowledged": ("now", _("待答复")),
        "answered": ("now", _("待通报客户")),
        "done": ("done", _("已办结")),
    }[row.state]


# -- offers ---------------------------------------------------------------------------------------


def _offers(filters: OfferFilters, divisions: set[int]) -> QuerySet[Offer]:
    found = care.offers(divisions)
    if words := filters.asked("q"):
        found = found.filter(title__icontains=words)
    if filters.asked("state") == "all":
        return found
    today = clock.today()
    return found.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


def _offer_columns(rows: Sequence[Offer]) -> list[Column]:
    return [
        Column("title", _("新业务"), link=lambda row: reverse("care:offer", args=[row.pk])),
        Column("segment", _("客户类别"), read=lambda row: row.segment or _("全部客户")),
        Column("since", _("起"), kind="day"),
        Column("until", _("止"), kind="day"),
        Column("told", _("已告知客户"), kind="number"),
        Column("made_by", _("发布人"), kind="person", phone=False),
        Column("state", _("状态"), kind="badge", read=offer_state),
    ]


def offer_state(row: Offer) -> tuple[str, Any]:
    """Whether customers can be told of it today."""
    if rules.Terms(row.title, row.segment, row.since, row.until).holds(clock.today()):
        return ("now", _("现行"))
    return ("off", _("已截止")) if row.until and row.until < clock.today() else ("later", _("未到"))


# -- all of them ----------------------------------------------------------------------------------


def _nothing(title: str, hint: str, icon: str) -> Any:
    return lambda: Empty(_(title), _(hint), icon)


LISTINGS = {
    "incomplete": Listing(
        "incomplete", _l("资料不完整"), IncompleteFilters, _incomplete, _incomplete_columns,
        ("pinyin", "id"),
        _nothing(
            N_("没有不完整的客户资料"),
            N_("公司在“设置”里规定每位客户必须有哪些资料，缺的列在这里。"), "circle-check",
        ), template=PAGE,
    ),
    "relations": Listing(
        "relations", _l("久未联系"), TurnFilters, partial(_turns, "interaction.recorded", None),
        partial(_turn_columns, N_("起算日")), ("next_at", "id"),
        _nothing(
            N_("没有久未联系的客户"), N_("超过公司规定期限没有任何往来的客户列在这里。"),
            "mood-smile",
        ), template=PAGE,
    ),
    "offers-due": Listing(
        "offers-due", _l("待介绍新业务"), TurnFilters, partial(_turns, "offer.presented", None),
        partial(_turn_columns, N_("上次介绍")), ("next_at", "id"),
        _nothing(
            N_("没有到期的客户"), N_("到了公司规定的间隔还没有介绍新业务的客户列在这里。"),
            "speakerphone",
        ), template=PAGE,
    ),
    "reviews": Listing(
        "reviews", _l("待核对资料"), TurnFilters, partial(_turns, "customer.verified", None),
        partial(_turn_columns, N_("上次核对")), ("next_at", "id"),
        _nothing(
            N_("没有到期的核对"), N_("资料超过公司规定的间隔没有核对的客户列在这里。"), "checklist",
        ), template=PAGE,
    ),
    "opportunities": Listing(
        "opportunities", _l("商机"), OpportunityFilters, _opportunities, _opportunity_columns,
        ("-id",),
        _nothing(
            N_("还没有商机"), N_("在客户页或回访里记下客户的需求，就列在这里，由各部门跟进。"),
            "bulb",
        ), template=PAGE,
    ),
    "opinions": Listing(
        "opinions", _l("客户意见"), OpinionFilters, _opinions, _opinion_columns, ("-id",),  # type: ignore[arg-type]
        _nothing(
            N_("没有客户意见"), N_("登记的客户意见、建议和市场信息送到有关部门，列在这里。"),
            "message-star",
        ), template=PAGE,
    ),
    "offers": Listing(
        "offers", _l("新业务"), OfferFilters, _offers, _offer_columns, ("-id",),
        _nothing(
            N_("没有现行的新业务"), N_("发布之后，到期的客户由负责人逐一介绍。"), "speakerphone"
        ), template=PAGE,
    ),
}  # fmt: skip
ABOUT = {
    "incomplete": "R1-10", "relations": "R1-13", "offers-due": "R1-12", "reviews": "R2-08",
    "opportunities": "R2-10", "opinions": "R1-11", "offers": "R1-12",
}  # fmt: skip
"""The clause that asks for each list."""
TURNS = {
    "relations": "interaction.recorded", "offers-due": "offer.presented",
    "reviews": "customer.verified",
}  # fmt: skip


def listing_of(key: str, person: Person) -> Listing:
    """A list as one reader gets it."""
    found = LISTINGS[key]
    if key == "opinions":
        return replace(found, rows=partial(_opinions, person))
    if key in TURNS:
        return replace(found, rows=partial(_turns, TURNS[key], person))
    return found
