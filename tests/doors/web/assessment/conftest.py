"""The company of the assessment's own tests, with people who sign in."""

import pytest
from django.test import Client
from outcomes.assessment.conftest import (  # noqa: F401
    abroad,
    complain,
    day,
    fine,
    firm,
    shipment,
    warning,
    who,
)


@pytest.fixture
def signed_in():
    """A client signed in as a person."""

    def enter(person):
        client = Client()
        client.force_login(person.user, backend="shouwen.doors.web.account.users.UserBackend")
        return client

    return enter
