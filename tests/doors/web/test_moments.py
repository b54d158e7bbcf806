"""How a due moment is read: pure, with `now` given."""

from datetime import date, datetime, timedelta

import pytest

from shouwen.doors.web import moments
from shouwen.ground.foundation import clock

NOW = clock.local(date(2026, 2, 23)) + timedelta(hours=10)  # a Monday, ten in the morning
ZH, EN = "zh-hans", "en"


def at(day: int, hour: int = 0, month: int = 2) -> datetime:
    return clock.local(date(2026, month, day)) + timedelta(hours=hour)


def read(due_at, **more):
    return moments.reading(due_at, NOW, more.pop("language", ZH), **more)


def test_the_words_of_the_design():
    found = read(clock.end_of(date(2026, 2, 26)), days_left=3)
    assert f"{found.day} · {found.left}" == "2月26日 周四 · 还有 3 个工作日"
    assert found.state == "later"
    assert found.exact == "2026-02-27 00:00:00 +0800"


def test_the_end_of_a_day_is_shown_as_that_day_and_an_hour_as_an_hour():
    assert read(clock.end_of(date(2026, 2, 25))).day == "2月25日 周三"
    assert read(at(25, 17)).day == "2月25日 周三 17:00"


@pytest.mark.parametrize(
    ("due_at", "days_left", "state"),
    [
        (at(23, 9), 0, "late"),
        (at(23, 10), 0, "late"),
        (at(23, 11), 0, "today"),
        (clock.end_of(date(2026, 2, 23)), 0, "today"),
        (clock.end_of(date(2026, 2, 25)), 2, "soon"),
        (clock.end_of(date(2026, 2, 26)), 3, "later"),
        (clock.end_of(date(2026, 3, 2)), 2, "soon"),
    ],
)
def test_states_follow_the_working_days_left(due_at, days_left, state):
    assert read(due_at, days_left=days_left).state == state


def test_late_is_counted_in_days_from_the_last_day():
    assert read(clock.end_of(date(2026, 2, 21))).left == "逾期 2 天"
    assert read(at(23, 9)).left == "已逾期"
    assert read(clock.end_of(date(2026, 2, 22)), language=EN).left == "1 day late"


def test_today_counts_hours_then_minutes():
    found = read(at(23, 13))
    assert (found.day, found.left) == ("今天 13:00", "还有 3 小时")
    assert read(NOW + timedelta(minutes=20)).left == "还有 20 分钟"


def test_what_has_no_moment_says_so():
    assert read(None).left == "无期限"
    assert read(at(25), paused=True).left == "已暂停"
    assert read(at(25), settled_at=at(24)).left == "已办结"
    assert read(at(24), settled_at=at(24)).state == "done-late"


def test_days_and_moments_near_and_far():
    today = date(2026, 2, 23)
    assert moments.day_text(date(2025, 12, 31), today, ZH) == "2025年12月31日 周三"
    assert moments.day_text(date(2026, 2, 25), today, EN) == "Wed 25 Feb"
    assert moments.moment_text(at(23, 9), NOW, ZH) == "今天 09:00"
    assert moments.moment_text(at(22, 9), NOW, EN) == "yesterday 09:00"
    assert moments.moment_text(at(3, 9), NOW, ZH) == "2月3日 09:00"


def test_before_a_weekend_day_the_days_are_counted_as_they_come():
    found = moments.reading(NOW + timedelta(days=1), NOW, "zh", days_left=0)
    assert found.left == "还有 1 天"
