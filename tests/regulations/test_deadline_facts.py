"""A deadline that waits for a fact nobody records never starts, or never ends."""

import re

import pytest

from shouwen.engines.dues.tied import clauses
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.loading import ROOT


@pytest.fixture
def recorded():
    """Every event of the code, of the moves of a flow, of filing or answering a paper."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in _verbs())
    papers = {f"{form}.{act}" for form in policy.forms() for act in ("filed", "answered")}
    moves = {move.records for flow in policy.flows().values() for move in flow.moves}
    return set(re.findall(r'"([a-z_]+\.[a-z_]+)"', source)) | papers | moves


def _verbs():
    for storey in ("engines", "work", "outcomes"):
        yield from (ROOT.parent / storey).rglob("*.py")


def test_every_fact_a_running_deadline_names_is_recorded(regulations, recorded):
    missing = {
        (clause.id, event)
        for clause in policy.clauses()
        if clauses.is_tied(clause) or clauses.is_periodic(clause)
        for event in (*clauses.starts_of(clause.spec), *clause.spec.stops)
        if event and event not in recorded
    }
    assert missing == set()
