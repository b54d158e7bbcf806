"""转办 委派 催办 抄送: whose hands a step is in, and who knows of it."""

import pytest
from django.db import IntegrityError, transaction

from shouwen.engines.documents import actions as documents
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries
from shouwen.engines.flows.models import CarbonCopy, Delegation, Run, Signing, Step
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org

from .saying import refused


def now_at(loan):
    return Step.objects.get(run=loan.run, left_at__isnull=True)


def due():
    return Due.objects.open().get(kind="stage")


def test_handed_over_it_is_his_alone(company, loan):
    loan.go("look")
    with refused("", "理由"):
        flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason=" ")
    with refused("R4-30", "此步由"):
        flows.hand_over(loan.run, company.inspector2, by=company.seller, reason="代转")
    with refused("R4-30", "此步由"):
        flows.hand_over(loan.run, company.engineer, by=company.inspector, reason="请办")
    with refused("R4-30", "不在本单位"):
        flows.hand_over(loan.run, company.outsider, by=company.inspector, reason="请办")
    flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason="我请假")
    assert now_at(loan).person == company.inspector2
    assert due().person == company.inspector2
    loan.sign("look", company.inspector2)
    with refused("R4-30", "已交由秦朗办理"):
        loan.do("looked", company.inspector)
    loan.do("looked", company.inspector2)
    assert Entry.objects.get(event="flow.handed_over").data["to"] == company.inspector2.pk


def test_a_superior_rescues_what_lies_on_the_desk_of_one_who_is_ill(company, loan):
    loan.go("look")
    flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason="请办")
    with refused("R4-30", "已交由秦朗"):
        flows.hand_over(loan.run, company.inspector, by=company.inspector, reason="收回")
    flows.hand_over(loan.run, company.inspector, by=company.quality_head, reason="秦朗病假")
    assert now_at(loan).person == company.inspector


def test_sent_back_it_returns_to_its_handler(company, loan):
    loan.go("look")
    flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason="请办")
    loan.sign("look", company.inspector2)
    loan.do("looked", company.inspector2)
    loan.run = flows.send_back(loan.run, "look", by=company.foreman, reason="补查")
    assert now_at(loan).person == company.inspector2
    assert Notice.objects.filter(person=company.inspector2, message__contains="退回").exists()


def test_delegated_it_comes_back(company, loan):
    loan.go("look")
    lent = flows.delegate(loan.run, company.inspector2, by=company.inspector, reason="先看样品")
    assert due().person == company.inspector2
    with refused("R4-30", "秦朗"):
        loan.do("looked", company.inspector)
    loan.sign("look", company.inspector2)
    with refused("", "意见"):
        flows.give_back(lent, by=company.inspector2)
    with refused("", "只有受委派人"):
        flows.give_back(lent, by=company.seller, opinion="x")
    flows.give_back(lent, by=company.inspector2, opinion="样品完好")
    assert due().person == company.inspector
    with refused("", "已经交回"):
        flows.give_back(lent, by=company.inspector2, opinion="再说")
    with refused("R4-30", "已交由秦思齐"):
        loan.do("looked", company.inspector2)
    loan.do("looked", company.inspector)
    assert Entry.objects.get(event="flow.given_back").data["opinion"] == "样品完好"


def test_while_lent_only_the_taker_writes(company, loan):
    loan.go("look")
    lent = flows.delegate(loan.run, company.inspector2, by=company.inspector, reason="先看")
    with refused("", "已委派秦朗"):
        loan.sign("look", company.inspector)
    flows.give_back(lent, by=company.inspector)
    loan.sign("look", company.inspector)
    assert Delegation.objects.get().returned_by == company.inspector


def test_one_delegation_at_a_time(company, loan):
    loan.go("look")
    flows.delegate(loan.run, company.inspector2, by=company.inspector, reason="先看")
    with refused("", "已委派"):
        flows.delegate(loan.run, company.quality_head, by=company.inspector, reason="也看")
    row = Delegation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(step=row.step, giver=company.inspector, taker=company.gm,
                                  reason="x", at=company.now.at)  # fmt: skip


def test_a_signature_is_handed_over_and_delegated(company, loan):
    found = flows.request_round(
        loan.sheet, "endorse", [flows.Ask("sales.supervisor"), flows.Ask(person=company.gm)],
        title=Words(zh="核签", en="Endorse"), division=company.factory, by=company.seller,
        clause="R4-69", barred=[company.seller],
    )  # fmt: skip
    first, second = found.signings.order_by("position")
    with refused("R4-69", "此步由"):
        flows.hand_over(first, company.inspector, by=company.lead, reason="请签")
    flows.hand_over(first, company.sales_head, by=company.lead, reason="我外出")
    with refused("R4-69", "已交由单明"):
        flows.sign(first, by=company.lead)
    flows.sign(first, by=company.sales_head)
    lent = flows.delegate(second, company.clerk, by=company.gm, reason="请先核")
    with refused("R4-69", "已委派曾可"):
        flows.sign(second, by=company.gm)
    flows.give_back(lent, by=company.clerk, opinion="金额无误")
    flows.sign(Signing.objects.get(pk=second.pk), by=company.gm)
    assert Signing.objects.get(pk=second.pk).state == "signed"


def test_a_substitute_acts_at_a_step_in_the_name_of_the_absent(company, loan):
    loan.go("look")
    flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason="请办")
    org.substitute_while_away(
        company.inspector2, company.engineer, since=company.now.at,
        until=company.now.at.replace(day=12), reason="培训",
    )  # fmt: skip
    loan.sign("look", company.engineer)
    loan.do("looked", company.engineer)
    step = Step.objects.get(run=loan.run, stage="look")
    assert (step.by, step.for_person) == (company.engineer, company.inspector2)


# -- haste and word -------------------------------------------------------------------------------


def test_urging_tells_who_has_it_and_not_every_minute(company, loan):
    loan.go("look")
    flows.hand_over(loan.run, company.inspector2, by=company.inspector, reason="请办")
    flows.urge(loan.run, by=company.seller, text="客户催得急")
    told = Notice.objects.get(key__startswith="urge:")
    assert (told.person, "客户催得急" in told.text) == (company.inspector2, True)
    with refused("", "刚刚催办过"):
        flows.urge(loan.run, by=company.seller)
    flows.urge(loan.run, by=company.lead)
    company.now.wait(hours=2)
    flows.urge(loan.run, by=company.seller)
    assert Entry.objects.filter(event="flow.urged").count() == 3
    loan.run = Run.objects.get(pk=loan.run.pk)
    assert queries.urges_of(loan.run).count() == 3


def test_a_copy_is_read_by_whom_it_is_for(company, loan):
    flows.copy_to(loan.run, [company.engineer, company.engineer], by=company.seller, note="知悉")
    flows.copy_to(loan.run, [company.engineer, company.gm], by=company.seller)
    (copy,) = queries.copies_for(company.engineer)
    with refused("", "只有收件人"):
        flows.read_copy(copy, by=company.gm)
    flows.read_copy(copy, by=company.engineer)
    assert CarbonCopy.objects.get(pk=copy.pk).read_at == company.now.at
    with refused("", "不在本单位"):
        flows.copy_to(loan.run, [company.outsider], by=company.seller)
    assert Entry.objects.filter(event="flow.copied").count() == 2


def test_nobody_else_writes_the_section(company, loan):
    loan.go("look")
    part = loan.sheet.sections.get(key="look")
    with refused("R4-30", "检验员"):
        documents.save_section(loan.sheet, "look", {}, version=part.version, by=company.engineer)
