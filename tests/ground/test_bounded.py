"""Counts that stop and lists merged from branches, on whichever database the suite runs."""

import pytest
from django.contrib.auth.models import User

from shouwen.ground import bounded
from shouwen.ground.journal.actions import record
from shouwen.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(db):
    """Three of one event and five of another."""
    for event, times in (("one.happened", 3), ("other.happened", 5)):
        for _ in range(times):
            record(event, User(pk=1), by=None)
    return Entry.objects.all()


def test_counts_stop_one_past_the_most(facts, django_assert_num_queries):
    wanted = {name: facts.filter(event=f"{name}.happened") for name in ("one", "other", "no")}
    with django_assert_num_queries(1):
        assert bounded.counts(wanted, most=4) == {"one": 3, "other": 5, "no": 0}
    assert bounded.counts(wanted, most=2) == {"one": 3, "other": 3, "no": 0}


def test_nothing_wanted_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bounded.counts({}) == {}


@pytest.mark.parametrize(("count", "words"), [(0, "0"), (99, "99"), (100, "99+")])
def test_a_count_past_the_most_is_said_so(count, words):
    assert bounded.shown(count) == words


def test_the_first_of_each_branch_and_no_other(facts):
    branches = [facts.filter(event=f"{name}.happened").order_by("-id") for name in ("one", "other")]
    found = facts.filter(pk__in=bounded.first_of_each(branches, 2))
    newest = [pk for rows in branches for pk in list(rows.values_list("pk", flat=True))[:2]]
    assert sorted(found.values_list("pk", flat=True)) == sorted(newest)


def test_branches_alike_find_what_each_would_alone(facts, django_assert_num_queries):
    def first(subject, event):
        return facts.filter(subject_id=subject, event=event).order_by("-id")

    values = [(1, "one.happened"), (1, "other.happened"), (2, "one.happened")]
    with django_assert_num_queries(1):
        keys = bounded.first_of_each([bounded.Alike(first, values)], 2)
        found = sorted(facts.filter(pk__in=keys).values_list("pk", flat=True))
    alone = [pk for one in values for pk in list(first(*one).values_list("pk", flat=True))[:2]]
    assert found == sorted(alone)
    assert len(found) == 4


def test_a_sort_of_branches_of_which_there_is_none_adds_nothing(facts):
    branches = [facts.order_by("id"), bounded.Alike(lambda pk: facts.filter(pk=pk), [])]
    assert facts.filter(pk__in=bounded.first_of_each(branches, 1)).count() == 1
