"""Every scenario of the tree holds: one test a part, one company for all of them."""

import pytest

from shouwen.regulations import coverage
from shouwen.regulations.scenarios import read_scenarios, read_ways

# The mark makes a test database, without which the scenarios would play in the real one.
pytestmark = pytest.mark.django_db
SCENARIOS = read_scenarios()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_scenario(scenario, outcomes):
    assert not outcomes[str(scenario)].problem


def test_a_clause_counts_only_when_nothing_of_it_fell(outcomes):
    played = list(outcomes.values())
    shown = coverage.shown_by(played)
    assert shown == {clause for one in played if one.passed for clause in one.scenario.clauses}


def test_every_recorded_way_is_gone():
    used = {
        line.step.walk.of for one in SCENARIOS for line in one.lines if hasattr(line.step, "walk")
    }
    assert used == set(read_ways())
