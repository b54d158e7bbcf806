"""Rates, results and decisions: pure."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.work.callbacks import rules
from shouwen.work.callbacks.rules import Answer, Asked, Rate

ASKED = Asked(record="R3-44", voice="R3-36", items=("speed", "manner"), best=5)
FULL = Answer(True, "修好了", suggestion="夜里也来", marks={"speed": 5, "manner": None})


def fields(answer, asked=ASKED):
    return {(one.clause, one.field) for one in rules.why_not_result(answer.clean(), asked)}


def test_nine_of_ten_is_ninety_per_cent():
    assert Rate(10, 9).percent == Decimal("90.0")
    assert Rate(10, 9).missing == 1
    assert Rate(0, 0).percent is None


@given(st.integers(1, 10**6), st.data())
def test_only_all_is_one_hundred_per_cent(owed, data):
    called = data.draw(st.integers(0, owed))
    percent = Rate(owed, called).percent
    assert (percent == 100) == (called == owed)
    assert 0 <= Decimal(called) * 100 / owed - percent < Decimal("0.1")
    assert rules.keeps(Rate(owed, called), Decimal(100)) == (called == owed)


def test_a_full_answer_is_accepted():
    assert fields(FULL) == set()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"satisfied": None}, ("R3-44", "satisfied")),
        ({"words": "  "}, ("R3-44", "words")),
        ({"suggestion": ""}, ("R3-36", "opinion")),
        ({"none_given": True}, ("R3-36", "none_given")),
        ({"marks": {"speed": 5}}, ("R3-44", "marks.manner")),
        ({"marks": {"speed": 6, "manner": 1}}, ("R3-44", "marks.speed")),
        ({"marks": {"speed": 0, "manner": 1}}, ("R3-44", "marks.speed")),
        ({"marks": {"speed": 1, "manner": 1, "price": 3}}, ("R3-44", "marks.price")),
    ],
)
def test_what_is_missing_is_named_at_its_field(changed, wrong):
    assert fields(replace(FULL, **changed)) == {wrong}


def test_none_given_is_an_answer_too():
    assert fields(Answer(True, "好", none_given=True, marks={"speed": 1, "manner": 2})) == set()


def test_a_line_of_the_directors_is_refused_by_his_clause():
    asked = Asked("R3-44", "R3-55", "R3-52", ("repair",), 5)
    answer = Answer(True, "好", none_given=True)
    assert fields(answer, asked) == {("R3-52", "marks.repair")}


def test_nobody_gives_up_while_no_number_is_set():
    assert not rules.gave_up(99, None)
    assert [rules.gave_up(tries, 3) for tries in (2, 3, 4)] == [False, True, True]


def test_delivery_has_a_day_that_has_come():
    today = date(2026, 3, 2)
    assert rules.why_not_delivered(None, today, "R5-24")[0].field == "delivered_on"
    assert rules.why_not_delivered(date(2026, 3, 3), today, "R5-24")
    assert rules.why_not_delivered(today, today, "R5-24") == []


def test_an_adopted_suggestion_has_an_owner_and_a_day():
    today = date(2026, 3, 2)

    def wrong(*told):
        return {one.field for one in rules.why_not_decided(*told, today, "R3-55")}

    assert wrong("", "", None, None) == {"decision"}
    assert wrong("adopted", "", None, None) == {"owner", "due_on"}
    assert wrong("adopted", "", "him", date(2026, 3, 1)) == {"due_on"}
    assert wrong("adopted", "", "him", today) == set()
    assert wrong("declined", " ", None, None) == {"reason"}
    assert wrong("declined", "无预算", None, None) == set()
