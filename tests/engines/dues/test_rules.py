"""Days, hours, pauses and warnings as the clauses count them; no database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.engines.dues import rules
from shouwen.engines.dues.rules import Span, State, Term, Warn
from shouwen.ground.foundation.clock import COMPANY_ZONE, day_of
from shouwen.ground.org.worktime import Calendar, SpecialDay

# Tomb-sweeping 2026: 4 to 6 April off; a Saturday worked in February.
CALENDAR = Calendar(
    days={date(2026, 4, day): SpecialDay(False, "清明节") for day in (4, 5, 6)}
    | {date(2026, 2, 14): SpecialDay(True, "春节")}
)


def at(text):
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=COMPANY_ZONE)


@pytest.mark.parametrize(
    ("clause", "start", "days", "count", "late_from"),
    [
        ("R4-59", "03-01 09:00", 15, "calendar", "03-17 00:00"),
        ("R4-60", "03-01 23:59", 20, "calendar", "03-22 00:00"),
        ("R4-27", "03-10 16:00", 3, "calendar", "03-14 00:00"),
        ("R4-38", "05-05 08:00", 1, "calendar", "05-07 00:00"),
        ("over the holiday", "04-03 10:00", 1, "working", "04-08 00:00"),
        ("make-up day", "02-13 10:00", 1, "working", "02-15 00:00"),
        ("by the end of the day", "03-10 16:00", 0, "working", "03-11 00:00"),
    ],
)
def test_days_end_with_the_day(clause, start, days, count, late_from):
    term = Term(at(start), days=days, count=count)
    assert rules.due_moment(CALENDAR, term) == at(late_from)


def test_hours_are_working_hours():
    # Friday 16:30, two hours: one until 17:30, one on Tuesday after the holiday.
    term = Term(at("04-03 16:30"), minutes=120)
    assert rules.due_moment(CALENDAR, term) == at("04-07 09:30")


def test_a_term_without_figures_has_no_moment():
    assert rules.due_moment(CALENDAR, Term(at("03-01 09:00"))) is None


@pytest.mark.parametrize(
    ("since", "until", "late_from"),
    [
        ("03-02 10:00", "03-02 16:00", "03-06 00:00"),
        ("03-02 10:00", "03-03 09:00", "03-07 00:00"),
        ("03-02 10:00", "03-04 09:00", "03-08 00:00"),
    ],
)
def test_a_pause_takes_out_the_days_at_whose_end_it_held(since, until, late_from):
    pauses = [Span(at(since), at(until))]
    term = Term(at("03-01 09:00"), days=4)
    assert rules.due_moment(CALENDAR, term, pauses) == at(late_from)


def test_a_paused_day_says_so():
    pauses = [Span(at("03-02 10:00"), at("03-03 09:00"))]
    days = rules.count_days(CALENDAR, Term(at("03-01 09:00"), days=2), pauses)
    assert [(day.date.day, day.counted) for day in days] == [
        (1, False),
        (2, False),
        (3, True),
        (4, True),
    ]
    assert days[1].why == "中止，不计"


moments = st.integers(0, 180 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(moments, st.integers(0, 5000), st.lists(moments, min_size=2, max_size=6, unique=True))
def test_pausing_moves_the_limit_by_exactly_the_working_minutes_paused(start, minutes, points):
    points = sorted(point for point in points if point >= start)
    pauses = [Span(a, b) for a, b in zip(points[::2], points[1::2], strict=False)]
    due = rules.due_moment(CALENDAR, Term(start, minutes=minutes), pauses)
    paused = sum(CALENDAR.between(span.since, span.until) for span in pauses)
    assert CALENDAR.between(start, due) == pytest.approx(minutes + paused)


@given(moments, st.integers(0, 40), st.sampled_from(["calendar", "working"]))
def test_a_day_more_is_never_earlier_and_the_count_is_kept(start, days, count):
    term, longer = Term(start, days=days, count=count), Term(start, days=days + 1, count=count)
    assert rules.due_moment(CALENDAR, term) < rules.due_moment(CALENDAR, longer)
    assert sum(day.counted for day in rules.count_days(CALENDAR, term)) == days


@given(moments, st.integers(1, 20), moments, st.integers(0, 200))
def test_pausing_never_makes_it_due_earlier(start, days, since, hours):
    pauses = [Span(since, since + timedelta(hours=hours))]
    term = Term(start, days=days)
    assert rules.due_moment(CALENDAR, term, pauses) >= rules.due_moment(CALENDAR, term)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((5, 2), ["03-11 08:30", "03-14 08:30"]),
        ((2, 5, 2), ["03-11 08:30", "03-14 08:30"]),
        ((0,), ["03-16 08:30"]),
        ((30,), []),
    ],
)
def test_warnings_come_in_the_morning_some_days_before_the_last_day(days, expected):
    found = rules.warn_moments(CALENDAR, at("03-17 00:00"), at("03-01 09:00"), Warn(days))
    assert found == [at(text) for text in expected]


def test_a_warning_on_a_day_off_comes_in_the_morning_too():
    found = rules.warn_moments(CALENDAR, at("04-07 00:00"), at("03-20 09:00"), Warn((1,)))
    assert found == [at("04-05 08:30")]


def test_a_warning_some_working_hours_before():
    found = rules.warn_moments(CALENDAR, at("04-07 09:30"), at("04-01 09:00"), Warn(hours=(1, 2.5)))
    assert found == [at("04-03 16:00"), at("04-07 08:30")]


def state(**more):
    usual = {
        "due_at": at("03-17 00:00"),
        "warn_at": [at("03-11 08:30"), at("03-14 08:30")],
        "warned": 0,
        "missed": False,
        "escalated": False,
        "wake_at": at("03-11 08:30"),
    }
    return State(**{**usual, **more})


def test_nothing_is_said_before_its_time():
    assert rules.wake(state(), at("03-11 08:29")) == rules.Woken([])


def test_a_warning_is_said_in_time():
    woken = rules.wake(state(), at("03-11 08:31"))
    assert woken.warnings == [(at("03-11 08:30"), False)]
    assert not woken.missed


def test_after_a_standstill_everything_is_said_once_and_marked_late():
    woken = rules.wake(state(), at("03-20 09:00"))
    assert woken.warnings == [(at("03-11 08:30"), True), (at("03-14 08:30"), True)]
    assert (woken.missed, woken.late, woken.escalated) == (True, True, False)


def test_the_last_moment_of_the_day_is_in_time():
    said = state(warned=2)
    assert not rules.wake(said, at("03-16 23:59:59.999999")).missed
    assert rules.wake(said, at("03-17 00:00")).missed


@pytest.mark.parametrize(
    ("missed", "escalated", "wake_at", "expected"),
    [
        (True, False, "03-20 00:00", True),
        (True, True, "03-20 00:00", False),
        (True, False, "03-20 00:01", False),
        (False, False, "03-20 00:00", False),
        (True, False, None, False),
    ],
)
def test_it_goes_further_up_once(missed, escalated, wake_at, expected):
    late = state(warned=2, missed=missed, escalated=escalated, wake_at=wake_at and at(wake_at))
    assert rules.wake(late, at("03-20 00:00")).escalated == expected


@pytest.mark.parametrize(
    ("days", "region", "expected"),
    [
        (3, "overseas", 3),
        ({"domestic": 15}, "domestic", 15),
        ({"domestic": 15}, "overseas", None),
        (None, "domestic", None),
    ],
)
def test_the_days_of_a_region(days, region, expected):
    assert rules.days_for(days, {"region": region}) == expected


def test_day_of_the_company():
    assert day_of(at("03-16 23:59")) == date(2026, 3, 16)
