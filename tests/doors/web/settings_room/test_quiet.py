"""Quiet hours are set on the calendar page."""

from datetime import time

from django.urls import reverse

from shouwen.engines.notices import queries

ADDRESS = reverse("settings:quiet")


def test_they_are_set_shown_and_lifted(cast, enter):
    browser = enter("keeper")
    assert browser.post(ADDRESS, {"begins": "22:00", "ends": "07:00"}).status_code == 302
    kept = queries.quiet_hours(cast.division)
    assert (kept.begins, kept.ends) == (time(22), time(7))
    assert "22:00–07:00" in browser.get(reverse("settings:year", args=[2026])).content.decode()
    assert browser.post(ADDRESS, {"begins": "", "ends": ""}).status_code == 302
    assert queries.quiet_hours(cast.division) is None


def test_one_moment_alone_is_refused_at_the_other(cast, enter):
    answer = enter("keeper").post(ADDRESS, {"begins": "22:00", "ends": ""})
    assert answer.status_code == 422
    assert "起止时刻要一起填" in answer.content.decode()
    assert queries.quiet_hours(cast.division) is None


def test_equal_moments_are_refused_at_the_end(cast, enter):
    answer = enter("keeper").post(ADDRESS, {"begins": "22:00", "ends": "22:00"})
    assert answer.status_code == 422
    assert "起止时刻不能相同" in answer.content.decode()
