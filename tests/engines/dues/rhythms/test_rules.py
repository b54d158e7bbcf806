"""From what the company set to a record's turn."""

from datetime import UTC, datetime

import pytest

from shouwen.engines.dues.rhythms import rules

LAST = datetime(2026, 1, 1, 9, tzinfo=UTC)
BY_CLASS = rules.figures_of([
    {"segment": "重点", "days": 30, "within": 5},
    {"segment": None, "days": 90, "within": None},
])  # fmt: skip


@pytest.mark.parametrize(("segment", "day"), [("重点", 31), ("", 91), ("别的", 91)])
def test_a_class_has_its_own_line_and_all_others_the_empty_one(segment, day):
    turn = rules.next_turn(BY_CLASS, segment, LAST)
    assert (turn - datetime(2026, 1, 1, 9, tzinfo=UTC)).days == day - 1


def test_one_number_holds_for_everybody():
    assert rules.next_turn(rules.figures_of(7), "重点", LAST).day == 8


def test_without_a_figure_there_is_no_turn():
    assert rules.next_turn(rules.figures_of(None), "", LAST) is None
    only = rules.figures_of([{"segment": "重点", "days": 30, "within": 5}])
    assert rules.next_turn(only, "一般", LAST) is None


def test_the_class_is_the_column_that_is_no_figure():
    assert rules.class_word(["segment", "days", "within"]) == "segment"
    assert rules.class_word(["days", "within"]) == ""
