"""Moving on, back and past optional stages: pure rules on declared flows."""

import pytest

from shouwen.engines.flows import rules
from shouwen.engines.flows.definitions import parse
from shouwen.engines.flows.rules import Barrier, Hat, Need, Paper, Situation
from shouwen.ground.foundation.refusal import Reason

FLOW = parse(
    {
        "flow": "loan",
        "title": "借用",
        "facts": ["region"],
        "lanes": [{"role": "sales", "title": "业务"}, {"role": "quality", "title": "质管"}],
        "start": "ask",
        "stages": [
            {"key": "ask", "title": "申请", "lane": "sales", "by": "sales", "section": "ask"},
            {"key": "look", "title": "查看", "lane": "quality", "by": "quality", "section": "look"},
            {"key": "test", "title": "试验", "lane": "quality", "by": "quality", "optional": True,
             "on_when": ["look.test"], "clause": "R4-33"},
            {"key": "rule", "title": "批示", "lane": "sales", "by": "sales.manager"},
            {"key": "done", "title": "完成", "lane": "sales", "end": True},
        ],
        "moves": [
            {"move": "send", "title": "送出", "from": "ask", "to": "look", "needs": ["ask"]},
            {"move": "looked", "title": "看过", "from": "look", "to": "test"},
            {"move": "abroad", "title": "国外", "from": "look", "to": "rule",
             "when": {"region": "overseas"}, "reason": True},
            {"move": "tested", "title": "试过", "from": "test", "to": "rule"},
            {"move": "finish", "title": "完成", "from": "rule", "to": "done"},
        ],
        "send_back": [{"from": "rule", "back_to": ["test", "look", "ask"], "clause": "R4-15"}],
    }
)  # fmt: skip
QUALITY = [Hat(2, lambda role: role == "quality")]
SALES = [Hat(1, lambda role: role == "sales")]


def at(stage, **facts):
    role = FLOW.stage(stage).by
    base = {"need": Need((role,), role, "R4-31"), "visited": ("ask",)}
    return Situation(FLOW, stage, **{**base, **facts})


def words(reasons):
    return " ".join(reason.message for reason in reasons)


def test_the_way_passes_what_nobody_called_for():
    looked = FLOW.move("looked")
    assert [s.key for s in rules.way(at("look"), looked)] == ["test", "rule"]
    ticked = at("look", facts={"look.test": True})
    assert [s.key for s in rules.way(ticked, looked)] == ["test"]
    called = at("look", switched_on=frozenset({"test"}))
    assert [s.key for s in rules.way(called, looked)] == ["test"]


def test_a_move_is_made_by_whose_stage_it_is():
    assert rules.why_not_move(at("look"), QUALITY, FLOW.move("looked")) == []
    refused = rules.why_not_move(at("look"), SALES, FLOW.move("looked"))
    assert words(refused) == "此步由%(role)s办理"
    assert refused[0].clause == "R4-31"


def test_a_move_from_another_stage_says_where_it_stands():
    (reason,) = rules.why_not_move(at("look"), SALES, FLOW.move("send"))
    assert reason.facts == {"here": "查看", "there": "申请"}
    (over,) = rules.why_not_move(at("done", is_open=False), SALES, FLOW.move("send"))
    assert "已办结" in over.message


def test_a_move_needs_its_papers_signed():
    send = FLOW.move("send")
    missing = Reason("“%(label)s”未填", "R4-24", "ask.name", facts={"label": "名称"})
    cases = [
        ({}, "缺少"),
        ({"ask": Paper("申请栏", None, (missing,))}, "未填"),
        ({"ask": Paper("申请栏")}, "尚未签署"),
        ({"ask": Paper("申请栏", 1)}, ""),
    ]
    for papers, said in cases:
        found = rules.why_not_move(at("ask", papers=papers), SALES, send)
        assert said in words(found)
        assert bool(found) == bool(said)


def test_a_move_for_other_facts_and_without_its_reason_is_refused():
    abroad = FLOW.move("abroad")
    assert "不适用" in words(rules.why_not_move(at("look"), QUALITY, abroad, "因故"))
    there = at("look", facts={"region": "overseas"})
    assert words(rules.why_not_move(there, QUALITY, abroad, " ")) == "请写明理由"
    assert rules.why_not_move(there, QUALITY, abroad, "因故") == []


def test_rounds_and_holds_stop_what_they_bar():
    held = at("rule", holds=(Barrier("退货未入账", "R4-73", stage="done"),))
    head = [Hat(3, lambda role: role == "sales.manager")]
    (reason,) = rules.why_not_move(held, head, FLOW.move("finish"))
    assert (reason.message, reason.clause) == ("退货未入账", "R4-73")
    early = at("look", holds=(Barrier("退货未入账", stage="done"),))
    assert rules.why_not_move(early, QUALITY, FLOW.move("looked")) == []
    everywhere = at("look", holds=(Barrier("待查"),))
    assert words(rules.why_not_move(everywhere, QUALITY, FLOW.move("looked"))) == "待查"
    signing = at("look", rounds=(Barrier("尚待签署"),))
    assert words(rules.why_not_move(signing, QUALITY, FLOW.move("looked"))) == "尚待签署"


def test_nobody_reads_his_own_result_not_even_in_another_name():
    need = Need(("sales.manager",), "业务经理", "R4-37", barred=frozenset({3}))
    for hats in (
        [Hat(3, lambda role: True)],
        [Hat(4, lambda role: role == "sales"), Hat(4, lambda role: True, for_person=3)],
        [Hat(3, lambda role: False), Hat(3, lambda role: True, for_person=5)],
    ):
        (reason,) = rules.why_not_act(need, hats)
        assert reason.clause == "R4-37"
        assert "本人" in reason.message
    assert rules.why_not_act(need, [Hat(5, lambda role: True)]) == []


def test_a_step_with_a_handler_is_his():
    need = Need(("quality",), "质管", "R4-30", person=2, person_name="秦思")
    assert rules.why_not_act(need, QUALITY) == []
    (reason,) = rules.why_not_act(need, [Hat(9, lambda role: True)])
    assert reason.facts == {"person": "秦思"}
    assert rules.hat_for(need, [Hat(9, lambda role: True, for_person=2)]).for_person == 2


def test_what_is_delegated_waits_for_its_answer():
    lent = at("look", lent_to="林青")
    assert "已委派" in words(rules.why_not_move(lent, QUALITY, FLOW.move("looked")))
    ruling = at("rule", lent_to="林青")
    assert "已委派" in words(rules.why_not_send_back(ruling, [Hat(3, lambda r: True)], "ask", "x"))


@pytest.mark.parametrize(
    ("visited", "targets"),
    [(("ask", "look"), ["look", "ask"]), (("ask", "look", "test"), ["test", "look", "ask"])],
)
def test_back_only_to_where_it_has_been(visited, targets):
    here = at("rule", visited=visited)
    assert rules.back_targets(here) == targets
    head = [Hat(3, lambda role: role == "sales.manager")]
    assert rules.why_not_send_back(here, head, "ask", "数量不符") == []
    assert words(rules.why_not_send_back(here, head, "ask", " ")) == "退回须写明理由"
    assert "不能从" in words(rules.why_not_send_back(here, head, "done", "x"))
    assert rules.back_targets(at("look")) == []


def test_withdrawing_is_for_the_sender_until_the_next_begins():
    sent = at("look", moved_by=frozenset({1}), moved_with="send")
    assert rules.why_not_withdraw(sent, SALES) == []
    assert "只有送出人" in words(rules.why_not_withdraw(sent, QUALITY))
    begun = at("look", moved_by=frozenset({1}), moved_with="send", touched=True)
    assert "已开始" in words(rules.why_not_withdraw(begun, SALES))
    back = at("ask", moved_by=frozenset({1}), moved_with="send_back")
    assert "没有可以撤回" in words(rules.why_not_withdraw(back, SALES))


def test_an_optional_stage_once_called_for_is_never_passed():
    switch = rules.why_not_switch
    assert switch(at("look"), "test", on=True, reason="异常") == []
    assert switch(at("look"), "test", on=False, reason="不需要") == []
    called = at("look", switched_on=frozenset({"test"}))
    (reason,) = switch(called, "test", on=False, reason="不需要")
    assert (reason.clause, "不得略过" in reason.message) == ("R4-33", True)
    ticked = at("look", facts={"look.test": True})
    assert switch(ticked, "test", on=False, reason="不需要")
    assert "必经" in words(switch(at("look"), "rule", on=False, reason="x"))
    assert "已经过去" in words(switch(at("rule"), "test", on=True, reason="x"))
    assert "理由" in words(switch(at("look"), "test", on=True, reason=""))
