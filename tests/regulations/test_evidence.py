"""What a clause names as its evidence really happens: scenarios are asked what they recorded."""

import pytest

from shouwen.doors.web import event_words, saying  # noqa: F401 - the words register themselves
from shouwen.doors.web.regulations.record import Heap, shows
from shouwen.ground.policy import queries as policy
from shouwen.regulations import coverage

pytestmark = pytest.mark.django_db
ELSEWHERE = {"edition.published"}
"""Facts of the installation, before any scenario begins."""


@pytest.fixture
def recorded(outcomes):
    """Every fact that some scenario recorded."""
    return {fact for outcome in outcomes.values() for fact in outcome.facts}


@pytest.fixture
def running(regulations):
    """The clauses that act."""
    return [one for one in policy.clauses() if one.running]


def test_every_clause_that_acts_is_shown(regulations, outcomes):
    shown = coverage.shown_by(outcomes.values())
    assert coverage.unshown(policy.clauses(), shown) == []
    assert len({clause for clause in shown if clause.startswith("R4-")}) == 87


def test_every_fact_named_as_evidence_is_recorded_somewhere(running, recorded):
    known = {fact.event for fact in recorded} | ELSEWHERE
    never = {one.id: set(one.evidence) - known for one in running if set(one.evidence) - known}
    assert never == {}


def test_the_example_of_a_clause_leaves_its_evidence(running, outcomes):
    """Where the page of the clause would count it: the right form and section, the right due."""
    silent = set()
    for clause in running:
        played = [one for one in outcomes.values() if clause.id in one.scenario.clauses]
        left = {fact for one in played if one.scenario.part == "example" for fact in one.facts}
        wanted = set(clause.evidence) - ELSEWHERE
        if wanted and not any(shows(clause, _heap(fact)) for fact in left):
            silent.add(clause.id)
    assert silent == set()


def test_every_fact_of_a_scenario_has_its_words(recorded):
    bare = {fact.event for fact in recorded if saying.event(fact.event).title == fact.event}
    assert bare == set()


def _heap(fact):
    return Heap(None, fact.event, fact.form, fact.section, fact.clause, 1)
