"""What an owner or a handler owes goes with the matter, and stays with nobody who left it."""

from datetime import timedelta

import pytest

from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as flow_queries
from shouwen.engines.search import actions as search
from shouwen.engines.search import queries as found_by
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.regulations.vocabulary.cases import called_back, go_on, open_matter, stand_in
from shouwen.work.callbacks import actions as callbacks
from shouwen.work.callbacks.models import Callback
from shouwen.work.cases import actions as cases
from shouwen.work.cases.centre import joining, owning, replying

DONE = {"measures": "劝阻", "result": "停工", "met": "yes_"}
REPLY = ("R2-07", "R3-49", "R7-67")
"""Limits of the whole matter: whoever deals with it owes them."""


@pytest.fixture
def complaint(centre):
    """Taken by the agent, given to her colleague when it was classified."""
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    go_on(case, by=centre.agent)
    told = {"category": "noise", "grade": "small", "true_cause": "不知规定"}
    return go_on(case, data={**told, "handler": centre.second_agent}, by=centre.shift_lead)


def owed_by(case, clauses):
    found = Due.objects.open().filter(matter_kind="case", matter_id=case.pk, clause__in=clauses)
    return {due.person for due in found}


def test_what_is_owed_goes_to_the_handler_of_the_class(centre, complaint):
    assert owed_by(complaint, (*REPLY, "R3-47")) == {centre.second_agent}


def test_what_is_owed_goes_to_whoever_took_the_matter_over(centre, complaint):
    row = owning.transfer(
        complaint, centre.maintenance_manager, reason="属维修部", by=centre.second_agent
    )
    assert owed_by(complaint, REPLY) == {centre.second_agent}  # until somebody has it
    owning.take_over(row, handler=centre.repairer, by=centre.maintenance_manager)
    assert owed_by(complaint, (*REPLY, "R3-47")) == {centre.repairer}
    told = Entry.objects.filter(event="due.handed_over", matter_id=complaint.pk)
    assert {entry.data["to"] for entry in told} == {centre.second_agent.pk, centre.repairer.pk}


def test_what_is_owed_goes_with_a_step_that_was_handed_over(centre, complaint):
    run = flow_queries.run_of(complaint)
    flows.hand_over(run, centre.shift_lead, reason="请假", by=centre.second_agent)
    complaint.refresh_from_db()
    assert complaint.handler == centre.shift_lead
    assert owed_by(complaint, REPLY) == {centre.shift_lead}


def test_what_somebody_was_handed_on_his_desk_stays_his(centre, complaint):
    due = Due.objects.open().get(matter_id=complaint.pk, clause="R2-07")
    Due.objects.filter(pk=due.pk).update(person=centre.guard)
    run = flow_queries.run_of(complaint)
    flows.hand_over(run, centre.shift_lead, reason="请假", by=centre.second_agent)
    assert owed_by(complaint, ["R2-07"]) == {centre.guard}


def test_the_call_back_is_the_new_owners(centre, complaint):
    go_on(complaint, data=DONE, by=centre.second_agent)
    assert Callback.objects.get().person == centre.agent
    owning.change_owner(complaint, centre.shift_lead, reason="离职交接", by=centre.director)
    assert Callback.objects.get().person == centre.shift_lead
    assert owed_by(complaint, ["R3-35"]) == {centre.shift_lead}  # the call and the step
    called_back(complaint, True, by=centre.shift_lead)
    assert (complaint.stage, complaint.first_owner) == ("closing", centre.shift_lead)
    replying.reply(complaint, "午休不再施工", by=centre.second_agent)
    go_on(complaint, data={"problem": "噪声", "solution": "劝阻"}, by=centre.shift_lead)
    assert complaint.state == "closed"


def test_a_step_of_somebody_else_stays_his(centre, complaint):
    owning.change_owner(complaint, centre.shift_lead, reason="离职交接", by=centre.director)
    assert owed_by(complaint, ["R2-19"]) == {centre.second_agent}
    assert complaint.handler == centre.second_agent


def test_a_verdict_that_is_corrected_while_it_is_archived_brings_it_back(centre, complaint):
    go_on(complaint, data=DONE, by=centre.second_agent)
    called_back(complaint, True, by=centre.agent)
    assert complaint.stage == "closing"
    call = Callback.objects.get()
    callbacks.correct(call, {"satisfied": False}, reason="听错了", by=centre.agent)
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.satisfied) == ("handling", False)
    assert complaint.first_owner == centre.agent


def test_what_was_archived_is_found_by_its_solution(centre, complaint):
    go_on(complaint, data={**DONE, "result": "张贴告示"}, by=centre.second_agent)
    replying.reply(complaint, "午休不再施工", by=centre.second_agent)
    called_back(complaint, True, by=centre.agent)
    search.index_waiting()
    assert not search_for("隔音垫")
    go_on(complaint, data={"problem": "装修扰民", "solution": "加装隔音垫"}, by=centre.agent)
    search.index_waiting()
    assert search_for("隔音垫") == search_for("张贴告示") == [complaint.pk]


def search_for(words):
    return [doc.object_id for doc in found_by.find(words, kinds=["case"])]


def test_the_director_lets_an_answer_rest_that_does_not_please(centre):
    case = open_matter(centre.centre, centre.resident, kind="consultation", by=centre.agent)
    go_on(case, by=centre.agent)
    version = cases.sheet_of(case).sections.get(key="answer").version
    said = {"text": "规定如此。", "satisfied": "no_"}
    cases.save_section(case, "answer", said, version=version, by=centre.agent)
    replying.reply(case, "规定如此。", by=centre.agent)
    flows.move(flow_queries.run_of(case), "let_rest", reason="政策所限", by=centre.director)
    case.refresh_from_db()
    assert case.state == "closed"
    assert joining.was_let_rest(case)


def test_it_is_not_sent_on_to_one_who_is_away(centre, complaint):
    """Whoever stands in for him is named, as when it was first handed on (R5-11)."""
    row = owning.transfer(
        complaint, centre.operations_manager, reason="属生产运行部", by=centre.second_agent
    )
    now = clock.now()
    stand_in(centre.maintenance_manager, centre.maintenance_deputy, now, now + timedelta(days=2))
    with pytest.raises(Refused) as refused:
        owning.send_on(
            row, centre.maintenance_manager, reason="属维修部", by=centre.operations_manager
        )
    (reason,) = refused.value.reasons
    assert (reason.clause, reason.field) == ("R5-11", "to")
    assert reason.facts["instead"] == centre.maintenance_deputy.name
    assert complaint.transfers.get().state == "waiting"
    owning.send_on(row, centre.maintenance_deputy, reason="属维修部", by=centre.operations_manager)


def test_what_is_owed_calls_the_matter_by_its_number(centre):
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    named = {due.matter_name for due in Due.objects.filter(matter_id=case.pk)}
    assert named == {f"{case.number} {case.title}"}
