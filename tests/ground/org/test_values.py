"""Company values: refused while unset, dated, inherited, never changed in the past."""

from datetime import date
from decimal import Decimal

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import actions as org
from shouwen.ground.org import authority, values
from shouwen.ground.org.models import CompanyValue

from .conftest import moment

TOLERANCE = "R4-76.tolerance"
pytestmark = pytest.mark.usefixtures("rules")


def test_an_unset_value_is_refused_with_its_clause_and_place(factory):
    assert values.find(TOLERANCE, factory.factory) is None
    with pytest.raises(Refused, match="尚未规定") as refused:
        values.get(TOLERANCE, factory.factory)
    assert refused.value.clauses == {"R4-76"}
    assert "公司规定值" in refused.value.reasons[0].instead


def test_a_value_counts_from_its_day_on(factory):
    org.set_value(TOLERANCE, "3", division=factory.factory)
    org.set_value(TOLERANCE, "5", division=factory.factory, since=date(2026, 4, 1))
    assert values.get(TOLERANCE, factory.factory) == Decimal(3)
    assert values.get(TOLERANCE, factory.factory, date(2026, 3, 31)) == Decimal(3)
    assert values.get(TOLERANCE, factory.factory, date(2026, 4, 1)) == Decimal(5)
    assert values.find(TOLERANCE, factory.factory, date(2026, 3, 9)) is None


def test_the_past_is_changed_only_with_a_reason_and_keeps_what_was_said_before(factory):
    org.set_value(TOLERANCE, "3", division=factory.factory)
    back = date(2026, 3, 1)
    with pytest.raises(Refused, match="理由"):
        org.set_value(TOLERANCE, "4", division=factory.factory, since=back)
    row = org.set_value(
        TOLERANCE, "4", division=factory.factory, since=back, note="补录三月一日的决议",
        by=factory.keeper,
    )  # fmt: skip
    assert values.get(TOLERANCE, factory.factory, date(2026, 3, 5)) == Decimal(4)
    assert values.get(TOLERANCE, factory.factory, date(2026, 3, 10)) == Decimal(3)
    entry = timeline(factory.factory).filter(event="value.set").first()
    assert entry.data["backdated"] is True
    assert entry.data["note"] == "补录三月一日的决议"
    assert (row.set_by, entry.actor_id) == (factory.keeper, factory.keeper.pk)
    assert CompanyValue.objects.count() == 2


def test_set_twice_on_a_day_the_last_counts(factory):
    org.set_value(TOLERANCE, "3", division=factory.factory)
    org.set_value(TOLERANCE, "4", division=factory.factory)
    assert values.get(TOLERANCE, factory.factory) == Decimal(4)


def test_a_division_inherits_its_groups_value_until_it_has_its_own(factory):
    org.set_value(TOLERANCE, "2", division=factory.group)
    assert values.get(TOLERANCE, factory.sister) == Decimal(2)
    org.set_value(TOLERANCE, "3", division=factory.factory)
    assert values.get(TOLERANCE, factory.factory) == Decimal(3)
    assert values.setting_of(TOLERANCE, factory.sister).unit == factory.group
    org.set_value(TOLERANCE, None, division=factory.factory)  # withdrawn
    assert values.get(TOLERANCE, factory.factory) == Decimal(2)


@pytest.mark.parametrize("wrong", ["abc", "-1", "101", "", [1]])
def test_what_the_clause_does_not_accept_is_refused_at_its_field(factory, wrong):
    with pytest.raises(Refused) as refused:
        org.set_value(TOLERANCE, wrong, division=factory.factory)
    assert refused.value.reasons[0].field == "value"
    assert not CompanyValue.objects.exists()


def test_a_table_is_kept_in_cents_and_read_by_the_rules(factory):
    rows = [{"level": "sales_manager", "max_amount": "5,000"}, {"level": "gm", "max_amount": ""}]
    org.set_value("R4-39.authority", rows, division=factory.factory)
    table = values.get("R4-39.authority", factory.factory)
    assert table[0] == {"level": "sales_manager", "max_amount": 500_000}
    level = authority.required_level(
        table, method="return", region="domestic", amount_cents=500_001
    )
    assert level == "gm"


def test_every_wrong_cell_is_named(factory):
    rows = [{"level": "boss", "max_amount": 1}, {"level": "gm", "max_amount": "-5"}]
    with pytest.raises(Refused) as refused:
        org.set_value("R4-39.authority", rows, division=factory.factory)
    fields = [reason.field for reason in refused.value.reasons]
    assert fields == ["value.0.level", "value.1.max_amount"]


def test_a_table_that_contradicts_itself_is_refused(factory):
    rows = [{"level": "sales_manager", "max_amount": ""}, {"level": "gm", "max_amount": 10}]
    with pytest.raises(Refused, match="高于上级"):
        org.set_value("R4-39.authority", rows, division=factory.factory)


def test_only_the_keeper_sets_values(factory):
    with pytest.raises(Refused, match="制度管理员"):
        org.set_value(TOLERANCE, "3", division=factory.factory, by=factory.gm)
    for who in (factory.keeper, factory.office_head):
        org.set_value(TOLERANCE, "3", division=factory.factory, by=who)


def test_values_cost_no_query(factory, django_assert_num_queries):
    org.set_value(TOLERANCE, "3", division=factory.factory)
    values.get(TOLERANCE, factory.factory)
    with django_assert_num_queries(0):
        values.get(TOLERANCE, factory.factory)
        values.find("R4-39.authority", factory.factory, moment("2025-01-01 00:00"))
