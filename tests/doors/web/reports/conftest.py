"""A month of closed complaints, with people who sign in."""

import pytest
from django.test import Client
from outcomes.reports.month import march, people, sheet  # noqa: F401
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401


@pytest.fixture
def enter():
    """A client signed in as a person."""

    def signed_in(person):
        client = Client()
        client.force_login(person.user, backend="shouwen.doors.web.account.users.UserBackend")
        return client

    return signed_in
