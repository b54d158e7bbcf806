"""The demo company and its shipments, with people who sign in."""

import pytest
from django.test import Client
from outcomes.settlement.conftest import hands  # noqa: F401
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401


@pytest.fixture
def signed_in():
    """A client signed in as a person."""

    def enter(person):
        client = Client()
        client.force_login(person.user, backend="shouwen.doors.web.account.users.UserBackend")
        return client

    return enter
