"""Working time over lunch, weekends, holidays and make-up days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shouwen.ground.org import holidays
from shouwen.ground.org.worktime import FIVE_DAYS, OFFICE, Calendar, SpecialDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
PUBLISHED = {
    day: special for year in (2025, 2026) for day, special in holidays.built_in(year).items()
}
CALENDAR = Calendar(days=PUBLISHED, known_until=date(2026, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-10 11:50", 20, "2026-03-10 13:10"),  # over lunch
        ("2026-03-10 11:50", 10, "2026-03-10 12:00"),  # exactly to lunch
        ("2026-03-10 12:20", 0, "2026-03-10 12:20"),
        ("2026-03-10 12:20", 1, "2026-03-10 13:01"),
        ("2026-03-10 06:00", 480, "2026-03-10 17:30"),
        ("2026-03-13 17:00", 60, "2026-03-16 09:00"),  # over the weekend
        ("2026-02-13 17:00", 60, "2026-02-14 09:00"),  # the make-up Saturday
        ("2026-02-14 17:00", 60, "2026-02-24 09:00"),  # over Spring Festival
        ("2025-12-31 17:00", 60, "2026-01-04 09:00"),  # over the year, make-up Sunday
        ("2026-09-30 17:00", 480, "2026-10-08 17:00"),
    ],
)
def test_add(start, minutes, end):
    assert CALENDAR.add(at(start), minutes) == at(end)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-10 08:30", "2026-03-10 17:30", 480),
        ("2026-03-10 12:00", "2026-03-10 13:00", 0),
        ("2026-02-14 00:00", "2026-02-15 00:00", 480),
        ("2026-02-15 00:00", "2026-02-24 00:00", 0),
        ("2026-03-10 17:30", "2026-03-10 08:30", -480),
    ],
)
def test_between(start, end, minutes):
    assert CALENDAR.between(at(start), at(end)) == minutes


def test_between_looks_as_far_as_it_is_asked():
    assert CALENDAR.between(at("2000-01-01 00:00"), at("2026-01-01 00:00")) > 26 * 240 * 480


def test_a_moment_means_the_same_in_every_zone():
    local = CALENDAR.add(at("2026-03-10 16:00"), 120)
    universal = CALENDAR.add(at("2026-03-10 16:00").astimezone(UTC), 120)
    assert local == universal == at("2026-03-11 09:00")
    assert local.utcoffset() == universal.utcoffset() == timedelta(hours=8)


def test_the_clock_change_of_another_zone_adds_no_hour():
    night = ((0, 480),)
    berlin = Calendar(hours=((date.min, (night,) * 7),), zone=ZoneInfo("Europe/Berlin"))
    start = datetime(2026, 3, 29, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # 02:00 becomes 03:00
    assert berlin.between(start, start + timedelta(days=1)) == 7 * 60


def test_hours_change_from_their_day_on():
    short: tuple = (((540, 600),),) * 5 + ((), ())
    calendar = Calendar(hours=((date.min, FIVE_DAYS), (date(2026, 3, 11), short)))
    assert calendar.between(at("2026-03-10 00:00"), at("2026-03-12 00:00")) == 480 + 60


def test_a_make_up_day_has_the_hours_of_a_working_day():
    assert CALENDAR.intervals(date(2026, 2, 14)) == OFFICE
    assert CALENDAR.intervals(date(2026, 2, 15)) == ()


def test_calendar_days_and_working_days():
    assert CALENDAR.add_days(date(2026, 3, 1), 15) == date(2026, 3, 16)  # R4-59
    assert CALENDAR.add_days(date(2026, 2, 13), 2, "working") == date(2026, 2, 24)
    assert CALENDAR.add_days(date(2026, 12, 31), 0, "working") == date(2026, 12, 31)


def test_explain_says_why_of_every_day():
    told = CALENDAR.explain(date(2026, 2, 13), 2, "working")
    assert [(day.date.day, day.counted, day.why) for day in told[:4]] == [
        (13, False, "起算日，不计"),
        (14, True, "调休上班"),
        (15, False, "节假日"),
        (16, False, "节假日"),
    ]
    assert told[2].name == "春节"
    assert (told[-1].date, told[-1].counted, told[-1].why) == (date(2026, 2, 24), True, "工作日")


def test_days_past_the_last_list_are_marked():
    told = CALENDAR.explain(date(2026, 12, 30), 3, "working")
    assert [day.estimated for day in told] == [False, False, True, True, True, True][: len(told)]


def test_a_calendar_without_work_is_a_mistake_and_no_endless_search():
    idle = Calendar(hours=((date.min, ((),) * 7),))
    with pytest.raises(ValueError, match="within ten years"):
        idle.add(at("2026-03-10 10:00"), 1)
    with pytest.raises(ValueError, match="within ten years"):
        idle.add_days(date(2026, 3, 10), 1, "working")


@pytest.mark.parametrize("call", ["add", "add_days"])
def test_nothing_is_taken_back(call):
    with pytest.raises(ValueError, match="only added"):
        getattr(CALENDAR, call)(at("2026-03-10 10:00"), -1)


# -- properties -----------------------------------------------------------------------------------

FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 12, 1)  # noqa: DTZ001 - the zone is drawn
moments = st.datetimes(FIRST, LAST, timezones=st.sampled_from([SHANGHAI, UTC]))
amounts = st.integers(0, 5000)
days = st.dates(date(2025, 1, 1), date(2026, 11, 1))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A week of up to three intervals a day, at least an hour in all, and some special days.

    Of less, an amount takes more than the ten years that `add` looks ahead.
    """
    week = []
    for _weekday in range(7):
        edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
        edges = edges[: len(edges) // 2 * 2]
        week.append(tuple(zip(edges[::2], edges[1::2], strict=True)))
    assume(sum(end - begin for day in week for begin, end in day) >= 60)
    special = draw(st.dictionaries(days, st.builds(SpecialDay, st.booleans()), max_size=20))
    return Calendar(hours=((date.min, tuple(week)),), days=special)


@given(calendars(), moments, amounts)
def test_between_takes_back_what_add_gave(calendar, start, minutes):
    assert calendar.between(start, calendar.add(start, minutes)) == minutes


@given(calendars(), moments, moments)
def test_add_takes_back_what_between_gave(calendar, start, end):
    assume(start <= end)
    work = calendar.between(start, end)
    reached = calendar.add(start, work)
    assert reached <= end
    assert calendar.between(reached, end) == 0


@given(calendars(), moments, amounts, amounts)
def test_add_is_monotone_and_can_be_split(calendar, start, first, second):
    once = calendar.add(start, first + second)
    assert calendar.add(start, first) <= once
    assert calendar.add(calendar.add(start, first), second) == once


@given(calendars(), moments, moments, moments)
def test_between_adds_up(calendar, a, b, c):
    both = calendar.between(a, b) + calendar.between(b, c)
    assert both == pytest.approx(calendar.between(a, c), abs=1e-4)


@given(calendars(), days, st.integers(0, 40), st.sampled_from(["calendar", "working"]))
def test_explain_agrees_with_add_days(calendar, start, count, unit):
    told = calendar.explain(start, count, unit)
    assert told[-1].date == calendar.add_days(start, count, unit)
    assert sum(day.counted for day in told) == count
    assert [day.date for day in told] == [start + timedelta(days=n) for n in range(len(told))]
    if count:
        assert told[-1].counted
    if unit == "working":
        assert all(day.counted == calendar.works_on(day.date) for day in told[1:])
