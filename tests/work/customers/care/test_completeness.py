"""What a record lacks, by what the company wants to know (R1-10)."""

import pytest

from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import completeness, rules
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft, draft_of
from shouwen.work.customers.models import Customer


def lacks(customer):
    return Customer.objects.get(pk=customer.pk).lacks.split()


@pytest.mark.parametrize(
    ("known", "wanted"),
    [({}, ["phone", "email"]), ({"phone": True}, ["email"]), ({"phone": True, "email": True}, [])],
)
def test_what_is_missing_stands_in_the_companys_order(known, wanted):
    assert rules.lacking(["phone", "email"], known) == wanted


def test_the_meter_counts_the_name():
    assert rules.percent(["phone", "email", "address"], ["phone"]) == 75
    assert rules.percent([], []) == 100


def test_while_the_company_asks_nothing_nothing_is_missing(shop):
    assert completeness.recount() == 0
    assert lacks(shop.flower) == []
    assert not care.incomplete([shop.factory.pk]).exists()


def test_what_the_company_asks_is_reckoned_for_all_at_once_and_only_once(
    shop, django_assert_num_queries
):
    shop.set("R1-10.fields", [{"field": "phone"}, {"field": "contact"}])
    assert completeness.recount() == 2
    assert lacks(shop.flower) == ["phone", "contact"]
    assert lacks(shop.book) == ["contact"]
    with django_assert_num_queries(1):
        assert completeness.recount() == 0


def test_each_change_is_known_at_once(shop):
    shop.set("R1-10.fields", [{"field": "phone"}, {"field": "industry"}])
    completeness.recount()
    contact = customers.create_contact(
        shop.flower, ContactDraft("花姐", phone="13800138201"), by=shop.seller
    )
    assert lacks(shop.flower) == ["industry"], "a contact's number is a number"
    draft = draft_of(ContactDraft, contact).values() | {"active": False}
    customers.change_contact(contact, ContactDraft(**draft), by=shop.seller)
    assert lacks(shop.flower) == ["phone", "industry"]
    values = draft_of(CustomerDraft, shop.flower).values() | {"industry": "零售"}
    customers.change_customer(shop.flower, CustomerDraft(**values), by=shop.seller)
    assert lacks(shop.flower) == ["phone"]
    assert [one.pk for one in care.incomplete([shop.factory.pk], "phone")] == [shop.flower.pk]
    assert care.meter(Customer.objects.get(pk=shop.flower.pk)).percent == 67
