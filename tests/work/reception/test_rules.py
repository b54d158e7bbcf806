"""Decisions at reception, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.work.reception import rules

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def visit(**changed):
    facts = {"arrived_at": NINE, "received_at": None, "left_at": None, "rated": False,
             "confirmed": False, "host": 7}  # fmt: skip
    return rules.VisitFacts(**{**facts, **changed})


def fields(reasons):
    return [one.field for one in reasons]


def test_what_is_missing_is_said_at_its_field():
    reasons = rules.why_not_registered(" ", "", 0, NINE + timedelta(minutes=1), NINE, "R2-11")
    assert fields(reasons) == ["visitor", "purpose", "people", "arrived_at"]
    assert {one.clause for one in reasons} == {"R2-11"}
    assert rules.why_not_registered("安然", "看房", 1, NINE, NINE, "R2-11") == []


@pytest.mark.parametrize(("minutes", "limits", "over"), [
    (10, [10], False), (11, [10], True), (11, [], False), (6, [10, 5], True), (0, [0], False),
])  # fmt: skip
def test_the_stricter_figure_counts(minutes, limits, over):
    assert rules.is_over(minutes, limits) is over


def test_minutes_are_whole_and_never_negative():
    assert rules.minutes_between(NINE, NINE + timedelta(minutes=10, seconds=59)) == 10
    assert rules.minutes_between(NINE, NINE - timedelta(minutes=5)) == 0


def test_a_visitor_is_received_once_and_while_here():
    assert rules.why_not_received(visit(), NINE, "") == []
    assert rules.why_not_received(visit(received_at=NINE), NINE, "")
    assert rules.why_not_received(visit(left_at=NINE), NINE, "")
    assert fields(rules.why_not_received(visit(), NINE - timedelta(minutes=1), "")) == ["at"]


def test_nobody_leaves_before_he_is_received():
    later = NINE + timedelta(minutes=20)
    assert fields(rules.why_not_left(visit(received_at=later), "已办", NINE, "")) == ["at"]
    assert fields(rules.why_not_left(visit(), "  ", later, "")) == ["outcome"]
    assert rules.why_not_left(visit(received_at=later), "已办", later, "") == []
    assert rules.why_not_left(visit(left_at=NINE), "已办", later, "")


@pytest.mark.parametrize(("drawn", "name", "good"), [
    (True, "", True), (False, "安然", True), (False, " ", False), (True, "安然", False),
])  # fmt: skip
def test_signed_one_way(drawn, name, good):
    assert (rules.why_not_confirmed(visit(), drawn, name, "") == []) is good
    assert rules.why_not_confirmed(visit(confirmed=True), drawn, name, "")


def test_the_host_does_not_rate_himself():
    assert rules.why_not_rated(visit(), "poor", 7, "R2-12")
    assert rules.why_not_rated(visit(), "poor", 8, "R2-12") == []
    assert fields(rules.why_not_rated(visit(), "superb", 8, "R2-12")) == ["rating"]
    assert rules.why_not_rated(visit(rated=True), "good", 8, "R2-12")


def test_a_letter_needs_a_courier_number_and_a_fax_a_number():
    assert fields(rules.why_not_dispatched("letter", "", ("", ""), "")) == [
        "address", "courier_number",
    ]  # fmt: skip
    assert fields(rules.why_not_dispatched("fax", "", ("", ""), "")) == ["fax_number"]
    assert rules.why_not_dispatched("fax", "", ("025-1", ""), "") == []
    assert fields(rules.why_not_letter("fax", "甲", "事", ("", ""), "")) == ["fax_number"]
    assert "channel" in fields(rules.why_not_letter("pigeon", "甲", "事", ("1", ""), ""))
