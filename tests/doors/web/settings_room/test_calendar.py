"""The working calendar on the page: a year, a day, a pasted list, the hours."""

from datetime import date

import pytest
from django.urls import reverse

from shouwen.ground.org.calendars import calendar

from .notices import NOTICE_2027


def at(name: str, *args: object) -> str:
    return reverse(f"settings:{name}", args=args)


def test_a_year_is_shown_with_its_make_up_days(cast, enter):
    page = enter("staff").get(at("year", 2026)).content.decode()
    assert "全年 248 个工作日" in page
    assert page.count("<small>班</small>") == 6
    assert page.count("<small>休</small>") == 33
    assert "估算" not in page


def test_a_year_without_a_list_says_so(cast, enter):
    page = enter("staff").get(at("year", 2027)).content.decode()
    assert "放假安排尚未录入" in page
    assert "估算" in page


@pytest.mark.parametrize("year", [2003, 2029])
def test_years_nobody_knows_are_not_found(cast, enter, year):
    assert enter("staff").get(at("year", year)).status_code == 404


def test_a_day_is_set_for_the_division_and_taken_back(cast, enter):
    browser, day = enter("keeper"), date(2026, 3, 14)
    address = at("day", day)
    assert browser.get(address).status_code == 200
    data = {"kind": "workday", "name": "赶工", "scope": "unit"}
    answer = browser.post(f"{address}?division=factory", data)
    assert answer.headers["Location"] == f"{at('year', 2026)}?division=factory"
    assert calendar(cast.division).works_on(day)
    assert not calendar(cast.sister).works_on(day)
    browser.post(f"{address}?division=factory", {"kind": "clear", "scope": "unit"})
    assert not calendar(cast.division).works_on(day)
    again = browser.post(f"{address}?division=factory", {"kind": "clear", "scope": "unit"})
    assert again.status_code == 422


def test_a_day_that_does_not_exist_is_not_found(cast, enter):
    assert enter("keeper").get("/settings/calendar/2026-02-30/").status_code == 404


def test_a_pasted_notice_is_read_back_before_it_counts(cast, enter):
    browser, address = enter("keeper"), at("year_list", 2027)
    data = {"text": NOTICE_2027, "source": "通知（试）"}
    page = browser.post(address, data | {"read": "1"})
    assert page.status_code == 200
    assert "与现在相比" in page.content.decode()
    assert calendar().known_until == date(2026, 12, 31)
    assert browser.post(address, data | {"take": "1"}).headers["Location"] == at("year", 2027)
    assert calendar().known_until == date(2027, 12, 31)
    assert calendar().works_on(date(2027, 2, 20))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("你好", "没有读到"),
        ("2027-01-01,放假,元旦", "不少于 11 天"),
        (NOTICE_2027.replace("共7天", "共9天"), "天数与日期不符"),
    ],
)
def test_a_list_that_cannot_be_right_is_not_taken(cast, enter, text, said):
    answer = enter("keeper").post(at("year_list", 2027), {"text": text, "source": "x", "take": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert calendar().known_until == date(2026, 12, 31)


def test_hours_are_read_as_people_write_them(cast, enter):
    browser = enter("keeper")
    days = {f"day_{n}": "8:00-12:00，13:30～17:30" for n in range(5)}
    data = {**days, "day_5": "", "day_6": "", "since": "2026-03-16", "scope": "unit"}
    assert browser.post(f"{at('hours')}?division=factory", data).status_code == 302
    assert calendar(cast.division).intervals(date(2026, 3, 16)) == ((480, 720), (810, 1050))
    assert calendar(cast.sister).intervals(date(2026, 3, 16)) == ((510, 720), (780, 1050))


@pytest.mark.parametrize(
    ("text", "said"),
    [("上午", "请写成"), ("12:00-08:00", "晚于开始"), ("08:00-12:00 11:00-13:00", "重叠")],
)
def test_hours_that_make_no_sense_stand_at_their_weekday(cast, enter, text, said):
    data = {"day_0": text, "since": "2026-03-16", "scope": "unit"}
    answer = enter("keeper").post(f"{at('hours')}?division=factory", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert page.index('id="field-day_0"') < page.index(said) < page.index('id="field-day_1"')
