"""Every scenario of the tree, played once for all tests that look at the outcome."""

import pytest
from django.db import transaction

from shouwen.ground.policy.loading import load_all
from shouwen.regulations import coverage


@pytest.fixture(scope="session")
def outcomes(django_db_setup, django_db_blocker):
    """How each ended, by its name; all of it undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_all()
        played = coverage.play_all()
        transaction.set_rollback(True)
    return {str(outcome.scenario): outcome for outcome in played}
