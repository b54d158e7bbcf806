"""A record to speak about; the journal does not mind what it is."""

import pytest
from django.contrib.auth.models import User

from shouwen.ground.journal.actions import record


@pytest.fixture
def say():
    """`say("case.opened", number="26001")` records a fact about record 7."""
    return lambda event="case.opened", **data: record(event, User(pk=7), by=None, **data)
