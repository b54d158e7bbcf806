"""The shapes of deadline and duty clauses, and those of the tree."""

import pytest
from pydantic import ValidationError

from shouwen.engines.dues.kinds import DeadlineSpec, DutySpec
from shouwen.engines.dues.tied import clauses
from shouwen.ground.policy import queries as policy

DEADLINE = {"starts": "case.accepted", "stops": ["case.closed"], "owner": "pm_group"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"stops": []},
        {"days": {"domestic": "soon"}},
        {"unit": "fortnight"},
        {"per": "customer"},
        {"pause": True},
    ],
)
def test_a_shape_that_nobody_would_read_is_refused(wrong):
    with pytest.raises(ValidationError):
        DeadlineSpec.model_validate({**DEADLINE, **wrong})


def test_nothing_pauses_unless_the_clause_says_so():
    assert DeadlineSpec.model_validate(DEADLINE).pausable is False


def test_a_duty_may_be_owed_by_several():
    assert DutySpec(every="quarter", owner="quality").owners == ("quality",)
    assert DutySpec(every="quarter", owner=("quality", "rnd")).owners == ("quality", "rnd")


def test_the_clauses_of_the_tree_have_these_shapes(regulations):
    r4 = {clause.id: clause for clause in policy.clauses("R4")}
    for clause_id in ("R4-27", "R4-38", "R4-59", "R4-60"):
        assert clauses.is_tied(r4[clause_id]), clause_id
        assert not r4[clause_id].spec.pausable, "R4's days never pause"
    assert not clauses.is_tied(r4["R4-61"]), "the flow opens the dues of its steps"
    assert not clauses.is_tied(r4["R4-17"]), "who opens the paper opens its due"
    assert clauses.is_periodic(r4["R4-49"])
    assert clauses.is_periodic(r4["R4-62"])
    assert {r4["R4-49"].spec.due_day, r4["R4-49"].spec.covers} == {10, "previous_month"}


def test_a_clause_that_is_not_kept_yet_opens_nothing(regulations):
    pending = policy.clause("R8-10")
    assert not pending.running
    assert not clauses.is_tied(pending)


def test_the_known_events(regulations):
    known = clauses.events()
    assert {"case.accepted", "case.investigated"} <= known.starts
    assert "case.closed" in known.stops
    assert known.duty_stops >= {
        stop for clause_id in ("R4-49", "R4-62") for stop in policy.clause(clause_id).spec.stops
    }
    assert clauses.events() is known
