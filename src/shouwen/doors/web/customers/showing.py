"""What the pages of this room show of records: masked numbers, states of money, facts in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from shouwen.doors.web import links, saying
from shouwen.doors.web.drawing import marks
from shouwen.ground.foundation import money
from shouwen.ground.foundation.refusal import N_
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.customers import access, phones, queries
from shouwen.work.customers.models import Contact, Customer, Shipment
from shouwen.work.customers.models.choices import BY_WAY, Tongue
from shouwen.work.dossiers.queries import Happening


@dataclass(frozen=True)
class Number:
    """A telephone number as this reader may see it; `url` unmasks it for a reason."""

    text: str
    masked: bool
    url: str = ""


def number(record: Customer | Contact, field: str, clear: bool) -> Number | None:
    """One number of a record; None without one."""
    text = getattr(record, field)
    if not text:
        return None
    known = phones.read(text)
    if clear or (known and known.kind == "short"):
        return Number(phones.display(known) if known else text, False)
    kind = "contact" if isinstance(record, Contact) else "customer"
    return Number(
        phones.masked(text), True, reverse("customers:number", args=[kind, record.pk, field])
    )


@dataclass(frozen=True)
class ContactCard:
    """A contact with the numbers this reader may see."""

    contact: Contact
    numbers: list[Number]


def cards(contacts: Iterable[Contact], clear: bool) -> list[ContactCard]:
    """The contacts of a customer, the main one and those in use first."""
    ordered = sorted(contacts, key=lambda one: (not one.active, not one.main, one.pinyin))
    return [
        ContactCard(
            one, [n for f in ("phone", "other_phone") if (n := number(one, f, clear)) is not None]
        )
        for one in ordered
    ]


@dataclass(frozen=True)
class Owner:
    """Whose number was typed into the search box."""

    customer: Customer
    contact: Contact | None
    phone: str


def callers(person: Person, words: str) -> list[Owner]:
    """Owners of a number, as far as the reader may know; numbers masked where they are."""
    clear = access.phone_divisions(person)
    found = queries.callers(words, person, limit=10)
    return [
        Owner(
            one.customer,
            one.contact,
            one.phone if one.customer.division_id in clear else phones.masked(one.phone),
        )
        for one in found
    ]


def sees(person: Person, division: int) -> bool:
    """Whether numbers of this division reach the reader unmasked."""
    return access.may_see_phones(person, division)


def money_state(shipment: Shipment, today: date) -> tuple[str, str]:
    """Where the receivable of a shipment stands: a state and a word."""
    if shipment.invoice_date is None:
        return "off", gettext("未开票")
    if shipment.open_cents <= 0:
        return "done", gettext("已收")
    if shipment.due_on and shipment.due_on < today:
        return "late", gettext("逾期未收")
    if shipment.collected_cents:
        return "now", gettext("部分收款")
    return "later", gettext("未到期")


FIELDS = {
    "code": N_("客户编号"),
    "industry": N_("行业"),
    "wares": N_("购用产品"),
    "contract": N_("合同"),
    "segment": N_("客户类别"),
    "likes_from": N_("方便联系，自"),
    "likes_until": N_("方便联系，至"),
    "likes_way": N_("惯用的联系方式"),
    "likes_language": N_("惯用语言"),
    "habits": N_("个性、习惯与喜好"),
    "name_zh": N_("中文名称"),
    "name_en": N_("英文名称"),
    "short_name": N_("简称"),
    "region": N_("区域"),
    "salesperson": N_("业务员"),
    "currency": N_("币别"),
    "phone": N_("电话"),
    "other_phone": N_("其他电话"),
    "email": N_("邮箱"),
    "address": N_("地址"),
    "collection_days": N_("收款期"),
    "active": N_("使用中"),
    "name": N_("姓名"),
    "title": N_("职务"),
    "main": N_("首要联系人"),
    "part_number": N_("料号"),
    "unit": N_("单位"),
    "number": N_("订单编号"),
    "ordered_on": N_("订货日期"),
    "over_receipt_tolerance": N_("超量允收比率"),
    "exchange_rate": N_("汇率"),
    "lines": N_("订单行"),
    "shipped_on": N_("交运日期"),
    "quantity": N_("数量"),
    "invoice_number": N_("发票号码"),
    "invoice_date": N_("发票日期"),
    "amount_cents": N_("发票金额"),
    "due_on": N_("应收日"),
    "collected_cents": N_("已收金额"),
    "collected_on": N_("收款日期"),
}
"""What the columns are called in facts and in trials of imports."""

_VALUES = {"domestic": N_("国内"), "overseas": N_("国外")}
_CHOICES: Mapping[str, Mapping[Any, Any]] = {
    "likes_way": BY_WAY,
    "likes_language": dict(Tongue.choices),
}


def field_name(key: str) -> str:
    """A column in the reader's language."""
    return gettext(FIELDS[key]) if key in FIELDS else key


def value(key: str, given: Any) -> str:
    """A value of a fact or of a change, in the reader's language."""
    if given is None or given == "":
        return gettext("（空）")
    if key == "salesperson":
        return org.person(int(given)).name if str(given).isdigit() else str(given)
    if key == "lines" and isinstance(given, list):
        return "；".join(f"{line['part']} × {line['quantity']}" for line in given)
    if key in _CHOICES:
        return str(_CHOICES[key].get(given, given))
    if isinstance(given, bool):
        return gettext("是") if given else gettext("否")
    if key.endswith("_cents"):
        return money.yuan(int(given))
    return gettext(_VALUES[given]) if given in _VALUES else str(given)


def event(entry: Entry, erased: datetime | None = None) -> dict[str, Any]:
    """A fact as the timeline shows it; one before an erasure says when and what, not more."""
    detail = "" if erased and entry.at <= erased else _detail(entry)
    return saying.line(entry, detail=detail, url=_url(entry))


def happening(one: Happening, erased: datetime | None = None) -> dict[str, Any]:
    """A line of the timeline over every channel: a fact, or what somebody said."""
    record: Any = one.record
    if not one.is_interaction:
        return event(record, erased)
    way = f"{record.get_direction_display()} · {record.channel_word}"
    call = record.text.more.get("callback")
    return {
        "at": record.at, "when": marks.when(record), "person": record.taker,
        "title": f"{way} {record.number}",
        "icon": _ICONS.get(record.channel, "messages"), "state": "", "clause": "",
        "detail": record.text.subject or record.text.said[:200],
        "url": links.url("callback", call) if call else links.url("interaction", record.pk),
    }  # fmt: skip


_ICONS = {
    "phone": "phone", "letter": "mail", "fax": "printer", "visit": "door-enter", "mail": "mail",
    "web": "world", "api": "plug",
}  # fmt: skip


def _detail(entry: Entry) -> str:
    data = entry.data
    if changes := data.get("changes"):
        return "；".join(
            f"{field_name(key)} {value(key, old)} → {value(key, new)}"
            for key, (old, new) in changes.items()
        )
    if entry.event == "customer.graded":
        return f"{data['before'] or '—'} → {data['after']} · {data['reason']}"
    if reason := data.get("reason"):
        return str(reason)
    told = data.get("values", {})
    if entry.event == "shipment.recorded":
        return f"{data.get('order', '')} × {told.get('quantity', '')}"
    return str(told.get("number") or told.get("name") or told.get("name_zh") or "")


def _url(entry: Entry) -> str:
    page = _PAGES.get(entry.subject_kind)
    return reverse(page, args=[entry.subject_id]) if page else ""


_PAGES = {
    "order": "customers:order",
    "opinion": "care:opinion",
    "opportunity": "care:opportunity",
    "case": "cases:show",
}
"""Which records of a customer's timeline have a page of their own."""
