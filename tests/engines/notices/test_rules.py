"""Quiet hours and waits, without a database."""

from datetime import datetime, time, timedelta

import pytest

from shouwen.engines.notices import rules
from shouwen.ground.foundation.clock import COMPANY_ZONE


def at(text):
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=COMPANY_ZONE)


@pytest.mark.parametrize(
    ("moment", "begins", "ends", "until"),
    [
        ("10 22:30", "22:00", "07:00", "11 07:00"),
        ("10 06:59", "22:00", "07:00", "10 07:00"),
        ("10 07:00", "22:00", "07:00", None),
        ("10 21:59", "22:00", "07:00", None),
        ("10 12:15", "12:00", "13:00", "10 13:00"),
        ("10 13:00", "12:00", "13:00", None),
    ],
)
def test_quiet_hours(moment, begins, ends, until):
    found = rules.quiet_until(at(moment), time.fromisoformat(begins), time.fromisoformat(ends))
    assert found == (at(until) if until else None)


def test_a_letter_is_tried_six_times_over_nine_hours():
    now, tried = at("10 08:00"), 0
    moment = now
    while moment:
        tried, last = tried + 1, moment
        moment = rules.next_attempt(tried, last)
    assert tried == 6
    assert timedelta(hours=8) < last - now < timedelta(hours=9)
