"""The periods of a project's calls, counted from its delivery."""

from datetime import date, timedelta
from itertools import pairwise, takewhile

from hypothesis import given
from hypothesis import strategies as st

from shouwen.work.callbacks.rounds.rhythm import Rhythm, after_months, periods

MONTHLY = Rhythm("R5-25", "month", "customer_service", until_months=12)
QUARTERLY = Rhythm("R5-26", "quarter", "customer_service", from_months=12)
BOTH = [QUARTERLY, MONTHLY]
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def upto(delivered, since, until, rhythms=BOTH):
    return list(takewhile(lambda one: one.first <= until, periods(delivered, rhythms, since)))


def test_the_last_of_january_has_a_call_each_month():
    found = upto(date(2026, 1, 31), date(2026, 1, 31), date(2026, 4, 1))
    assert [(one.first, one.last) for one in found] == [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ]


@given(days, st.integers(0, 1500))
def test_each_day_after_delivery_lies_in_just_one_period(delivered, after):
    day = delivered + timedelta(days=after + 1)
    holding = [one for one in upto(delivered, delivered, day) if one.first <= day <= one.last]
    assert len(holding) == 1
    first_year = day <= after_months(delivered, 12)
    assert holding[0].rhythm.clause == ("R5-25" if first_year else "R5-26")


@given(days)
def test_a_year_has_twelve_calls_and_the_next_four(delivered):
    found = upto(delivered, delivered, after_months(delivered, 24))
    clauses = [one.rhythm.clause for one in found]
    assert clauses == ["R5-25"] * 12 + ["R5-26"] * 4
    for before, then in pairwise(found):
        assert then.first == before.last + timedelta(days=1)


@given(days, st.integers(0, 60))
def test_months_are_added_as_people_do(day, months):
    later = after_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or later.day >= 28


def test_a_rhythm_that_ends_leaves_nothing():
    assert upto(date(2024, 1, 1), date(2026, 1, 1), date(2027, 1, 1), [MONTHLY]) == []
