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
