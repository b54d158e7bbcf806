"""All 391 clauses are there, and each is at home somewhere."""

import re

import pytest
import yaml

from shouwen.ground.policy.kinds import KINDS
from shouwen.ground.policy.loading import ROOT, read_all
from shouwen.ground.policy.values import why_not_value

EVENT = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def editions():
    """The newest edition of every regulation in the tree."""
    return {draft.text.head.code: draft.text for draft in read_all()}


@pytest.fixture(scope="module")
def clauses(editions):
    """Every clause by its id."""
    return {one.id: one for text in editions.values() for one in text.clauses.values()}


def test_every_clause_of_the_ledger_is_there(editions, clauses):
    manifest = yaml.safe_load((ROOT / "manifest.yaml").read_text())
    assert sum(manifest.values()) == len(clauses) == 391
    for code, count in manifest.items():
        wanted = [f"{code}-{number:02}" for number in range(1, count + 1)]
        assert list(editions[code].clauses) == wanted


def test_every_clause_has_a_kind_an_owner_and_both_languages(clauses):
    for clause in clauses.values():
        assert clause.kind in KINDS, clause.id
        assert clause.owner, clause.id
        assert clause.group, clause.id
        assert HAN.search(clause.text.zh), clause.id
        assert not HAN.search(clause.text.en), clause.id


def test_every_clause_says_what_it_rules(clauses):
    for clause in clauses.values():
        assert clause.spec.model_dump(), f"{clause.id} has a kind and no figure"


def test_what_runs_has_an_owner_and_names_its_evidence(clauses):
    for clause in clauses.values():
        assert clause.running or clause.regulation != "R4", clause.id
        if clause.running:
            assert not clause.pending, f"{clause.id}: nobody owns {clause.kind}"
            assert clause.evidence, clause.id
            assert clause.feature, clause.id
            assert HAN.search(clause.feature.zh), clause.id
        for event in clause.evidence:
            assert EVENT.fullmatch(event), f"{clause.id}: {event}"


def test_same_as_goes_both_ways(clauses):
    for clause in clauses.values():
        for other in clause.same_as:
            assert clause.id in clauses[other].same_as, f"{clause.id} -> {other}"


def test_the_sixth_text_repeats_the_second(clauses):
    for number in range(2, 24):
        second, sixth = clauses[f"R2-{number - 1:02}"], clauses[f"R6-{number:02}"]
        assert second.id in sixth.same_as
        assert (second.kind, second.spec) == (sixth.kind, sixth.spec)


@pytest.mark.parametrize(
    ("clause", "figure", "value"),
    [
        ("R4-27", "days", 3),
        ("R4-38", "days", 1),
        ("R4-59", "days", {"domestic": 15}),
        ("R4-60", "days", {"overseas": 20}),
        ("R4-49", "due_day", 10),
        ("R4-62", "due_day", 10),
        ("R4-47", "copies", 5),
        ("R4-66", "copies", 3),
        ("R4-68", "copies", 2),
        ("R4-72", "copies", 4),
        ("R3-49", "days", 3),
        ("R3-51", "at_least", 20),
        ("R1-26", "at_most", 3),
        ("R7-57", "at_most", 3),
    ],
)
def test_figures_of_the_text_stand_in_the_clause(clauses, clause, figure, value):
    found = getattr(clauses[clause].spec, figure)
    assert (found.model_dump(exclude_none=True) if hasattr(found, "model_dump") else found) == value


def test_what_the_text_of_regulation_4_leaves_open_is_a_company_value(clauses):
    """The rows that the ledger marks `unstated`, and two that the text says without a figure."""
    unstated = {"09", "11", "14", "39", "43", "44", "46", "50", "57", "61", "76", "77", "87"}
    open_too = {"19", "36"}
    found = {one.id[3:] for one in clauses.values() if one.regulation == "R4" and one.values}
    assert found == unstated | open_too


def test_every_company_value_has_an_example_that_it_accepts(clauses):
    for clause in clauses.values():
        for value in clause.values:
            assert value.example is not None, value.key
            assert not why_not_value(value, value.example), value.key


def test_the_example_limits_of_the_steps_fit_the_whole(clauses):
    rows = clauses["R4-61"].values[0].example
    assert sum(row["domestic"] for row in rows) <= 15
    assert sum(row["overseas"] for row in rows) <= 20


def test_values_forms_and_stages_that_clauses_name_exist(editions, clauses):
    keys = {value.key for clause in clauses.values() for value in clause.values}
    forms, flows = editions["R4"].forms, editions["R4"].flows
    later = {"complaint_register", "complaint_statistics"}  # pages, not papers
    for clause in editions["R4"].clauses.values():
        spec = clause.spec.model_dump()
        for name in ("value", "table"):
            assert spec.get(name, "") in keys | {""}, clause.id
        assert spec.get("form", "") in {*forms, *later, ""}, clause.id
        flow = flows.get(spec.get("flow", ""))
        if flow is not None and "stage" in spec:
            stages = {
                stage["key"] if isinstance(stage, dict) else stage.key for stage in _stages(flow)
            }
            assert spec["stage"] in {*stages, ""}, clause.id


def _stages(flow):
    return flow["stages"] if isinstance(flow, dict) else flow.stages


def test_the_seven_items_of_scope_are_the_groups(editions, clauses):
    groups = [group.key for group in editions["R4"].head.groups]
    assert len(groups) == 7
    assert {one.group for one in editions["R4"].clauses.values()} == set(groups)


def test_missing_numbers_stay_visible(clauses):
    gaps = {one.id for one in clauses.values() if getattr(one.spec, "stands_for", "") == "gap"}
    assert gaps == {"R1-32", "R3-01", "R4-87", "R6-01", "R7-07", "R8-11"}
