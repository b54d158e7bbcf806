"""Which period a day lies in, when its duty opens and closes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.dues.tied import periods

EVERY = st.sampled_from(["day", "working_day", "week", "month", "quarter", "year"])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("every", "day", "key", "first", "last"),
    [
        ("day", "2026-03-10", "2026-03-10", "2026-03-10", "2026-03-10"),
        ("week", "2026-03-10", "2026-W11", "2026-03-09", "2026-03-15"),
        ("week", "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03"),
        ("month", "2028-02-10", "2028-02", "2028-02-01", "2028-02-29"),
        ("quarter", "2026-05-31", "2026-Q2", "2026-04-01", "2026-06-30"),
        ("quarter", "2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31"),
        ("year", "2026-05-31", "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_period_of_a_day(every, day, key, first, last):
    found = periods.period_of(every, date.fromisoformat(day))
    assert found == periods.Period(key, date.fromisoformat(first), date.fromisoformat(last))


@given(EVERY, DAYS)
def test_periods_follow_each_other_without_gap(every, day):
    period = periods.period_of(every, day)
    assert period.first <= day <= period.last
    later = periods.after(every, period)
    assert later.first == period.last + timedelta(days=1)
    assert periods.before(every, later) == period


@pytest.mark.parametrize(
    ("every", "day", "spec", "opens", "closes"),
    [
        ("month", "2026-03-20", {"due_day": 10}, "2026-03-01", "2026-03-10"),
        ("month", "2026-03-20", {"due_day": 10, "inclusive": False}, "2026-03-01", "2026-03-09"),
        ("month", "2026-02-20", {"due_day": 31}, "2026-02-01", "2026-02-28"),
        ("month", "2026-02-20", {}, "2026-02-01", "2026-02-28"),
        ("quarter", "2026-02-20", {"opens_day": 85}, "2026-03-26", "2026-03-31"),
        ("year", "2026-02-20", {"month": 12}, "2026-12-01", "2026-12-31"),
        ("week", "2026-03-10", {"weekday": "friday"}, "2026-03-09", "2026-03-13"),
    ],
)
def test_opening_and_closing(every, day, spec, opens, closes):
    period = periods.period_of(every, date.fromisoformat(day))
    opening = {key: spec[key] for key in ("opens_day", "month") if key in spec}
    closing = {key: value for key, value in spec.items() if key != "opens_day"}
    assert periods.opening(every, period, **opening) == date.fromisoformat(opens)
    assert periods.closing(every, period, **closing) == date.fromisoformat(closes)
