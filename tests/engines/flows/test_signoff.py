"""Rounds of sign-off: 依次 会签 或签, 加签 减签, each refusal with its clause."""

import pytest
from django.db import IntegrityError, transaction

from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries
from shouwen.engines.flows.models import Round, Run, Signing
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as who

from .saying import refused

TITLE = Words(zh="折让核签", en="Allowance")
HEADS = ["quality.manager", "sales.manager", "management.deputy_gm"]


def ask(c, subject, *roles, mode="ordered", **more):
    """A round about a paper, asked for by the seller."""
    asks = [flows.Ask(role) if isinstance(role, str) else flows.Ask(person=role) for role in roles]
    return flows.request_round(
        subject, more.pop("purpose", "endorse"), asks, title=TITLE, division=c.factory,
        by=c.seller, mode=mode, clause="R4-69", **more,
    )  # fmt: skip


def places(found):
    return list(found.signings.order_by("position", "id"))


def states(found):
    return [place.state for place in places(found)]


def state(found):
    return Round.objects.get(pk=found.pk).state


def test_in_order_one_after_another(company, loan):
    """R4-69: two signatures in order."""
    found = ask(company, loan.sheet, "sales.deputy_manager", "management.deputy_gm")
    first, second = places(found)
    assert states(found) == ["asked", "waiting"]
    with refused("R4-69", "尚未轮到", "业务经理"):
        flows.sign(second, by=company.deputy)
    flows.sign(first, by=company.sales_head, opinion="同意")
    assert (state(found), states(found)) == ("open", ["signed", "asked"])
    flows.sign(second, by=company.gm)
    assert state(found) == "agreed"
    events = Entry.objects.filter(subject_kind="round").order_by("id")
    assert list(events.values_list("event", flat=True)) == [
        "round.opened", "sign.asked", "sign.signed", "sign.asked", "sign.signed", "round.agreed",
    ]  # fmt: skip
    assert not Due.objects.open().filter(kind="sign").exists()
    assert Notice.objects.get(person=company.seller).text == "“折让核签”已获同意"


def test_all_at_once_and_all_must_agree(company, loan):
    """R4-50: the heads confirm; it is not final while one has not signed."""
    found = ask(company, loan.sheet, *HEADS, mode="parallel")
    assert states(found) == ["asked"] * 3
    flows.sign(places(found)[2], by=company.deputy)
    flows.sign(places(found)[0], by=company.quality_head)
    assert state(found) == "open"
    flows.sign(places(found)[1], by=company.sales_head)
    assert state(found) == "agreed"


def test_one_who_disagrees_ends_a_countersign(company, loan):
    found = ask(company, loan.sheet, *HEADS, mode="parallel")
    with refused("R4-69", "意见"):
        flows.decline(places(found)[0], by=company.quality_head, opinion=" ")
    flows.decline(places(found)[0], by=company.quality_head, opinion="责任不在我部")
    assert (state(found), states(found)) == ("declined", ["declined", "dropped", "dropped"])
    assert Due.objects.filter(kind="sign", cancelled=True).count() == 2
    with refused("R4-69", "已减去"):
        flows.sign(places(found)[1], by=company.sales_head)


def test_any_of_them_is_enough(company, loan):
    found = ask(company, loan.sheet, *HEADS, mode="any")
    flows.decline(places(found)[0], by=company.quality_head, opinion="不宜")
    assert state(found) == "open"
    flows.sign(places(found)[1], by=company.sales_head)
    assert (state(found), states(found)) == ("agreed", ["declined", "signed", "dropped"])


def test_any_is_declined_when_nobody_is_left(company, loan):
    found = ask(company, loan.sheet, *HEADS[:2], mode="any")
    flows.decline(places(found)[0], by=company.quality_head, opinion="不宜")
    flows.decline(places(found)[1], by=company.sales_head, opinion="不宜")
    assert state(found) == "declined"


def test_nobody_signs_his_own_result_or_above_his_authority(company, loan):
    """R4-37, R4-39."""
    found = ask(company, loan.sheet, "sales", barred=[company.seller])
    with refused("R4-69", "本人"):
        flows.sign(places(found)[0], by=company.seller)
    flows.sign(places(found)[0], by=company.seller2)
    high = ask(company, loan.sheet, "management.deputy_gm|management.gm", purpose="high")
    with refused("R4-69", "权限"):
        flows.sign(places(high)[0], by=company.sales_head)
    flows.sign(places(high)[0], by=company.gm)


def test_one_decision_and_no_second(company, loan):
    found = ask(company, loan.sheet, "sales.supervisor", "management.gm")
    place = places(found)[0]
    flows.sign(place, by=company.lead)
    with refused("R4-69", "刚刚由林青办理"):
        flows.sign(place, by=company.sales_head)
    with refused("R4-69", "刚刚由林青办理"):
        flows.decline(place, by=company.sales_head, opinion="不")
    assert Signing.objects.get(pk=place.pk).by == company.lead


def test_the_database_itself_keeps_one_decision(company, loan):
    found = ask(company, loan.sheet, "sales.supervisor")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signing.objects.filter(pk=places(found)[0].pk).update(state="signed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=found.pk).update(state="agreed")


def test_one_round_of_a_purpose_at_a_time(company, loan):
    found = ask(company, loan.sheet, "sales.supervisor")
    with refused("R4-69", "已在签核中"):
        ask(company, loan.sheet, "sales.supervisor")
    with refused("R4-69", "只有提请人"):
        flows.cancel_round(found, by=company.lead, reason="误提")
    flows.cancel_round(found, by=company.seller, reason="误提")
    assert not Due.objects.open().filter(kind="sign").exists()
    ask(company, loan.sheet, "sales.supervisor")


def test_a_round_asks_somebody(company, loan):
    with refused("R4-69", "不能没有人"):
        ask(company, loan.sheet)


# -- adding and dropping --------------------------------------------------------------------------


def test_one_more_before_oneself(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "management.gm")
    place = places(found)[0]
    with refused("R4-69", "理由"):
        flows.add_signer(place, company.engineer, by=company.sales_head, reason="")
    added = flows.add_signer(place, company.engineer, by=company.sales_head, reason="请核技术")
    assert [p.pk for p in places(found)][:2] == [added.pk, place.pk]
    assert states(found) == ["asked", "waiting", "waiting"]
    with refused("R4-69", "尚未轮到", "严究"):
        flows.sign(place, by=company.sales_head)
    flows.sign(added, by=company.engineer)
    flows.sign(place, by=company.sales_head)
    assert states(found) == ["signed", "signed", "asked"]


def test_one_more_after_oneself(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "management.gm")
    place = places(found)[0]
    flows.add_signer(place, company.engineer, by=company.sales_head, reason="会技术", before=False)
    assert states(found) == ["asked", "waiting", "waiting"]
    flows.sign(place, by=company.sales_head)
    assert [p.person for p in places(found) if p.state == "asked"] == [company.engineer]


def test_who_may_add_and_whom(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "management.gm", barred=[company.seller])
    place = places(found)[0]
    with refused("R4-69", "此步由"):
        flows.add_signer(place, company.engineer, by=company.lead, reason="x")
    with refused("R4-69", "本人"):
        flows.add_signer(place, company.seller, by=company.sales_head, reason="x")
    flows.add_signer(place, company.engineer, by=company.sales_head, reason="x", before=False)
    with refused("R4-69", "已在签核名单"):
        flows.add_signer(place, company.engineer, by=company.sales_head, reason="x")


def test_only_what_one_added_is_dropped_and_only_unsigned(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "management.gm")
    place, last = places(found)
    added = flows.add_signer(place, company.engineer, by=company.sales_head, reason="核")
    with refused("R4-69", "只有加签人"):
        flows.drop_signer(added, by=company.gm)
    with refused("R4-69", "只有加签人"):
        flows.drop_signer(last, by=company.sales_head)
    flows.drop_signer(added, by=company.sales_head)
    assert states(found) == ["dropped", "asked", "waiting"]
    again = flows.add_signer(place, company.engineer, by=company.sales_head, reason="再核")
    flows.sign(again, by=company.engineer)
    with refused("R4-69", "已经签署"):
        flows.drop_signer(again, by=company.sales_head)


def test_dropping_the_last_silent_one_closes_a_countersign(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "quality.manager", mode="parallel")
    mine, other = places(found)
    added = flows.add_signer(mine, company.engineer, by=company.sales_head, reason="核")
    assert added.state == "asked"
    flows.sign(mine, by=company.sales_head)
    flows.sign(other, by=company.quality_head)
    flows.drop_signer(added, by=company.sales_head)
    assert state(found) == "agreed"


# -- away -----------------------------------------------------------------------------------------


def test_a_substitute_signs_in_the_name_of_the_absent(company, loan):
    org.substitute_while_away(
        company.gm, company.deputy, since=company.now.at, until=company.now.at.replace(day=12),
        reason="出差",
    )  # fmt: skip
    found = ask(company, loan.sheet, company.gm)
    assert [n.person for n in Notice.objects.all()] == [company.gm, company.deputy]
    place = places(found)[0]
    with refused("R4-69", "已交由高远"):
        flows.sign(place, by=company.lead)
    flows.sign(place, by=company.deputy)
    signed = Signing.objects.get(pk=place.pk)
    assert (signed.by, signed.for_person) == (company.deputy, company.gm)
    assert Entry.objects.get(event="sign.signed").data["for_person"] == company.gm.pk
    assert who.acting_for(company.deputy, company.now.at) == [company.gm]


# -- at a step ------------------------------------------------------------------------------------


@pytest.fixture
def note(company):
    """A note that has to be countersigned by two heads before it is kept."""
    run = flows.start("note", company.sales, division=company.factory, by=company.seller)
    flows.move(run, "ask", by=company.seller)
    return run


def test_a_stage_is_left_only_when_its_heads_have_signed(company, note):
    found = Round.objects.get(purpose="heads")
    with refused("R4-50", "质管经理", "业务经理"):
        flows.move(note, "keep", by=company.seller)
    flows.sign(places(found)[0], by=company.quality_head)
    with refused("R4-50", "业务经理"):
        flows.move(note, "keep", by=company.seller)
    flows.sign(places(found)[1], by=company.sales_head)
    assert flows.move(note, "keep", by=company.seller).state == "done"


def test_a_declined_stage_is_asked_again(company, note):
    found = Round.objects.get(purpose="heads")
    flows.decline(places(found)[0], by=company.quality_head, opinion="数字有误")
    with refused("R4-50", "未获同意"):
        flows.move(note, "keep", by=company.seller)
    second = flows.ask_again(note, by=company.seller)
    for place in places(second):
        by = company.quality_head if place.role == "quality.manager" else company.sales_head
        flows.sign(place, by=by)
    flows.move(note, "keep", by=company.seller)


def test_a_handler_asks_one_more_before_himself(company, loan):
    loan.go("look")
    found = flows.ask_before(loan.run, company.engineer, by=company.inspector, reason="请验")
    loan.sign("look", company.inspector)
    with refused("R4-30", "严究"):
        loan.do("looked", company.inspector)
    flows.sign(places(found)[0], by=company.engineer, opinion="合格")
    loan.do("looked", company.inspector)


def test_a_signature_after_oneself_makes_the_move(company, loan):
    loan.go("look")
    with refused("R4-30", "未填"):
        flows.ask_before(
            loan.run, company.engineer, by=company.inspector, reason="x", then="looked"
        )
    loan.sign("look", company.inspector)
    found = flows.ask_before(
        loan.run, company.engineer, by=company.inspector, reason="请复核后送出", then="looked"
    )
    assert loan.stage == "look"
    flows.sign(places(found)[0], by=company.engineer)
    assert loan.stage == "make"
    assert Entry.objects.filter(event="flow.moved").order_by("-id")[0].actor_id == (
        company.inspector.pk
    )


def test_what_forbids_the_waiting_move_is_told_and_the_signature_stands(company, loan):
    loan.go("look")
    loan.sign("look", company.inspector)
    found = flows.ask_before(
        loan.run, company.engineer, by=company.inspector, reason="请复核", then="looked"
    )
    flows.hold(loan.sheet, "样品未到", key="sample", clause="R4-25")
    flows.sign(places(found)[0], by=company.engineer)
    assert (loan.stage, state(found)) == ("look", "agreed")
    assert "样品未到" in Notice.objects.get(key__endswith="stuck").text


def test_going_back_calls_its_rounds_off(company, loan):
    loan.go("make")
    found = flows.ask_before(loan.run, company.engineer, by=company.foreman, reason="请验")
    flows.send_back(Run.objects.get(pk=loan.run.pk), "look", by=company.foreman, reason="单位有误")
    assert state(found) == "cancelled"
    with refused("", "已结束"):
        flows.sign(places(found)[0], by=company.engineer)
    assert not Due.objects.open().filter(kind="sign").exists()


# -- what a page shows ----------------------------------------------------------------------------


def test_buttons_of_a_round_say_why(company, loan):
    found = ask(company, loan.sheet, "sales.manager", "management.gm")
    (kept,) = queries.rounds_of(loan.sheet)
    acts = {act.key: act for act in queries.what_can_sign(kept, company.gm)}
    assert not acts[f"sign:{places(found)[1].pk}"].allowed
    assert "尚未轮到" in str(acts[f"sign:{places(found)[1].pk}"].reasons[0])
    acts = {act.key: act for act in queries.what_can_sign(kept, company.sales_head)}
    assert acts[f"sign:{places(found)[0].pk}"].allowed
    assert acts[f"decline:{places(found)[0].pk}"].needs_reason
    assert queries.what_can_sign(kept, company.engineer) == []
