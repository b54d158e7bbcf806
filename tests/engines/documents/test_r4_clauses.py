"""What the clauses of regulation 4 say of a paper is what its form does."""

from collections.abc import Iterator
from typing import Any

import pytest

from shouwen.engines.documents.definitions import FieldDef, FormDef, SectionDef
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.shapes import Clause

# Papers that other rooms keep: registers and statistics made from facts, not filled in.
ELSEWHERE = {"complaint_register", "complaint_statistics"}
HOLDERS = {"penalised_unit": "unit_of:notice.unit"}


@pytest.fixture
def clauses(regulations: None) -> list[tuple[Clause, FormDef]]:
    """Every clause of regulation 4 about a paper, with the paper."""
    kinds = {"document", "checklist"}
    found = [one for one in policy.clauses("R4") if one.kind in kinds]
    assert len(found) > 30
    return [(one, policy.form(one.spec.form)) for one in found if one.spec.form not in ELSEWHERE]


def named(fields: list[FieldDef]) -> Iterator[tuple[str, FieldDef]]:
    """Fields and columns by their keys."""
    for field in fields:
        yield field.key, field
        yield from ((column.key, column) for column in field.columns)


def sections(form: FormDef, spec: Any) -> list[SectionDef]:
    """The section a clause names, else all of them."""
    if spec.section is None:
        return form.sections
    found = form.section(spec.section)
    assert found is not None, spec
    return [found]


def test_every_blank_a_clause_names_is_on_its_paper(clauses: Any) -> None:
    for clause, form in clauses:
        have = {key for s in sections(form, clause.spec) for key, _field in named(s.fields)}
        wanted = getattr(clause.spec, "fields", ()) or getattr(clause.spec, "items", ())
        assert set(wanted) <= have, clause.id


def test_every_choice_a_clause_names_is_offered(clauses: Any) -> None:
    for clause, form in clauses:
        choices = set(getattr(clause.spec, "choices", ()) or getattr(clause.spec, "one_of", ()))
        offered = [
            set(field.choices)
            for section in sections(form, clause.spec)
            for _key, field in named(section.fields)
        ]
        assert not choices or any(choices <= one for one in offered), clause.id


def test_sections_are_for_the_posts_the_clauses_name(clauses: Any) -> None:
    for clause, form in clauses:
        by = getattr(clause.spec, "by", None)
        assert not by or by in {s.by for s in sections(form, clause.spec)}, clause.id


def test_copies_go_to_the_holders_the_clauses_name(clauses: Any) -> None:
    seen = set()
    for clause, form in clauses:
        if not getattr(clause.spec, "copies", None):
            continue
        seen.add(clause.id)
        assert len(form.copies) == clause.spec.copies, clause.id
        at_first = [copy.holder for copy in form.copies]
        in_the_end = [copy.then or copy.holder for copy in form.copies]
        holders = [HOLDERS.get(one, one) for one in clause.spec.holders]
        assert holders in (at_first, in_the_end), clause.id
    assert {"R4-47", "R4-66", "R4-68", "R4-72", "R4-80"} <= seen


def test_the_number_is_built_as_the_clause_says(clauses: Any) -> None:
    by_id = {clause.id: (clause.spec, form) for clause, form in clauses}
    spec, form = by_id["R4-22"]
    assert form.series is not None
    assert (form.series.pattern, form.series.when) == (spec.number, "accept")
    assert by_id["R4-23"][0].period == form.series.period == "month"
    assert by_id["R4-54"][1].internal
