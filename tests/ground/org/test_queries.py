"""Who holds which role, who is above whom, who stands in."""

from datetime import date

import pytest

from shouwen.ground.foundation import words
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries, roles, roster

from .conftest import moment


@pytest.mark.parametrize(
    ("who", "role", "yes"),
    [
        ("seller", "sales", True),
        ("seller", "sales.staff", True),
        ("seller", "sales.supervisor", False),
        ("lead", "sales.supervisor", True),
        ("sales_head", "sales.deputy_manager", True),
        ("sales_head", "quality", False),
        ("gm", "sales", False),
        ("gm", "management.gm", True),
        ("gm", "management.deputy_gm", True),
        ("deputy", "management.gm", False),
        ("seller", "management", False),
        ("registrar", "pm_group", True),
        ("registrar", "gm_office", True),
        ("office_head", "pm_group", False),
        ("seller", "unit:sales", True),
        ("seller", "unit:sales.manager", False),
        ("inspector", "unit:sales", False),
        ("keeper", "rules_office", True),
        ("inspector", "accounting", False),
        ("inspector", "any", True),
        ("inspector", "any.manager", False),
        ("keeper", "any", False),
    ],
)
def test_holds(factory, who, role, yes):
    assert queries.holds(getattr(factory, who), role, factory.factory) is yes


@pytest.mark.parametrize("role", ["sales.boss", "", "unit:", "team:x", "sales manager"])
def test_what_is_no_role_is_said(role):
    with pytest.raises(ValueError, match="no role"):
        roles.parse(role)


def test_people_most_direct_first(factory):
    found = queries.people("sales.supervisor", factory.factory)
    assert found == [factory.lead, factory.sales_head]


def test_a_role_begins_and_ends_with_its_appointment(factory):
    assert not queries.holds(factory.seller, "sales", factory.factory, on=date(2026, 1, 4))
    org.end_appointment(factory.seller_seat, last_day=date(2026, 3, 31), reason="调职")
    assert queries.holds(factory.seller, "sales", factory.factory, on=date(2026, 3, 31))
    assert not queries.holds(factory.seller, "sales", factory.factory, on=date(2026, 4, 1))


def test_superiors_go_up_the_tree(factory):
    above = queries.superiors(factory.seller, factory.factory)
    assert above == [factory.lead, factory.sales_head, factory.deputy, factory.gm]
    assert queries.superiors(factory.gm, factory.factory) == []


def test_a_group_department_serves_the_division_that_has_none(factory):
    assert queries.unit_for("rules_office", factory.sister) == factory.rules
    with pytest.raises(Refused, match="没有职能"):
        queries.unit_for("accounting", factory.factory)


def test_what_each_may_see(factory):
    assert queries.divisions_visible(factory.seller) == {factory.factory.pk}
    assert queries.divisions_visible(factory.keeper) == {factory.factory.pk, factory.sister.pk}


def test_units_of_a_head_include_those_below(factory):
    assert queries.units_of(factory.sales_head) == {factory.sales.pk, factory.domestic.pk}
    assert queries.units_of(factory.seller) == {factory.domestic.pk}


def test_the_name_is_in_the_readers_language(factory, monkeypatch):
    assert queries.unit("factory").name == "工厂"
    monkeypatch.setattr(words, "_reader", [lambda: "en"])
    assert queries.unit("factory").name == "Factory"
    assert queries.unit("sales").name == "业务部"  # no English name yet


def test_roles_cost_no_query(factory, django_assert_num_queries):
    queries.holds(factory.seller, "sales", factory.factory)
    with django_assert_num_queries(0):
        for person in (factory.seller, factory.gm, factory.keeper):
            queries.holds(person, "sales.manager", factory.factory)
            queries.superiors(person, factory.factory)
            queries.divisions_visible(person)
            queries.units_of(person)
            queries.acting_for(person, moment("2026-03-10 10:00"))
            [held.post.unit.name for held in queries.posts_of(person)]


def test_the_committed_roster_is_looked_at_once_a_second(db, django_assert_num_queries):
    roster.forget()
    with django_assert_num_queries(7):
        queries.divisions()
    with django_assert_num_queries(0):
        queries.divisions()
