"""Two records of one customer become one, and apart again (R2-08, R6-09)."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal import queries as journal
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import keeping, merging, opinions
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.drafts import (
    ContactDraft,
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
)
from shouwen.work.customers.models import Customer, Merge, Opinion, Order
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction

WHY = "登记了两次"


@pytest.fixture
def pair(shop):
    """`kept` and `gone`: an order, a contact, an interaction and an opinion at the latter."""
    c = shop
    c.kept, c.gone = c.flower, c.book
    part = customers.create_product(c.factory, ProductDraft("P1", "花瓶"), by=None)
    lines = [LineDraft(part, Decimal(1), 100)]
    c.order = customers.place_order(c.gone, OrderDraft("S1", date(2026, 1, 8)), lines, by=None)
    c.contact = customers.create_contact(c.gone, ContactDraft("花姐", main=True), by=None)
    c.call = interactions.record_interaction(
        interactions.Draft(c.factory, "花谢了。", customer=c.gone), by=c.agent
    )
    draft = opinions.OpinionDraft(
        c.factory, "opinion", "花太贵。", "来电", customer=c.gone, target=c.quality
    )
    c.opinion = opinions.record_opinion(draft, by=c.agent)
    return c


def at(record):
    return type(record).objects.get(pk=record.pk).customer_id


def test_whatever_pointed_at_the_other_points_at_the_survivor(pair):
    merge = merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    for record in (pair.order, pair.contact, pair.call, pair.opinion):
        assert at(record) == pair.kept.pk
    gone = Customer.objects.get(pk=pair.gone.pk)
    assert (gone.merged_into_id, gone.active, gone.code) == (pair.kept.pk, False, "C8")
    assert pair.kept.phone == "025-8765 4321", "what the survivor lacked"
    assert set(care.family(pair.kept)) == {pair.kept.pk, pair.gone.pk}
    events = [entry.event for entry in journal.timeline(gone)]
    assert "customer.created" in events, "its own history stays readable"
    assert "customer.told_of_merge" in events
    assert merge.moved["customers.Order.customer_id"] == [pair.order.pk]


def test_undoing_gives_back_what_was_moved_and_leaves_what_came_since(pair):
    merge = merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    later = interactions.record_interaction(
        interactions.Draft(pair.factory, "又来电。", customer=pair.kept), by=pair.agent
    )
    merging.undo_merge(merge, reason="其实是两家", by=pair.agent)
    for record in (pair.order, pair.contact, pair.call, pair.opinion):
        assert at(record) == pair.gone.pk
    assert at(later) == pair.kept.pk
    kept, gone = (Customer.objects.get(pk=one.pk) for one in (pair.kept, pair.gone))
    assert (gone.merged_into, gone.active, kept.phone, kept.phone_key) == (None, True, "", "")
    with pytest.raises(Refused, match="已经撤销"):
        merging.undo_merge(merge, reason="再来一次", by=pair.agent)


def test_a_main_contact_of_both_is_the_survivors_until_it_is_undone(pair):
    customers.create_contact(pair.kept, ContactDraft("店长", main=True), by=None)
    merge = merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    assert [one.name for one in pair.kept.contacts.filter(main=True)] == ["店长"]
    merging.undo_merge(merge, reason="其实是两家", by=pair.agent)
    pair.contact.refresh_from_db()
    assert pair.contact.main


def test_the_dues_of_what_moved_are_still_settled(pair):
    merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    due = Due.objects.get(clause="R1-11")
    assert due.matter == ("customer", pair.kept.pk)
    inspector = pair.inspector
    Opinion.objects.filter(pk=pair.opinion.pk).update(target=inspector.appointments.get().post.unit)
    opinions.acknowledge_opinion(Opinion.objects.get(pk=pair.opinion.pk), by=inspector)
    due.refresh_from_db()
    assert due.settled_at


def test_what_cannot_be_merged(pair):
    def refused(kept, gone, reason=WHY, by=pair.agent):
        with pytest.raises(Refused) as error:
            merging.merge_customers(kept, gone, reason=reason, by=by)
        return str(error.value)

    stranger = customers.create_customer(
        pair.sister, CustomerDraft("X1", "别处", "domestic"), by=None
    )
    assert "并入它自己" in refused(pair.kept, pair.kept)
    assert "同一单位" in refused(pair.kept, stranger)
    assert "理由" in refused(pair.kept, pair.gone, reason="")
    assert "业务、客服" in refused(pair.kept, pair.gone, by=pair.keeper)
    merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    assert "已并入" in refused(pair.kept, pair.gone)
    assert "已并入" in refused(pair.gone, pair.kept)
    with pytest.raises(Refused, match="已并入"):
        keeping.verify_customer(pair.gone, by=pair.agent)
    gone = Customer.objects.get(pk=pair.gone.pk)
    with pytest.raises(Refused, match="已并入"):
        customers.create_contact(gone, ContactDraft("新人"), by=None)
    with pytest.raises(Refused, match="已并入"):
        customers.change_customer(gone, CustomerDraft("C8", "书店", "domestic"), by=None)


def test_a_chain_is_undone_from_its_end(pair):
    third = customers.create_customer(
        pair.factory, CustomerDraft("C7", "临江花店二", "domestic"), by=None
    )
    first = merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    last = merging.merge_customers(third, pair.kept, reason=WHY, by=pair.agent)
    assert at(pair.order) == third.pk
    assert set(care.family(third)) == {third.pk, pair.kept.pk, pair.gone.pk}
    with pytest.raises(Refused, match="又被合并"):
        merging.undo_merge(first, reason="其实是两家", by=pair.agent)
    merging.undo_merge(last, reason="其实是两家", by=pair.agent)
    merging.undo_merge(first, reason="其实是两家", by=pair.agent)
    assert at(pair.order) == pair.gone.pk


def test_a_stray_is_brought_after_and_goes_back_with_the_rest(pair, now):
    merge = merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent)
    Interaction.objects.filter(pk=pair.call.pk).update(customer=pair.gone)
    assert merging.gather() == 1
    assert at(pair.call) == pair.kept.pk
    assert merging.gather() == 0
    merging.undo_merge(Merge.objects.get(pk=merge.pk), reason="其实是两家", by=pair.agent)
    assert at(pair.call) == pair.gone.pk
    now.wait(days=3)
    assert merging.gather() == 0


def test_likely_duplicates_share_a_number_a_name_or_a_mail(shop):
    twin = customers.create_customer(
        shop.factory, CustomerDraft("C7", "书店分号", "domestic", phone="(025)87654321"), by=None
    )
    assert care.duplicates(shop.book) == [twin]
    assert care.duplicates(shop.flower) == []


def together(*acts):
    """Each act in a thread of its own, all let go at once; what each gave or was refused by."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            results[place] = act()
        except Refused as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_same_pair_one_is_refused(pair):
    """One merges the other way round; neither waits for ever, and nobody is merged in a circle."""
    results = together(
        lambda: merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.agent),
        lambda: merging.merge_customers(pair.gone, pair.kept, reason=WHY, by=pair.seller),
        lambda: merging.merge_customers(pair.kept, pair.gone, reason=WHY, by=pair.seller),
    )
    assert sum(isinstance(one, Merge) for one in results) == 1
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Customer.objects.filter(merged_into__isnull=False).count() == 1


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_writers_of_the_old_record_lose_nothing(pair):
    """Orders written for the old record during the merge all end at the survivor."""
    part = pair.order.lines.get().product

    def order(number):
        lines = [LineDraft(part, Decimal(1), 100)]
        head = OrderDraft(f"N{number}", date(2026, 1, 8))
        return customers.place_order(
            Customer.objects.get(pk=pair.gone.pk), head, lines, by=pair.seller
        )

    acts = [lambda number=number: order(number) for number in range(12)]
    merge = lambda: merging.merge_customers(  # noqa: E731
        pair.kept, pair.gone, reason=WHY, by=pair.agent
    )
    results = together(merge, *acts)
    assert isinstance(results[0], Merge)
    written = [one for one in results[1:] if isinstance(one, Order)]
    merging.gather()
    assert Order.objects.filter(customer=pair.gone).count() == 0
    assert Order.objects.filter(customer=pair.kept).count() == len(written) + 1
