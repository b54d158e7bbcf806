"""Pure decisions: areas, answers, means."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shouwen.engines.dues.kinds import QuotaSpec
from shouwen.work.surveys import rules
from shouwen.work.surveys.rules import Asked, Given

MARK, CHOICE = Asked(1, "mark", "training"), Asked(2, "choice", "training", True, 3)
TEXT = Asked(3, "text", "training", False)
WANTED = [("installation", "安装"), ("training", "培训")]
DAY = date(2026, 3, 11)


def test_each_missing_area_is_a_reason_of_its_own():
    reasons = rules.why_not_started("draft", [], WANTED, 1, DAY, DAY, "R5-45")
    named = [one.facts["area"] for one in reasons if one.facts]
    assert named == ["安装", "培训"]
    assert all(one.clause == "R5-45" for one in reasons)


def test_a_whole_questionnaire_with_somebody_to_ask_may_go_out():
    asked = [MARK, Asked(4, "mark", "installation")]
    assert rules.why_not_started("draft", asked, WANTED, 1, DAY, DAY, "R5-45") == []
    assert rules.why_not_started("running", asked, WANTED, 1, DAY, DAY, "R5-45")
    assert rules.why_not_started("draft", asked, WANTED, 0, DAY, DAY, "R5-45")
    assert rules.why_not_started("draft", asked, WANTED, 1, date(2026, 3, 10), DAY, "R5-45")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "q1"),
        ({1: Given(mark=6), 2: Given(choice=0)}, "q1"),
        ({1: Given(mark=0), 2: Given(choice=0)}, "q1"),
        ({1: Given(mark=5), 2: Given(choice=3)}, "q2"),
        ({1: Given(mark=5), 2: Given(choice=-1)}, "q2"),
        ({1: Given(mark=5, text="x"), 2: Given(choice=1)}, "q1"),
        ({1: Given(mark=5), 2: Given(choice=1), 3: Given(text="x" * 2001)}, "q3"),
        ({1: Given(mark=5), 2: Given(choice=1), 3: Given(mark=3)}, "q3"),
    ],
)
def test_answers_of_another_kind_are_refused_at_their_question(answers, field):
    reasons = rules.why_not_answered([MARK, CHOICE, TEXT], answers)
    assert reasons[0].field == field


def test_what_need_not_be_answered_may_be_left_out():
    assert rules.why_not_answered([MARK, TEXT], {1: Given(mark=1)}) == []
    assert rules.why_not_answered([TEXT], {}), "nothing at all is no answer"


def test_a_mean_is_compared_exactly():
    """2.995 is below 3, although it reads 3.00 (R5-46)."""
    assert rules.is_low(599, 200, Decimal(3))
    assert not rules.is_low(600, 200, Decimal(3))
    assert not rules.is_low(0, 0, Decimal(3))


@given(st.lists(st.integers(1, 5), min_size=1))
def test_the_mark_for_several_lies_among_them(marks):
    assert min(marks) <= rules.mean_mark(marks) <= max(marks)


def test_halves_go_to_the_better_and_nothing_has_no_mean():
    assert rules.mean_mark([2, 3]) == 3
    assert rules.mean_mark([]) is None
    assert rules.rate(1, 3) == Decimal("33.3")
    assert rules.rate(0, 0) is None


def test_a_quota_has_a_figure_or_says_what_the_company_sets():
    with pytest.raises(ValidationError):
        QuotaSpec(of="callback.done", per="month")
    assert QuotaSpec(of="callback.done", at_least=20, unit="percent").at_least == 20
    with pytest.raises(ValidationError):
        QuotaSpec(of="callback.done", at_least=1, per="fortnight")


@pytest.mark.parametrize(
    ("satisfied", "marks", "best", "mark"),
    [
        (True, [5, 5, 4], 5, 5), (True, [], 0, 4), (True, [3, 3], 5, 4), (True, [10, 9], 10, 5),
        (False, [], 0, 2), (False, [1, 1], 5, 1), (False, [5, 5], 5, 2), (True, [7, 8], 10, 4),
    ],
)  # fmt: skip
def test_what_a_call_says_on_the_scale_of_marks(satisfied, marks, best, mark):
    assert rules.mark_of_call(satisfied, marks, best, good=4, low=2) == mark
