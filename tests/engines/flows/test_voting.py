"""Every round of up to six places, against a slow model that only follows what people would say."""

from itertools import product

import pytest

from shouwen.engines.flows.rules import Hat, Need
from shouwen.engines.flows.voting import (
    Place,
    outcome,
    settled,
    turns,
    why_not_drop,
    why_not_sign,
)

STATES = ("waiting", "asked", "signed", "declined", "dropped")
ROUNDS = [
    (mode, states)
    for n in range(1, 7)
    for mode in ("ordered", "parallel", "any")
    for states in product(("asked", "signed", "declined", "dropped"), repeat=n)
]


def slow(mode, states):
    """One voice after another, the way a clerk with a list would do it."""
    yes = no = silent = 0
    for state in states:
        if state == "signed":
            yes += 1
        elif state == "declined":
            no += 1
        elif state != "dropped":
            silent += 1
    if yes + no + silent == 0:
        return "open"
    if mode == "any":
        return "agreed" if yes else "open" if silent else "declined"
    return "declined" if no else "open" if silent else "agreed"


def test_the_outcome_of_every_round_is_what_the_slow_model_says():
    wrong = [
        (mode, states) for mode, states in ROUNDS if outcome(mode, states) != slow(mode, states)
    ]
    assert wrong == []
    assert len(ROUNDS) == 3 * sum(4**n for n in range(1, 7))


def test_somebody_is_asked_exactly_as_long_as_a_round_is_open():
    for mode, states in ROUNDS:
        undecided = [i for i, state in enumerate(states) if state == "asked"]
        asked = turns(mode, states)
        if slow(mode, states) != "open":
            assert asked == []
        elif mode == "ordered":
            assert asked == undecided[:1]
        else:
            assert asked == undecided


def test_settling_asks_in_turn_and_never_touches_what_is_decided():
    for mode, states in ROUNDS:
        after = settled(mode, states)
        for place, (was, now) in enumerate(zip(states, after, strict=True)):
            if was in ("signed", "declined", "dropped"):
                assert now == was
            else:
                assert now == ("asked" if place in turns(mode, states) else "waiting")
        assert settled(mode, after) == after


def test_a_vote_cast_never_changes_a_result():
    """Whoever was not heard before the result cannot turn it."""
    for mode, states in ROUNDS:
        result = outcome(mode, states)
        if result == "open":
            continue
        for place, state in enumerate(states):
            if state == "asked":
                dropped = [*states[:place], "dropped", *states[place + 1 :]]
                assert outcome(mode, dropped) == result


# -- who signs ------------------------------------------------------------------------------------


def hat(*roles, person=1, for_person=None):
    return Hat(person, lambda role: role in roles, for_person)


def place(state="asked", **need):
    asked = {"roles": ("sales.manager",), "title": "业务经理", "clause": "R4-69"} | need
    return Place(state, Need(**asked), added_by=7)


def test_the_one_who_is_asked_may_sign():
    assert why_not_sign(place(), [hat("sales.manager")]) == []


@pytest.mark.parametrize(
    ("standing", "hats", "words"),
    [
        (place(), [hat("sales")], "此步由%(role)s办理"),
        (place("waiting"), [hat("sales.manager")], "尚未轮到"),
        (place("signed"), [hat("sales.manager")], "刚刚由"),
        (place("declined"), [hat("sales.manager")], "刚刚由"),
        (place("dropped"), [hat("sales.manager")], "已减去"),
        (place(barred=frozenset({1})), [hat("sales.manager")], "本人办理的结果"),
        (place(barred=frozenset({5})), [hat("sales.manager", for_person=5)], "本人办理的结果"),
        (place(roles=("management.gm",), lower=("sales.manager",)), [hat("sales.manager")], "权限"),
        (place(roles=(), person=9), [hat("sales.manager")], "已交由"),
    ],
)
def test_why_somebody_may_not_sign(standing, hats, words):
    (reason,) = why_not_sign(standing, hats)
    assert words in reason.message
    assert reason.clause == "R4-69"


def test_a_substitute_signs_in_the_name_of_the_absent():
    absent = [hat("sales", person=2), hat("sales.manager", person=2, for_person=5)]
    assert why_not_sign(place(), absent) == []
    assert why_not_sign(place(roles=(), person=5), absent) == []


def test_a_closed_round_takes_no_signature():
    standing = Place("asked", Need(("sales.manager",)), round_open=False)
    assert "已结束" in why_not_sign(standing, [hat("sales.manager")])[0].message


def test_only_who_added_a_place_drops_it_and_only_unsigned():
    assert why_not_drop(place(), 7, alone=False) == []
    assert "只有加签人" in why_not_drop(place(), 8, alone=False)[0].message
    assert "已经签署" in why_not_drop(place("signed"), 7, alone=False)[0].message
    assert "不能没有人" in why_not_drop(place(), 7, alone=True)[0].message
