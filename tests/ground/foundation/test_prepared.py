"""What is written once answers as what is written anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from shouwen.ground.foundation.prepared import prepared
from shouwen.ground.journal.models import Entry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)


@prepared
def facts(kind, pk, since, *, events=(), newest_first=False):
    """Facts of a subject since a moment."""
    found = Entry.objects.filter(subject_kind=kind, subject_id=pk, at__gte=since)
    if events:
        found = found.filter(event__in=events)
    return found.order_by("-id" if newest_first else "id")


@pytest.fixture
def written():
    """Three facts of two subjects, an hour apart."""
    return [
        Entry.objects.create(
            at=NOON + timedelta(hours=place), event=event, subject_kind="case", subject_id=pk,
            matter_kind="case", matter_id=pk, data={"place": place},
        )
        for place, (event, pk) in enumerate([("opened", 7), ("closed", 7), ("opened", 8)])
    ]  # fmt: skip


def test_each_asking_has_its_own_values(written):
    first, second, third = written
    assert facts("case", 7, NOON) == [first, second]
    assert facts("case", 8, NOON) == [third]
    assert facts("case", 7, NOON + timedelta(hours=1)) == [second]
    assert facts("sheet", 7, NOON) == []
    assert facts("case", 7, NOON)[1].data == {"place": 1}


def test_each_shape_is_written_by_itself(written):
    first, second, _third = written
    assert facts("case", 7, NOON, events=("closed",)) == [second]
    assert facts("case", 7, NOON, newest_first=True) == [second, first]
    assert facts.first("case", 7, NOON, newest_first=True) == second
    assert facts.first("case", 9, NOON) is None


def test_one_statement_each_time(written, django_assert_num_queries):
    for _time in range(2):
        with django_assert_num_queries(1) as asked:
            facts("case", 7, NOON)
    assert "subject_id" in asked[0]["sql"]


def test_what_belongs_to_a_record_comes_with_it(django_assert_num_queries):
    user = User.objects.create(username="a")
    user.groups.add(Group.objects.create(name="g"))

    @prepared
    def named(name):
        return User.objects.filter(username=name).prefetch_related("groups")

    @prepared
    def ids_in(group):
        known = User.groups.through.objects.filter(user=OuterRef("pk"), group__name=group)
        return User.objects.filter(Exists(known)).values_list("pk", "username")

    for _time in range(2):
        (found,) = named("a")
        with django_assert_num_queries(0):
            assert [one.name for one in found.groups.all()] == ["g"]
        assert (ids_in("g"), ids_in("h")) == ([(user.pk, "a")], [])


def test_what_can_find_nothing_asks_nothing(django_assert_num_queries):
    @prepared
    def nobody(name):
        return User.objects.filter(username=name, pk__in=[])

    with django_assert_num_queries(0):
        assert (nobody("a"), nobody.first("a")) == ([], None)


@pytest.mark.parametrize("pk", [2**63, -(2**63) - 1, 10**40, 2**31])
def test_a_number_that_no_column_holds_finds_nothing(written, pk):
    assert facts("case", pk, NOON) == []


@pytest.mark.parametrize("value", [None, True])
def test_a_value_for_which_other_sql_is_written_is_a_mistake(value):
    with pytest.raises(TypeError, match="keyword"):
        facts("case", value, NOON)


@pytest.mark.django_db(transaction=True)
def test_what_is_locked_is_asked_inside_a_transaction():
    @prepared
    def held(name):
        return User.objects.filter(username=name).select_for_update()

    with transaction.atomic():
        assert held("a") == []
    with pytest.raises(transaction.TransactionManagementError):
        held("a")


@pytest.mark.django_db(transaction=True)
def test_threads_ask_at_once_each_by_its_own_connection():
    users = [User.objects.create(username=f"u{place}") for place in range(4)]

    @prepared
    def named(name):
        return User.objects.filter(username=name)

    def ask(user):
        try:
            return [named(user.username) for _time in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for user, answers in zip(users, pool.map(ask, users), strict=True):
            assert answers == [[user]] * 20
