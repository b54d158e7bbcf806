"""A loan on its way: forward, back, taken back, stopped; each refusal with its clause."""

from datetime import date

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries
from shouwen.engines.flows.models import Run, Step, Switch
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org

from .conftest import Loan
from .saying import refused


def stays(run):
    return [(step.stage, step.skipped) for step in queries.path(run)]


def test_a_loan_travels_to_its_end(company, loan):
    loan.go("closed")
    assert [stage for stage, skipped in stays(loan.run) if not skipped] == [
        "draft", "look", "make", "opinion", "rule", "answer", "read", "closed",
    ]  # fmt: skip
    assert ("trial", True) in stays(loan.run)
    run = Run.objects.get(pk=loan.run.pk)
    assert run.state == Run.State.DONE
    assert not Step.objects.filter(run=run, left_at__isnull=True).exists()
    assert not Due.objects.open().filter(kind="stage").exists()
    moved = Entry.objects.filter(event="flow.moved").order_by("id")
    assert [entry.data["move"] for entry in moved][:2] == ["send", "looked"]
    assert moved[0].data | {"from": "draft", "to": "look", "region": "domestic"} == moved[0].data


def test_starting_twice_is_refused(company, loan):
    with refused("R4-29", "已在流程中"):
        flows.start("loan", loan.sheet, division=company.factory, by=company.seller)


def test_only_whose_stage_it_is_moves_on_and_only_signed(company, loan):
    with refused("R4-25", "物品"):
        loan.do("send", company.seller)
    loan.sign("ask", company.seller)
    with refused("R4-25", "此步由"):
        loan.do("send", company.inspector)
    loan.do("send", company.seller)
    with refused("R4-25", "刚刚由陈晨办理", "现在“查看”"):
        loan.do("send", company.seller2)
    with refused("R4-29", "没有“fly”"):
        loan.do("fly", company.inspector)


def test_another_unit_than_the_one_named_cannot_act(company, loan):
    """R4-31: the production unit named in step 2; only that unit can sign."""
    loan.go("make")
    with refused("R4-31", "一车间"):
        loan.sign("make", company.foreman_b)
    with refused("R4-31", "一车间"):
        loan.do("made", company.foreman_b)
    loan.sign("make", company.foreman)
    assert loan.do("made", company.foreman).stage == "opinion"


def test_a_unit_that_is_closed_hands_its_step_to_its_successor(company, loan):
    loan.go("make")
    org.close_unit(company.shop_a, successor=company.shop_b, reason="合并")
    assert queries.what_can(loan.run, company.foreman_b)[0].key == "move:made"
    loan.sign("make", company.foreman_b)
    assert loan.do("made", company.foreman_b).stage == "opinion"


def test_a_section_is_open_at_its_stage_only(company, loan):
    """R4-34: before its step a section is read-only, and after it too."""
    part = loan.sheet.sections.get(key="look")
    with refused("R4-30", "现在“申请”"):
        documents.save_section(loan.sheet, "look", {"finding": "x"}, version=part.version,
                               by=company.inspector)  # fmt: skip
    loan.go("look")
    assert queries.why_not_work(loan.run, "look", company.inspector) == []
    assert queries.why_not_work(loan.run, "ask", company.seller)


# -- optional -------------------------------------------------------------------------------------


def test_a_tick_calls_for_the_optional_stage(company, loan):
    loan.go("make", look={"trial": True})
    assert Switch.objects.get(stage="trial", on=True).by == company.inspector
    loan.sign("make", company.foreman)
    assert loan.do("made", company.foreman).stage == "trial"
    with refused("R4-35", "不在“综合意见”"):
        loan.do("put_up", company.clerk)


def test_once_called_for_it_stays_called_for(company, loan):
    """R4-33: on, it cannot be skipped: neither by a verb nor by taking the tick away."""
    loan.go("make", look={"trial": True})
    with refused("R4-33", "不得略过"):
        flows.skip_stage(loan.run, "trial", by=company.foreman, reason="不需要")
    loan.run = flows.send_back(loan.run, "look", by=company.foreman, reason="重看")
    loan.go("trial", look={"trial": False})
    assert loan.data("look")["trial"] is False


def test_quality_may_call_for_it_from_elsewhere_with_a_reason(company, loan):
    loan.go("make")
    with refused("R4-33", "质管经理"):
        flows.switch_on(loan.run, "trial", by=company.seller, reason="异常")
    with refused("R4-33", "理由"):
        flows.switch_on(loan.run, "trial", by=company.quality_head, reason=" ")
    flows.switch_on(loan.run, "trial", by=company.quality_head, reason="材质异常")
    loan.go("trial")
    assert Entry.objects.get(event="flow.stage_called").data["reason"] == "材质异常"


def test_saying_why_it_is_not_needed_is_kept(company, loan):
    loan.go("make")
    flows.skip_stage(loan.run, "trial", by=company.foreman, reason="老品")
    loan.go("opinion")
    assert Switch.objects.get(stage="trial").reason == "老品"


# -- back -----------------------------------------------------------------------------------------


def test_sent_back_with_its_reason_and_signed_again(company, loan):
    """R4-32: the form is at the earlier step with the reason, and the history shows both."""
    loan.go("opinion")
    with refused("R4-15", "理由"):
        flows.send_back(loan.run, "make", by=company.clerk, reason="")
    with refused("R4-15", "不能从"):
        flows.send_back(loan.run, "trial", by=company.clerk, reason="补试")
    flows.send_back(loan.run, "make", by=company.clerk, reason="对策不具体")
    assert loan.stage == "make"
    left = Step.objects.get(run=loan.run, stage="opinion")
    assert (left.left_by_move, left.reason, left.by) == ("send_back", "对策不具体", company.clerk)
    with refused("R4-31", "尚未签署"):
        loan.do("made", company.foreman)
    assert "对策不具体" in Notice.objects.get(person=company.foreman, key__startswith="step:",
                                            message__contains="退回").text  # fmt: skip
    loan.go("closed")
    assert stays(loan.run).count(("make", False)) == 2
    entry = Entry.objects.get(event="flow.sent_back")
    assert (entry.data["from"], entry.data["to"]) == ("opinion", "make")
    assert entry.data["reopened"] == ["make"]


def test_sending_back_two_steps_lets_both_be_signed_again(company, loan):
    loan.go("opinion")
    flows.send_back(loan.run, "look", by=company.clerk, reason="重查")
    entry = Entry.objects.get(event="flow.sent_back")
    assert entry.data["reopened"] == ["look", "make"]
    loan.go("opinion")


def test_the_sender_takes_back_before_the_next_has_begun(company, loan):
    loan.go("look")
    with refused("R4-30", "只有送出人"):
        flows.withdraw(loan.run, by=company.seller2)
    flows.withdraw(loan.run, by=company.seller)
    assert loan.stage == "draft"
    assert Entry.objects.get(event="flow.withdrawn").data["to"] == "draft"
    with refused("", "没有可以撤回"):
        flows.withdraw(loan.run, by=company.seller)
    loan.go("look")
    part = loan.sheet.sections.get(key="look")
    documents.save_section(loan.sheet, "look", {"finding": "在看"}, version=part.version,
                           by=company.inspector)  # fmt: skip
    with refused("R4-30", "已开始办理"):
        flows.withdraw(loan.run, by=company.seller)


def test_what_took_effect_is_not_taken_back(company, loan):
    loan.go("rule")
    with refused("R4-35", "已生效"):
        flows.withdraw(loan.run, by=company.clerk)


def test_a_decision_is_taken_up_again_after_the_end(company, loan):
    """R4-55: reopened at the authority level, the old way stays visible."""
    loan.go("closed")
    flows.reopen(loan.run, "rule", by=company.gm, reason="签呈准予复议", clause="R4-55")
    run = Run.objects.get(pk=loan.run.pk)
    assert (run.stage, run.state) == ("rule", "open")
    assert Entry.objects.get(event="flow.reopened").data["clause"] == "R4-55"
    loan.go("closed")
    assert stays(run).count(("rule", False)) == 2
    assert stays(run).count(("closed", False)) == 2


def test_a_stopped_run_goes_nowhere(company, loan):
    loan.go("look")
    flows.stop(loan.run, by=company.gm, reason="客户撤诉")
    with refused("", "刚刚由高远办理"):
        loan.do("looked", company.inspector)
    assert not Due.objects.open().filter(kind="stage").exists()
    assert queries.what_can(Run.objects.get(pk=loan.run.pk), company.inspector) == []


# -- authority ------------------------------------------------------------------------------------


def test_the_authority_table_says_who_rules(company, loan):
    """R4-39: above the manager's band it is refused and goes to the deputy; a higher level may."""
    loan.go("rule", opinion={"amount": "8000.00"})
    with refused("R4-39", "权限"):
        loan.do("ruled", company.sales_head)
    can = {act.key: act for act in queries.what_can(loan.run, company.sales_head)}
    assert "副总经理" in str(can["move:ruled"].reasons[0])
    loan.sign("rule", company.deputy, amount="8000.00")
    assert loan.do("ruled", company.deputy).stage == "answer"


def test_nobody_rules_more_than_he_may_by_writing_more(company, loan):
    """R4-52: the figure of the ruling itself counts too."""
    loan.go("rule")
    part = loan.sheet.sections.get(key="rule")
    documents.save_section(loan.sheet, "rule", {"method": "allowance", "amount": "9000.00"},
                           version=part.version, by=company.sales_head)  # fmt: skip
    with refused("R4-39", "权限"):
        documents.sign_section(loan.sheet, "rule", by=company.sales_head)
    documents.sign_section(loan.sheet, "rule", by=company.gm)
    with refused("R4-39", "权限"):
        loan.do("ruled", company.sales_head)
    loan.do("ruled", company.gm)


def test_without_an_authority_table_nobody_rules(company, loan):
    loan.go("rule")
    org.set_value("R4-39.authority", None, division=company.factory)
    with refused("R4-39", "尚未规定"):
        loan.do("ruled", company.gm)


def test_nobody_reads_his_own_result(company, loan):
    """R4-37: the superior, and not the one who wrote it."""
    loan.go("answer")
    loan.sign("answer", company.lead)
    loan.do("answered", company.seller)
    with refused("R4-37", "本人"):
        loan.do("read", company.lead)
    loan.do("read", company.sales_head)


# -- limits and dues ------------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "day"), [("domestic", 13), ("overseas", 14)])
def test_a_step_is_due_by_the_companys_limit(company, region, day):
    loan = Loan(company, region)
    assert Due.objects.open().get(kind="stage").due_at is None
    loan.go("look")
    due = Due.objects.open().get(kind="stage")
    assert due.due_at == clock.end_of(date(2026, 3, day))
    assert (due.unit, due.role) == (company.quality, "quality")
    loan.go("read")
    assert Due.objects.open().get(kind="stage").due_at == clock.end_of(date(2026, 3, 12))


def test_the_next_is_told(company, loan):
    loan.go("look")
    told = set(Notice.objects.values_list("person__name_zh", flat=True))
    assert told == {"秦思齐", "秦朗", "齐衡"}
    assert "查看" in Notice.objects.first().text


# -- holds ----------------------------------------------------------------------------------------


def test_a_hold_stops_what_it_bars_until_it_is_lifted(company, loan):
    loan.go("read")
    flows.hold(loan.sheet, "退货%(number)s尚未入账", key="return", clause="R4-73",
               stage="closed", number="TH-1")  # fmt: skip
    flows.hold(loan.sheet, "退货%(number)s尚未入账", key="return", number="TH-1")
    with refused("R4-73", "TH-1"):
        loan.do("read", company.lead)
    assert flows.release(loan.sheet, "return")
    assert not flows.release(loan.sheet, "return")
    loan.do("read", company.lead)


# -- two at once ----------------------------------------------------------------------------------


def test_the_second_of_two_is_told_who_was_faster(company, loan):
    loan.go("look")
    loan.sign("look", company.inspector)
    seen_by_the_other = Run.objects.get(pk=loan.run.pk)
    loan.do("looked", company.inspector)
    with refused("R4-31", "刚刚由秦思齐办理", "准备"):
        flows.move(seen_by_the_other, "looked", by=company.inspector2)


def test_an_old_page_is_told_too(company, loan):
    loan.go("look")
    loan.sign("look", company.inspector)
    run = Run.objects.get(pk=loan.run.pk)
    with refused("", "刚刚由陈晨办理"):
        flows.move(run, "looked", by=company.inspector, version=run.version - 1)
    assert flows.move(run, "looked", by=company.inspector, version=run.version).stage == "make"


def test_a_refused_move_leaves_nothing_behind(company, loan):
    before = (Run.objects.get(pk=loan.run.pk).version, Entry.objects.count())
    with pytest.raises(Refused):
        loan.do("send", company.seller)
    assert (Run.objects.get(pk=loan.run.pk).version, Entry.objects.count()) == before
