"""Offers, reviews and contact come round customer by customer."""

from datetime import date

import pytest

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Beat, Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import keeping, offers
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.drafts import CustomerDraft, draft_of


def turns(clause):
    return Due.objects.open().filter(clause=clause).order_by("subject_id")


def test_nothing_comes_round_until_the_company_says_when(shop, now):
    dues.open_rhythms()
    now.wait(days=4000)
    assert dues.open_rhythms() == 0
    shop.set("R2-08.interval")
    assert dues.open_rhythms() == 2
    assert {due.clause for due in Due.objects.open()} == {"R2-08"}


def test_the_account_owner_owes_it_else_the_role(shop, now):
    shop.set("R2-08.interval")
    dues.open_rhythms()
    now.wait(days=366)
    dues.open_rhythms()
    own, others = turns("R2-08")
    assert (own.person, own.role) == (shop.seller, "")
    assert (others.person, others.role) == (None, "customer_service")
    assert own.matter_name == "临江花店"
    assert own.last_day == date(2027, 3, 26)


def test_a_sweep_asks_once_however_often_it_runs(shop, now):
    shop.set("R2-08.interval")
    now.wait(days=366)
    assert dues.open_rhythms() == 2
    assert dues.open_rhythms() == 0
    assert Due.objects.count() == 2


def test_an_idle_sweep_reads_ranges_and_no_customers(shop, now, django_assert_num_queries):
    shop.set("R2-08.interval")
    dues.open_rhythms()
    dues.open_rhythms()
    with django_assert_num_queries(4):  # rhythms, begin and end of the slice, its rows
        dues.open_rhythms()


def test_two_regulations_that_say_the_same_ask_once(shop, now):
    """R6-09 repeats R2-08; the factory works by both."""
    shop.set("R2-08.interval")
    now.wait(days=366)
    dues.open_rhythms()
    assert not turns("R6-09").exists()
    assert turns("R2-08").count() == 2


def test_a_class_has_its_own_interval_and_changing_it_moves_the_turn(shop, now):
    shop.set("R1-12.interval")
    dues.open_rhythms()
    values = draft_of(CustomerDraft, shop.flower).values()
    customers.change_customer(
        shop.flower, CustomerDraft(**values | {"segment": "重点"}), by=shop.seller
    )
    now.wait(days=31)
    dues.open_rhythms()
    assert [due.subject_id for due in turns("R1-12")] == [shop.flower.pk]


def test_a_new_figure_moves_the_turns(shop, now):
    shop.set("R1-12.interval", [{"segment": None, "days": 90, "within": None}])
    dues.open_rhythms()
    shop.set("R1-12.interval", [{"segment": None, "days": 10, "within": None}])
    now.wait(days=11)
    assert dues.open_rhythms() == 2
    assert turns("R1-12").first().due_at is None


def test_who_rests_owes_nothing_and_who_comes_back_does(shop, now):
    shop.set("R2-08.interval")
    now.wait(days=366)
    dues.open_rhythms()
    values = draft_of(CustomerDraft, shop.flower).values()
    rest = CustomerDraft(**values | {"active": False})
    customers.change_customer(shop.flower, rest, by=shop.seller)
    assert [due.subject_id for due in turns("R2-08")] == [shop.book.pk]
    customers.change_customer(shop.flower, CustomerDraft(**values), by=shop.seller)
    dues.open_rhythms()
    assert turns("R2-08").count() == 2


def test_what_is_told_later_counts_from_when_it_was(shop, now):
    shop.set("R1-12.interval")
    dues.open_rhythms()
    now.wait(days=100)
    dues.open_rhythms()
    offer = offers.make_offer(
        shop.factory, "新涂层", "耐腐蚀", since=date(2026, 1, 1), by=shop.seller
    )
    long_ago = now.at.replace(year=2026, month=3, day=12)
    offers.present_offers(shop.flower, [offer], "phone", told_at=long_ago, by=shop.seller)
    assert turns("R1-12").filter(subject_id=shop.flower.pk).exists(), "older than the interval"
    offers.present_offers(shop.flower, [offer], "visit", by=shop.seller)
    assert not turns("R1-12").filter(subject_id=shop.flower.pk).exists()
    beat = Beat.objects.get(rhythm__clause="R1-12", subject_id=shop.flower.pk)
    assert (beat.next_at - beat.last_at).days == 90


def test_a_division_without_the_regulation_is_not_swept(shop, now):
    for adoption in shop.factory.adoptions.filter(regulation__in=("R2", "R6")):
        org.end_adoption(adoption, last_day=now.at.date(), reason="改组", by=None)
    shop.set("R2-08.interval")
    now.wait(days=400)
    assert dues.open_rhythms() == 0


def test_an_offer_is_told_while_it_holds_and_to_whom_it_is_for(shop, now):
    over = offers.make_offer(
        shop.factory, "旧品清仓", "售完即止", since=date(2026, 1, 1), until=date(2026, 2, 1),
        by=shop.seller,
    )  # fmt: skip
    special = offers.make_offer(
        shop.factory,
        "贵宾专享",
        "只给重点客户",
        segment="重点",
        since=date(2026, 1, 1),
        by=shop.seller,
    )
    assert list(care.current_offers(shop.flower)) == []
    for offer in (over, special):
        with pytest.raises(Refused) as refused:
            offers.present_offers(shop.flower, [offer], "phone", by=shop.seller)
        assert refused.value.clauses == {"R1-12"}
    with pytest.raises(Refused, match="介绍了哪些"):
        offers.present_offers(shop.flower, [], "phone", by=shop.seller)
    with pytest.raises(Refused, match="什么方式"):
        offers.present_offers(shop.flower, [], "pigeon", by=shop.seller)


def test_who_may_not_write_customers_verifies_none(shop):
    with pytest.raises(Refused, match="业务、客服"):
        keeping.verify_customer(shop.flower, by=shop.keeper)
    assert not Entry.objects.filter(event="customer.verified").exists()
