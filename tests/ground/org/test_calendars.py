"""The working calendar of the company: published lists, own days, hours, years to come."""

from datetime import date, timedelta

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import holidays
from shouwen.ground.org.calendars import calendar, calendar_warning
from shouwen.ground.org.models import WorkDay
from shouwen.ground.org.worktime import SpecialDay

from .conftest import moment

YEAR_2027 = {date(2027, 1, 1) + timedelta(days=n): SpecialDay(False, "假") for n in range(11)}
YEAR_2027[date(2027, 1, 16)] = SpecialDay(True, "假")


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_published_year_has_its_holidays(year):
    days = holidays.built_in(year)
    assert sum(not special.working for special in days.values()) >= 10
    assert days[date(year, 10, 1)] == SpecialDay(False, "国庆节")


def test_the_published_list_is_there_without_any_set_up(db):
    assert calendar().works_on(date(2026, 2, 14))
    assert not calendar().works_on(date(2026, 2, 17))
    assert calendar().known_until == date(2026, 12, 31)


def test_years_to_come_are_estimated_and_marked(db):
    day = calendar().why(date(2027, 2, 5))  # New Year's Eve
    assert (day.counted, day.name, day.estimated) == (False, "春节", True)
    assert not calendar().why(date(2026, 10, 1)).estimated


@pytest.mark.parametrize(
    ("on", "year"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2027, 1, 1), 2027),
        (date(2028, 5, 1), 2028),
    ],
)
def test_the_missing_list_is_said_from_december_on(db, on, year):
    warning = calendar_warning(on)
    assert (warning.facts["year"] if warning else None) == year


def test_an_imported_year_is_known(factory):
    org.import_year(2027, YEAR_2027, source="国办发明电〔2026〕7号", by=factory.keeper)
    assert calendar().known_until == date(2027, 12, 31)
    assert calendar().works_on(date(2027, 1, 16))
    assert calendar_warning(date(2026, 12, 24)) is None
    org.import_year(2027, YEAR_2027, source="again")  # replaces, does not add
    assert WorkDay.objects.count() == len(YEAR_2027)


def test_a_list_of_another_year_or_of_half_a_year_is_refused(factory):
    with pytest.raises(Refused, match="不在 2028 年"):
        org.import_year(2028, YEAR_2027, source="x")
    half = {date(2027, 1, 1): SpecialDay(False, "元旦")}
    with pytest.raises(Refused, match="不少于 11 天"):
        org.import_year(2027, half, source="x")
    assert not WorkDay.objects.exists()


def test_one_day_for_the_company_and_one_for_a_division(factory):
    day = date(2026, 3, 14)  # a Saturday
    org.set_work_day(day, "workday", name="赶工", division=factory.factory)
    assert calendar(factory.factory).works_on(day)
    assert not calendar(factory.sister).works_on(day)
    org.set_work_day(day, "holiday", division=None)
    assert calendar(factory.factory).works_on(day)  # its own word wins
    org.clear_work_day(day, division=factory.factory)
    assert not calendar(factory.factory).works_on(day)
    with pytest.raises(Refused, match="没有另行设定"):
        org.clear_work_day(day, division=factory.factory)


def test_hours_of_the_division_from_a_day_on(factory):
    week = {str(d): [["13:00", "17:00"], ["08:00", "12:00"]] for d in range(6)}
    org.set_work_hours(week, division=factory.factory, since=date(2026, 3, 16))
    own = calendar(factory.factory)
    assert own.intervals(date(2026, 3, 16)) == ((480, 720), (780, 1020))
    assert own.intervals(date(2026, 3, 13)) == ((510, 720), (780, 1050))
    assert own.works_on(date(2026, 3, 21))  # a Saturday, from now on
    assert not calendar(factory.sister).works_on(date(2026, 3, 21))


@pytest.mark.parametrize(
    ("hours", "why"),
    [
        ([["8点", "12:00"]], "08:30"),
        ([["12:00", "08:00"]], "晚于开始"),
        ([["08:00", "12:00"], ["11:00", "13:00"]], "重叠"),
        ([["08:00", "25:00"]], "08:30"),
        ([], "至少"),
    ],
)
def test_hours_that_make_no_sense_are_refused(factory, hours, why):
    with pytest.raises(Refused, match=why):
        org.set_work_hours({"0": hours})


def test_hours_are_not_changed_in_the_past(factory):
    with pytest.raises(Refused, match="过去"):
        org.set_work_hours({"0": [["08:00", "12:00"]]}, since=date(2026, 3, 9))


def test_only_the_keeper_changes_the_calendar(factory):
    with pytest.raises(Refused, match="制度管理员"):
        org.set_work_day(date(2026, 3, 14), "workday", by=factory.gm)


def test_the_calendar_costs_no_query(factory, django_assert_num_queries):
    calendar(factory.factory)
    with django_assert_num_queries(0):
        calendar(factory.factory).add(moment("2026-03-10 10:00"), 60)
