"""Which division runs under which regulation."""

from datetime import timedelta

import pytest
from django.urls import reverse

from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries

pytestmark = pytest.mark.usefixtures("regulations")
LIST, NEW = reverse("settings:adoptions"), reverse("settings:adoption_new")


def test_running_coming_and_ended_are_told_apart(cast, enter):
    today = clock.today()
    org.adopt_regulation(cast.division, "R4", 1)
    org.adopt_regulation(cast.division, "R3", 1, since=today + timedelta(days=30))
    page = enter("staff").get(LIST).content.decode()
    assert "施行中" in page
    assert "尚未施行" in page
    assert "停止采用" not in page  # nothing to press for a reader


def test_the_keeper_adopts_and_ends(cast, enter):
    browser, today = enter("keeper"), clock.today()
    data = {"division": "factory", "edition": "R4/1", "since": today}
    assert browser.post(NEW, data).headers["Location"] == LIST
    assert queries.adopted(cast.division, "R4") == 1
    assert browser.post(NEW, data).status_code == 422  # adopted already
    adoption = queries.adoptions(cast.division)[0]
    end = reverse("settings:adoption_end", args=[adoption.pk])
    browser.post(end, {"last_day": today, "reason": "试行结束"})
    assert queries.adopted(cast.division, "R4", today + timedelta(days=1)) is None


def test_an_edition_that_was_never_published_is_no_choice(cast, enter):
    data = {"division": "factory", "edition": "R4/9", "since": clock.today()}
    assert enter("keeper").post(NEW, data).status_code == 422
    assert queries.adopted(cast.division, "R4") is None
