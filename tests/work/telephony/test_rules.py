"""Events in any order come to the same call."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from shouwen.work.telephony.rules import Progress, heard, why_not_heard

T = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
EVENTS = [
    ("ringing", T, "8001"),
    ("answered", T + timedelta(seconds=8), "8001"),
    ("ended", T + timedelta(minutes=3), ""),
]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_ends_alike(order):
    known = Progress()
    for place in order:
        known = heard(known, *EVENTS[place])
    assert known == Progress(T, T + timedelta(seconds=8), T + timedelta(minutes=3), "8001")
    assert known.state == "ended"


def test_an_event_told_twice_keeps_the_earlier_moment():
    known = heard(heard(Progress(), "ringing", T + timedelta(seconds=5), "1"), "ringing", T, "1")
    assert known.rang_at == T


def test_the_telephone_that_rang_last_is_asked_and_the_one_that_answers_stays():
    known = heard(heard(Progress(), "ringing", T, "1"), "ringing", T, "2")
    assert known.extension == "2"
    known = heard(known, "answered", T, "1")
    assert heard(known, "ringing", T, "2").extension == "1"


def test_what_is_no_event_or_lies_in_the_future_is_refused():
    assert [one.field for one in why_not_heard("flying", T, T)] == ["event"]
    assert [one.field for one in why_not_heard("ringing", T + timedelta(minutes=6), T)] == ["at"]
    assert why_not_heard("ended", T + timedelta(minutes=4), T) == []
