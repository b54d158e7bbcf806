"""An act is one transaction; its parts are no transactions of their own."""

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import Refused, refuse

pytestmark = pytest.mark.django_db


@one_act
def write(name, *, wrong=False):
    User.objects.create(username=name)
    if wrong:
        raise refuse("不行")


@one_act
def write_two(*, wrong=False):
    write("first")
    write("second", wrong=wrong)


@one_act
def write_what_can_be(*, wrong):
    write("first")
    try:
        with transaction.atomic():
            write("second", wrong=wrong)
    except Refused:
        write("instead")


def names():
    return sorted(User.objects.values_list("username", flat=True))


def savepoints(verb, **told):
    with CaptureQueriesContext(connection) as sent:
        verb(**told)
    return sum(one["sql"].startswith("SAVEPOINT") for one in sent.captured_queries)


def test_a_part_has_no_savepoint_of_its_own():
    assert savepoints(write_two) == savepoints(write, name="third") == 1  # that of the test
    assert names() == ["first", "second", "third"]


def test_what_a_part_refuses_the_whole_act_refuses():
    with pytest.raises(Refused):
        write_two(wrong=True)
    assert names() == []
    write("after")
    assert names() == ["after"]


def test_who_stands_a_refused_part_puts_a_savepoint_around_it():
    write_what_can_be(wrong=True)
    assert names() == ["first", "instead"]


def test_an_act_of_its_own_stays_one_after_a_refusal():
    with pytest.raises(Refused):
        write("wrong", wrong=True)
    assert savepoints(write_two) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_refused_act_is_committed():
    with pytest.raises(Refused):
        write_two(wrong=True)
    assert names() == []
    assert not connection.in_atomic_block
