"""The search box finds customers, products and orders, and tells no telephone number."""

import pytest

from shouwen.engines.search import actions as search
from shouwen.engines.search.models import SearchDoc
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ContactDraft


@pytest.fixture
def indexed(trade):
    while search.index_waiting():
        pass
    return trade


def found(words, trade):
    hits = search.find(words, divisions=trade.here)
    return sorted((hit.kind, hit.object_id) for hit in hits)


@pytest.mark.parametrize("words", ["悦升", "yuesheng", "njys", "C001", "Sheet", "任敏", "renmin"])
def test_a_customer_is_found(indexed, words):
    assert ("customer", indexed.yuesheng.pk) in found(words, indexed)


def test_orders_are_found_by_number_part_and_invoice(indexed):
    for words in ("SO-1", "SM-100", "INV-9"):
        assert ("order", indexed.order.pk) in found(words, indexed)
    assert ("product", indexed.part.pk) in found("左侧板", indexed)


def test_a_new_contact_makes_his_customer_found(indexed):
    customers.create_contact(indexed.mueller, ContactDraft("欧阳春"), by=indexed.seller)
    search.index_waiting()
    assert found("欧阳春", indexed) == [("customer", indexed.mueller.pk)]


def test_no_number_is_in_the_index(indexed):
    for words in ("13800138000", "8000", "87654321", "1380013"):
        assert found(words, indexed) == []
    assert not SearchDoc.objects.filter(body__contains="8765").exists()
