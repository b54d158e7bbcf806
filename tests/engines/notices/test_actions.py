"""Telling and reading."""

import threading
from datetime import time

import pytest
from django.db import connection

from shouwen.engines.notices import actions as notices
from shouwen.engines.notices import queries
from shouwen.engines.notices.models import Mail, Notice
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org


def tell(house, people, key="k", **more):
    notices.tell(
        people, "依据：%(clause_id)s", about=house.sales, key=key, clause_id="R4-59", **more
    )


def test_each_person_is_told_once(house):
    tell(house, [house.chen, house.chen, house.silent])
    tell(house, [house.chen, house.kate])
    tell(house, [house.chen], key="another")
    told = Notice.objects.order_by("id").values_list("person", "key")
    chen, kate, silent = house.chen.pk, house.kate.pk, house.silent.pk
    assert list(told) == [(chen, "k"), (silent, "k"), (kate, "k"), (chen, "another")]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("unread", "index"), [(True, "notice_unread"), (False, "notice_inbox")])
def test_a_page_comes_in_order_from_its_index(house, unread, index):
    plan = queries._of(house.chen, unread=unread).explain()
    assert index in plan
    assert "ORDER BY" not in plan


def test_who_has_no_address_gets_no_letter_and_who_left_is_not_told(house):
    house.kate.active = False
    tell(house, [house.chen, house.silent, house.kate])
    assert [mail.notice.person for mail in Mail.objects.all()] == [house.chen]
    assert not Notice.objects.filter(person=house.kate).exists()


def test_an_old_notice_sends_no_letter_once_there_is_an_address(house):
    tell(house, [house.silent])
    house.now.wait(days=1)
    house.silent.email = "silent@example.cn"
    tell(house, [house.silent])
    assert not Mail.objects.exists()


def test_telling_costs_three_statements(house, django_assert_num_queries):
    with django_assert_num_queries(3 + 2):  # an act that is no part of another has its savepoint
        tell(house, [house.chen, house.kate, house.silent])


def test_a_message_that_cannot_be_said_is_a_mistake_at_once(house):
    with pytest.raises(KeyError):
        notices.tell([house.chen], "依据：%(gone)s", about=house.sales, key="k", other=1)


def test_reading(house):
    for key in "abc":
        tell(house, [house.chen, house.kate], key=key)
        house.now.wait(minutes=1)
    assert queries.unread_count(house.chen) == 3
    assert queries.unread_count(house.chen, most=2) == 2
    first, second, third = queries.inbox(house.chen)
    assert [first.key, second.key, third.key] == ["c", "b", "a"]
    assert [n.key for n in queries.inbox(house.chen, before=(first.at, first.pk))] == ["b", "a"]
    assert first.text == "依据：R4-59"
    assert notices.mark_read(house.chen, [first.pk]) == 1
    assert [n.key for n in queries.inbox(house.chen, unread=True)] == ["b", "a"]
    others = queries.inbox(house.kate)[0]
    assert notices.mark_read(house.chen, [others.pk]) == 0
    assert notices.mark_read(house.chen) == 2
    assert queries.unread_count(house.kate) == 3


def test_quiet_hours_are_the_keepers(house):
    with pytest.raises(Refused):
        notices.set_quiet_hours(house.factory, time(22), time(7), by=house.chen)
    with pytest.raises(Refused, match="不能相同"):
        notices.set_quiet_hours(house.factory, time(22), time(22), by=None)
    keeper = org.hire("keeper", name_zh="柯守")
    office = org.add_unit("rules", name_zh="制度室", function="rules_office", parent=house.factory)
    org.appoint(keeper, org.add_post(office, "制度管理员"))
    notices.set_quiet_hours(house.factory, time(22), time(7), by=keeper)
    notices.set_quiet_hours(house.factory, time(21), time(7), by=keeper)
    notices.forget_quiet_hours(house.factory, by=keeper)


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_two_who_tell_the_same_at_once_tell_it_once(house):
    ready = threading.Barrier(2)

    def tell_it():
        try:
            ready.wait(5)
            tell(house, [house.chen], at=house.now.at)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert Notice.objects.count() == Mail.objects.count() == 1
