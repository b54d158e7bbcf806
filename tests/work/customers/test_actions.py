"""Verbs on customers, contacts and products: written, refused, journalled."""

import dataclasses

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.journal.queries import timeline
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, ProductDraft, draft_of
from shouwen.work.customers.models import Contact, Customer


def last(event: str) -> Entry:
    return Entry.objects.filter(event=event).latest("id")


def test_a_customer_is_spelled_and_its_number_keyed(trade):
    found = Customer.objects.get(code="C001")
    assert found.pinyin.startswith("nanjingyuesheng")
    assert found.initials.startswith("njys")
    assert found.phone_key == "862587654321"
    assert found.phone_reversed == "123456785268"


@pytest.mark.parametrize("region", ["", "abroad"])
def test_a_customer_needs_a_region_because_the_limit_depends_on_it(company, region):
    draft = CustomerDraft("c9", "无区域", region)
    with pytest.raises(Refused) as caught:
        customers.create_customer(company.factory, draft, by=company.seller)
    assert caught.value.clauses == {"R4-60"}
    assert caught.value.reasons[0].field == "region"
    assert not Customer.objects.exists()


def test_everything_wrong_is_said_at_once(company):
    draft = CustomerDraft(
        "", "", "domestic", currency="元", phone="12", email="a@b", collection_days=-1
    )
    with pytest.raises(Refused) as caught:
        customers.create_customer(company.factory, draft, by=company.seller)
    assert {reason.field for reason in caught.value.reasons} == {
        "code", "name_zh", "currency", "phone", "email", "collection_days",
    }  # fmt: skip


def test_a_code_counts_once_a_division_whatever_its_case(trade):
    again = CustomerDraft("C001 ", "另一家", "domestic")
    with pytest.raises(Refused) as caught:
        customers.create_customer(trade.factory, again, by=trade.seller)
    assert caught.value.reasons[0].field == "code"
    assert customers.create_customer(trade.sister, again, by=None).code == "C001"


def test_a_change_keeps_old_and_new(trade):
    draft = dataclasses.replace(draft_of(CustomerDraft, trade.yuesheng), short_name="悦升钣金")
    assert customers.change_customer(trade.yuesheng, draft, by=trade.seller)
    entry = last("customer.changed")
    assert entry.data["changes"] == {"short_name": ["悦升", "悦升钣金"]}
    assert entry.actor_id == trade.seller.pk
    assert Customer.objects.get(pk=trade.yuesheng.pk).initials.endswith(" ysbj ysm")


def test_a_change_that_changes_nothing_leaves_no_trace(trade):
    before = Entry.objects.count()
    draft = draft_of(CustomerDraft, trade.yuesheng)
    assert not customers.change_customer(trade.yuesheng, draft, by=trade.seller)
    assert Entry.objects.count() == before


def test_who_read_an_older_version_is_told_who_wrote_meanwhile(trade):
    mine, yours = Customer.objects.get(code="C001"), Customer.objects.get(code="C001")
    draft = draft_of(CustomerDraft, mine)
    customers.change_customer(yours, dataclasses.replace(draft, address="江宁"), by=trade.seller2)
    with pytest.raises(Refused, match="周舟"):
        customers.change_customer(mine, dataclasses.replace(draft, address="浦口"), by=trade.seller)
    assert Customer.objects.get(code="C001").address == "江宁"


@pytest.mark.parametrize(
    ("who", "may"), [("seller", True), ("inspector", False), ("keeper", False), ("stranger", False)]
)
def test_who_may_enter_a_customer(company, who, may):
    draft = CustomerDraft("c9", "新客户", "domestic")
    if may:
        assert customers.create_customer(company.factory, draft, by=getattr(company, who))
    else:
        with pytest.raises(Refused):
            customers.create_customer(company.factory, draft, by=getattr(company, who))


def test_the_journal_never_holds_a_whole_number(trade):
    draft = dataclasses.replace(draft_of(ContactDraft, trade.contact), phone="139 1234 5678")
    customers.change_contact(trade.contact, draft, by=trade.seller)
    told = "".join(str(entry.data) for entry in Entry.objects.all())
    assert last("contact.changed").data["changes"] == {"phone": ["138****8000", "139****5678"]}
    for secret in ("13800138000", "138 0013 8000", "139 1234 5678", "8765 4321", "12345678"):
        assert secret not in told


def test_a_new_main_contact_takes_the_place_of_the_old(trade):
    new = customers.create_contact(trade.yuesheng, ContactDraft("单宁", main=True), by=trade.seller)
    assert list(Contact.objects.filter(main=True)) == [new]
    assert new.initials == "sn"
    assert {entry.event for entry in timeline(trade.yuesheng)} >= {
        "customer.created", "contact.created", "contact.changed", "order.placed",
    }  # fmt: skip


def test_a_part_number_in_use_stays(trade):
    with pytest.raises(Refused, match="已有订单"):
        customers.change_product(trade.part, ProductDraft("SM-101", "左侧板"), by=trade.seller)
    assert customers.change_product(
        trade.part, ProductDraft("SM-100", "左侧板 B 版"), by=trade.seller
    )


def test_a_number_is_shown_for_a_reason_which_is_kept(trade):
    shown = customers.unmask_phone(trade.contact, reason="核对不良照片", by=trade.inspector)
    assert shown == "138 0013 8000"
    entry = last("phone.unmasked")
    assert entry.data == {"field": "phone", "reason": "核对不良照片"}
    assert entry.actor_id == trade.inspector.pk
    assert entry.matter_id == trade.yuesheng.pk
    with pytest.raises(Refused):
        customers.unmask_phone(trade.contact, reason=" 看 ", by=trade.inspector)
    with pytest.raises(ValueError, match="telephone"):
        customers.unmask_phone(trade.contact, "email", reason="核对不良照片", by=trade.inspector)
