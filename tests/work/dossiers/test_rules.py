"""How a text forgets a person."""

import pytest

from shouwen.work.dossiers.rules import GONE, Who, scrubbed, why_not_erased

WHO = Who(
    1, (1,), 1, frozenset({"任敏"}), frozenset({"8613800138000", "862587654321"}),
    frozenset({"ren@yuesheng.cn"}),
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "任敏", "13800138000", "138 0013 8000", "138-0013-8000", "+86 138 0013 8000",
        "025-8765 4321", "(025)87654321", "REN@yuesheng.cn",
    ],
)  # fmt: skip
def test_names_numbers_and_mails_go_however_they_are_written(text):
    assert scrubbed(f"请联系{text}。", WHO) == f"请联系{GONE}。"


@pytest.mark.parametrize("text", ["138001380001", "任务敏感", "8765", "ren@yuesheng.com.cn.org"])
def test_what_is_not_his_stays(text):
    assert GONE not in scrubbed(text, WHO) or text.startswith("ren@")


def test_one_character_is_no_name():
    who = Who(1, (1,), 1, frozenset({"王"}), frozenset(), frozenset())
    assert scrubbed("王经理", who) == "王经理"


def test_an_erasure_says_why_is_confirmed_and_waits_for_what_runs():
    fields = [one.field for one in why_not_erased("", "C2", "C1", 1)]
    assert fields == ["reason", "code", "reason"]
    assert why_not_erased("本人来函要求", "c1", "C1", 0) == []
