"""The customer's own record, its contacts, what they had to say and what may come of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shouwen.ground.foundation.refusal import N_
from shouwen.work.customers import searching
from shouwen.work.customers.care import preferences
from shouwen.work.customers.models import Contact, Customer, Opinion, Opportunity
from shouwen.work.dossiers.rules import GONE, Who, scrubbed

from . import Row, Source, register

_NO_NUMBER = {"phone": "", "phone_key": "", "phone_reversed": "", "email": ""}


def _customers(who: Who) -> QuerySet[Customer]:
    return Customer.objects.filter(pk__in=who.customers)


def _contacts(who: Who) -> QuerySet[Contact]:
    found = Contact.objects.filter(customer__in=who.customers)
    return found if who.contact is None else found.filter(pk=who.contact)


def _records(who: Who) -> Iterator[Row]:
    for one in _customers(who) if who.whole else ():
        yield _plain(
            one, "code", "name_zh", "name_en", "short_name", "region", "phone", "email", "address",
            "industry", "wares", "contract", "grade", "relation", "segment", "last_verified_on",
            *preferences.FIELDS,
        )  # fmt: skip
    for contact in _contacts(who):
        yield _plain(contact, "name", "title", "phone", "other_phone", "email", "main", "active")


def _plain(record: Any, *names: str) -> Row:
    values = {name: getattr(record, name) for name in names}
    return {
        "record": record._meta.model_name,
        **{k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in values.items()},
    }


def _forget_records(who: Who, at: datetime) -> int:
    """Names and numbers go; codes, orders and sums stay what they are."""
    contacts = _contacts(who)
    count = contacts.update(
        name=GONE, title="", other_phone="", other_key="", other_reversed="", pinyin="",
        initials="", main=False, active=False, **_NO_NUMBER,
    )  # fmt: skip
    if who.whole:
        count += _customers(who).update(
            name_zh=GONE, name_en="", short_name="", address="", pinyin="", initials="",
            active=False, likes_from=None, likes_until=None, likes_way="", likes_language="",
            habits="", **_NO_NUMBER,
        )  # fmt: skip
    for one in _customers(who):
        searching.touch(one)
    return count


def _opinions(who: Who) -> QuerySet[Opinion]:
    found = Opinion.objects.filter(customer__in=who.customers)
    return found if who.whole else found.filter(voice__in=who.names)


def _said(who: Who) -> Iterator[Row]:
    for one in _opinions(who).order_by("pk"):
        yield _plain(
            one, "kind", "text", "voice", "source", "heard_on", "answer", "decision",
            "answered_at", "told_channel", "told_at",
        )  # fmt: skip


def _forget_said(who: Who, at: datetime) -> int:
    """What was suggested stays, who suggested it does not."""
    rows = list(_opinions(who))
    for one in rows:
        one.voice = GONE if one.voice else ""
        one.text, one.answer = scrubbed(one.text, who), scrubbed(one.answer, who)
    Opinion.objects.bulk_update(rows, ["voice", "text", "answer"])
    return len(rows)


def _chances(who: Who) -> Iterator[Row]:
    for one in Opportunity.objects.filter(customer__in=who.customers).order_by("pk"):
        if who.whole or _named(one, who):
            yield _plain(
                one, "need", "next_step", "next_on", "expected_cents", "state", "outcome",
                "noted_at",
            )  # fmt: skip


def _named(one: Opportunity, who: Who) -> bool:
    return any(scrubbed(text, who) != text for text in (one.need, one.next_step, one.outcome))


def _forget_chances(who: Who, at: datetime) -> int:
    rows = [
        one for one in Opportunity.objects.filter(customer__in=who.customers) if _named(one, who)
    ]
    for one in rows:
        one.need, one.next_step = scrubbed(one.need, who), scrubbed(one.next_step, who)
        one.outcome = scrubbed(one.outcome, who)
    Opportunity.objects.bulk_update(rows, ["need", "next_step", "outcome"])
    return len(rows)


register(Source("records", N_("客户与联系人"), _records, _forget_records))
register(Source("opinions", N_("意见建议"), _said, _forget_said))
register(Source("opportunities", N_("商机"), _chances, _forget_chances))
