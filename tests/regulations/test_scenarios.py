"""Every scenario of the tree holds: one test a part, one company for all of them."""

import pytest
from django.db import transaction

from shouwen.ground.policy.loading import load_all
from shouwen.regulations import coverage
from shouwen.regulations.scenarios import read_scenarios

# The mark makes a test database, without which the fixture below would play in the real one.
pytestmark = pytest.mark.django_db
SCENARIOS = read_scenarios()


@pytest.fixture(scope="module")
def outcomes(django_db_setup, django_db_blocker):
    """Everything played once, and undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_all()
        played = coverage.play_all()
        transaction.set_rollback(True)
    return {str(outcome.scenario): outcome for outcome in played}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_scenario(scenario, outcomes):
    assert not outcomes[str(scenario)].problem


def test_a_clause_counts_only_when_nothing_of_it_fell(outcomes):
    played = list(outcomes.values())
    shown = coverage.shown_by(played)
    assert shown == {clause for one in played if one.passed for clause in one.scenario.clauses}
