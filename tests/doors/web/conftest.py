"""Browsers of the test kind, one for each group of people."""

from copy import deepcopy
from types import SimpleNamespace

import pytest
from casting import company
from django.test import Client
from keeping import lay

from shouwen.doors.web.access import GROUPS
from shouwen.ground.foundation.clock import rehearsal

BACKEND = "shouwen.doors.web.account.users.UserBackend"


@pytest.fixture(autouse=True)
def no_demo(settings):
    """Whoever runs the tests may have a demo running in the same shell."""
    settings.DEMO = False


@pytest.fixture
def now():
    """A Wednesday morning that stands still unless a test moves it."""
    with rehearsal("2026-03-11 10:00") as time:
        yield time


@pytest.fixture
def cast(db, now) -> SimpleNamespace:
    """The factory: `cast.sales`, `cast.gm`, … are people; `cast.units["sales"]` their units."""
    return lay("the cast", _hire)


def _hire() -> SimpleNamespace:
    """The people, and `cookies`: those with which each has signed in."""
    made = company()
    made.cookies = {}
    for group in GROUPS:
        client = Client()
        client.force_login(getattr(made, group).user, BACKEND)
        made.cookies[group] = client.cookies
    return made


@pytest.fixture
def enter(cast):
    """`enter("sales")` is a browser in which that person has signed in."""

    def sign_in(group: str) -> Client:
        client = Client()
        if group in GROUPS:
            client.cookies = deepcopy(cast.cookies[group])
        elif group != "anonymous":
            client.force_login(getattr(cast, group).user, BACKEND)
        return client

    return sign_in
