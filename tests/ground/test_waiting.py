"""Whoever listens is told after the commit, and of nothing that was taken back."""

import pytest
from django.db import transaction

from shouwen.engines.search.models import SearchWaiting
from shouwen.ground import waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    found: list[str] = []
    stop = waiting.listen(found.append)
    yield found
    stop()


def test_it_is_told_after_the_commit(told):
    with transaction.atomic():
        waiting.announce(SearchWaiting)
        assert told == []
    assert told == ["search.searchwaiting"]


def test_what_was_taken_back_is_not_told(told):
    with transaction.atomic():
        waiting.announce(SearchWaiting)
        transaction.set_rollback(True)
    assert told == []


def test_a_listener_that_fails_takes_nothing_back(told):
    stop = waiting.listen(lambda name: 1 // 0)
    try:
        waiting.announce(SearchWaiting)
    finally:
        stop()
    assert told == ["search.searchwaiting"]
