"""Look-ups by day and edition, answered from memory."""

from datetime import date

import pytest

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.policy import loading, queries
from shouwen.ground.policy.models import Edition

from .conftest import CLAUSES

pytestmark = pytest.mark.django_db
EARLY, LATE = date(2024, 5, 1), date(2025, 5, 1)


@pytest.fixture
def two_editions(folder):
    loading.load_all(root=folder.root)
    folder.head(number=2, since="2025-01-01").clauses(CLAUSES.replace("days: 15", "days: 20"))
    loading.load_all(root=folder.root)
    return folder


def test_a_clause_is_what_it_said_on_the_day(two_editions):
    assert queries.clause("R90-01", EARLY).spec.days == 15
    assert queries.clause("R90-01", date(2024, 12, 31)).spec.days == 15
    assert queries.clause("R90-01", date(2025, 1, 1)).spec.days == 20
    with rehearsal("2024-06-01 09:00"):
        assert queries.clause("R90-01").spec.days == 15
    assert queries.clause("R90-01", LATE, edition=1).spec.days == 15
    assert queries.clause("R90-01", LATE).edition == 2


def test_before_its_first_day_there_is_no_rule(two_editions):
    with pytest.raises(queries.NotInForce, match="no R90 in force on 2023-12-31"):
        queries.clause("R90-01", date(2023, 12, 31))
    with pytest.raises(queries.NotInForce, match="R90-09"):
        queries.clause("R90-09")
    assert queries.in_force("deadline", date(2023, 12, 31)) == []


def test_in_force_matches_figures_and_members_of_lists(two_editions):
    found = queries.in_force("deadline", LATE, starts="case.accepted")
    assert [one.spec.days for one in found] == [20]
    assert queries.in_force("deadline", LATE, stops="case.closed") == found
    assert queries.in_force("deadline", LATE, starts="case.closed") == []
    assert queries.in_force("quota", LATE) == []


def test_a_division_works_by_the_edition_it_adopted(two_editions):
    found = queries.in_force("deadline", LATE, adopted={"R90": 1}, starts="case.accepted")
    assert [one.spec.days for one in found] == [15]
    assert queries.in_force("deadline", LATE, adopted={}) == []


def test_the_narrower_scope_wins(folder):
    rule = CLAUSES.split("- id: R90-02")[0].replace("spec:", "concerns: closing\n  spec:")
    overseas = rule.replace("R90-01", "R90-02").replace("days: 15", "days: 20")
    overseas = overseas.replace("concerns:", "scope: {region: overseas}\n  concerns:")
    folder.clauses(rule + overseas)
    loading.load_all(root=folder.root)

    def days(**facts):
        found = queries.in_force("deadline", LATE, facts=facts, starts="case.accepted")
        return [one.spec.days for one in found]

    assert days(region="overseas") == [20]
    assert days(region="domestic") == [15]
    assert days() == [15]


ALSO = """\
  also:
    - kind: norm
      concerns: care
      spec: {stands_for: inspection, item: care, during: [call]}
"""
BOTH = CLAUSES.split("- id: R90-02")[0] + ALSO


def test_a_sentence_that_rules_two_things_is_found_as_each(folder):
    folder.clauses(BOTH)
    loading.load_all(root=folder.root)
    (as_deadline,) = queries.in_force("deadline", LATE, starts="case.accepted")
    (as_norm,) = queries.in_force("norm", LATE, item="care")
    assert (as_deadline.id, as_norm.id) == ("R90-01", "R90-01")
    assert (as_deadline.owner, as_norm.owner) == ("engines.dues", "ground.policy")
    assert queries.clause("R90-01", kind="norm").spec.inspected == ("care",)
    assert queries.clause("R90-01").spec.days == 15
    with pytest.raises(queries.NotInForce, match="no quota R90-01"):
        queries.clause("R90-01", kind="quota")


def test_dues_stand_under_any_number_that_asks_the_same_question(folder):
    one = CLAUSES.split("- id: R90-02")[0].replace("  spec:", "  concerns: closing\n  spec:")
    same = one.replace("R90-01", "R90-02").replace("closing", "closing\n  scope: {region: home}")
    other = one.replace("R90-01", "R90-03").replace("closing", "answering")
    kin = {1: [2, 3], 2: [1], 3: [1]}
    texts = [
        text.replace("module:", f"same_as: {[f'R90-0{n}' for n in kin[place]]}\n  module:")
        for place, text in enumerate((one, same, other), 1)
    ]
    folder.clauses("".join(texts))
    loading.load_all(root=folder.root)
    counted = [queries.counted_as(found) for found in queries.clauses("R90")]
    assert counted == [{"R90-01", "R90-02"}, {"R90-01", "R90-02"}, {"R90-03"}]


def test_values(two_editions):
    spec = queries.value_spec("R90-02.ratio")
    assert (spec.clause, spec.type, spec.label.en) == ("R90-02", "percent", "Tolerance")
    assert queries.value_specs("R90") == [spec]
    with pytest.raises(queries.NotInForce):
        queries.value_spec("R90-02.other")


def test_forms_and_flows_by_day_and_edition(folder):
    folder.put("flow.yaml", "flow: trial\nstages: [a]\n")
    loading.load_all(root=folder.root)
    folder.put("flow.yaml", "flow: trial\nstages: [a, b]\n").head(2, "2025-01-01")
    loading.load_all(root=folder.root)
    assert len(queries.flow("trial", EARLY)["stages"]) == 1
    assert len(queries.flow("trial", LATE)["stages"]) == 2
    assert len(queries.flow("trial", LATE, edition=1)["stages"]) == 1
    assert queries.edition_of("trial", EARLY) == ("R90", 1)
    with pytest.raises(queries.NotInForce):
        queries.form("trial")


def test_drafts_are_in_force_for_nobody(folder):
    loading.load_all(publish=False, root=folder.root)
    assert queries.clauses() == []


def test_answers_come_from_memory(two_editions, django_assert_num_queries):
    queries.clauses()
    with django_assert_num_queries(0):
        queries.clause("R90-01", EARLY)
        queries.in_force("deadline", LATE, starts="case.accepted")
        queries.value_specs()


def test_an_edition_published_by_another_process_is_noticed(folder, monkeypatch):
    loading.load_all(root=folder.root)
    assert queries.clause("R90-01", LATE).edition == 1
    row = Edition.objects.get()
    body = row.body.replace('"number": 1', '"number": 2').replace("2024-01-01", "2025-01-01")
    Edition.objects.create(
        regulation=row.regulation, number=2, since=date(2025, 1, 1), body=body,
        published_at=row.published_at, digest="d", version="other",
    )  # fmt: skip
    assert queries.clause("R90-01", LATE).edition == 1
    monkeypatch.setattr(queries, "CHECK_EVERY", -1.0)
    assert queries.clause("R90-01", LATE).edition == 2


def test_nothing_changed_is_asked_with_one_small_query(
    folder, monkeypatch, django_assert_num_queries
):
    loading.load_all(root=folder.root)
    queries.clauses()
    monkeypatch.setattr(queries, "CHECK_EVERY", -1.0)
    with django_assert_num_queries(1):
        queries.clause("R90-01")
