"""A customer with a contact who called, wrote and had a case; somebody else of the same company."""

from types import SimpleNamespace

import pytest

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.work.cases.models import Case, CaseText
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import opinions
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft
from shouwen.work.interactions import actions as interactions


@pytest.fixture
def now():
    with rehearsal("2026-03-10 09:00") as time:
        yield time


@pytest.fixture
def firm(db, now, regulations):
    c = SimpleNamespace(now=now)
    c.centre = org.add_unit("centre", name_zh="中心", function="management", division=True)
    for key, function, rank in (
        ("agent", "customer_service", "staff"), ("director", "customer_service", "manager"),
        ("guard", "security", "staff"),
    ):  # fmt: skip
        unit = org.add_unit(f"{key}-unit", name_zh=key, function=function, parent=c.centre)
        person = org.hire(key, name_zh=key)
        org.appoint(person, org.add_post(unit, f"{key}岗", rank=rank))
        setattr(c, key, person)
        setattr(c, f"{key}_unit", unit)
    c.customer = customers.create_customer(
        c.centre, CustomerDraft("C1", "悦升钣金", "domestic", phone="025-87654321"), by=None
    )
    c.contact = customers.create_contact(
        c.customer, ContactDraft("任敏", phone="13800138000", email="ren@yuesheng.cn"), by=None
    )
    c.other = customers.create_contact(
        c.customer, ContactDraft("田园", phone="13900139000"), by=None
    )
    c.call = _call(c, "任敏说侧板有毛刺。", "任敏", "138 0013 8000")
    c.theirs = _call(c, "田园问交期。", "田园", "13900139000")
    c.unknown = interactions.record_interaction(
        interactions.Draft(c.centre, "没有报名字。", phone="13800138000"), by=c.agent
    )
    interactions.correct(c.call, {"body": "任敏说侧板和门板有毛刺。"}, reason="补记", by=c.agent)
    draft = opinions.OpinionDraft(
        c.centre, "opinion", "任敏建议用木箱。", "来电", customer=c.customer, voice="任敏",
        target=c.guard_unit,
    )  # fmt: skip
    c.opinion = opinions.record_opinion(draft, by=c.agent)
    c.case = Case.objects.create(
        division=c.centre, kind="ordinary", category="service", title="任敏报修",
        customer=c.customer, region="domestic", first_owner=c.agent, salesperson=c.agent,
        stage="open", opened_at=now.at, due_at=now.at, state="closed", closed_at=now.at,
    )  # fmt: skip
    CaseText.objects.create(
        case=c.case,
        description="任敏 13800138000 报修，金额 120 元。",
        caller="任敏",
        phone="13800138000",
    )  # fmt: skip
    return c


def _call(c, body, name, phone):
    draft = interactions.Draft(c.centre, body, customer=c.customer, name=name, phone=phone)
    return interactions.record_interaction(draft, by=c.agent)
