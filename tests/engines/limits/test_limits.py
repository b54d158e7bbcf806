"""Tries are counted in windows that lie end to end; who tried is not to be read back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.limits import actions
from shouwen.engines.limits.models import Window
from shouwen.engines.limits.rules import Limit, window
from shouwen.ground.foundation.clock import rehearsal

LIMIT = Limit("test", 2, timedelta(minutes=10))


@given(st.integers(0, 4_000_000_000), st.integers(1, 100_000))
def test_a_moment_lies_in_its_window(moment, seconds):
    at = datetime.fromtimestamp(moment, UTC)
    limit = Limit("x", 1, timedelta(seconds=seconds))
    since = window(limit, at)
    assert since <= at < since + limit.per
    assert window(limit, since) == since


@pytest.mark.django_db
def test_tries_are_counted_and_forgotten():
    with rehearsal("2026-03-11 10:00") as time:
        counts = [actions.spend(LIMIT, "10.0.0.1").is_over for _ in range(3)]
        assert counts == [False, False, True]
        assert actions.spent(LIMIT, "10.0.0.1").is_used_up
        assert not actions.spent(LIMIT, "10.0.0.2").is_used_up
        assert "10.0.0.1" not in str(list(Window.objects.values()))
        time.wait(minutes=10)
        assert not actions.spent(LIMIT, "10.0.0.1").is_used_up
        assert actions.forget(time.at) == 1


@pytest.mark.django_db
def test_a_small_limit_is_kept_to_the_try_in_parts_too():
    with rehearsal("2026-03-11 10:00"):
        assert [actions.spend_in_parts(LIMIT, "7").is_over for _ in range(3)] == [
            False, False, True,
        ]  # fmt: skip


@pytest.mark.django_db
def test_a_large_one_is_written_by_hundredths_over_what_others_wrote(django_assert_num_queries):
    large = Limit("test", 1000, timedelta(minutes=10))
    with rehearsal("2026-03-11 10:00") as time:
        with django_assert_num_queries(3):  # the first, the tenth after it, the tenth after that
            for _ in range(21):
                used = actions.spend_in_parts(large, "7")
        assert used.count == Window.objects.get().count == 21
        actions.forget_parts()  # another process
        for _ in range(980):
            used = actions.spend_in_parts(large, "7")
        assert used.is_over
        assert used.count == 1001
        time.wait(minutes=10)
        assert actions.spend_in_parts(large, "7").count == 1
