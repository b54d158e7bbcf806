"""Grades with their history, opportunities with their next step (R2-10, R6-11, R1-13)."""

from datetime import date

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.work.customers.care import keeping
from shouwen.work.customers.care import queries as care


def note(shop, **more):
    values = {"need": "加购", "next_step": "报价", "owner": shop.seller, **more}
    return keeping.note_opportunity(shop.flower, by=shop.agent, **values)


def test_a_grade_needs_the_companys_list(shop):
    with pytest.raises(Refused, match="尚未规定"):
        keeping.grade_customer(shop.flower, "grade", "A", reason="大客户", by=shop.agent)


def test_every_change_of_a_grade_stays(shop):
    shop.set("R2-10.grades")
    shop.set("R1-13.relations")
    keeping.grade_customer(shop.flower, "grade", "C", reason="新客户", by=shop.agent)
    keeping.grade_customer(shop.flower, "grade", "B", reason="常购", by=shop.seller)
    keeping.grade_customer(shop.flower, "relation", "良好", reason="融洽", by=shop.seller)
    told = [(one.kind, one.before, one.after) for one in care.gradings_of(shop.flower)]
    assert told == [("relation", "", "良好"), ("grade", "C", "B"), ("grade", "", "C")]
    for grade, reason in (("B", "没变化"), ("Z", "没有的"), ("A", "")):
        with pytest.raises(Refused) as refused:
            keeping.grade_customer(shop.flower, "grade", grade, reason=reason, by=shop.seller)
        assert refused.value.clauses == {"R2-10"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"need": ""}, "need"),
        ({"next_step": " "}, "next_step"),
        ({"expected_cents": -1}, "expected"),
        ({"next_on": date(2026, 3, 9)}, "next_on"),
    ],
)
def test_what_an_opportunity_must_say(shop, change, field):
    with pytest.raises(Refused) as refused:
        note(shop, **change)
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_an_opportunity_is_on_the_list_of_its_owners_department(shop):
    made = note(shop)
    found = care.opportunities([shop.factory.pk])
    assert list(found.filter(unit=made.unit)) == [made]
    assert not found.filter(unit=shop.desk).exists()
    made = keeping.change_opportunity(
        made, next_step="拜访", owner=shop.agent, version=made.version, by=shop.seller
    )
    assert list(found.filter(unit=shop.desk)) == [made]


def test_two_who_change_it_at_once_do_not_overwrite_each_other(shop):
    made = note(shop)
    keeping.change_opportunity(made, next_step="拜访", owner=shop.agent, version=1, by=shop.seller)
    with pytest.raises(Refused, match="刚被"):
        keeping.change_opportunity(
            made, next_step="打样", owner=shop.agent, version=1, by=shop.agent
        )


def test_what_is_closed_stays_closed(shop):
    made = note(shop)
    with pytest.raises(Refused, match="理由"):
        keeping.close_opportunity(made, won=True, outcome="", by=shop.seller)
    keeping.close_opportunity(made, won=True, outcome="签约", by=shop.seller)
    with pytest.raises(Refused, match="已经结束"):
        keeping.close_opportunity(made, won=False, outcome="反悔", by=shop.seller)
    with pytest.raises(Refused, match="已经结束"):
        keeping.change_opportunity(made, next_step="再谈", owner=shop.seller, by=shop.seller)
