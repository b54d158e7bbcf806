"""A message in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from shouwen.engines.notices.saying import packed, said, say
from shouwen.ground.foundation.words import Words

SEALED = "依据：%(clause)s"


@pytest.mark.parametrize(
    ("fact", "chinese", "english"),
    [
        ("R4-59", "依据：R4-59", "Under R4-59"),
        (Words(zh="客诉", en="complaint"), "依据：客诉", "Under complaint"),
        (date(2026, 3, 10), "依据：2026年3月10日 周二", "Under Tue 10 Mar 2026"),
        (
            datetime(2026, 3, 10, 1, 5, tzinfo=UTC),
            "依据：2026年3月10日 周二 09:05",
            "Under Tue 10 Mar 2026 09:05",
        ),
        (said(SEALED, clause=Words(zh="甲", en="A")), "依据：依据：甲", "Under Under A"),
    ],
)
def test_facts_are_said_in_the_readers_language(fact, chinese, english):
    facts = packed({"clause": fact})
    assert say(SEALED, facts) == chinese
    with translation.override("en"):
        assert say(SEALED, facts) == english


def test_a_message_without_facts_may_hold_a_percent_sign():
    assert say("抽查 20%") == "抽查 20%"


def test_a_missing_fact_is_a_mistake_of_the_program():
    with pytest.raises(KeyError):
        say(SEALED, {"other": 1})
