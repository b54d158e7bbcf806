"""Training: who plans, when it is fixed, what expires."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org.verbs import duties
from shouwen.work.training import access, actions, queries, rules
from shouwen.work.training.models import Plan, Skill


def plan(cast, **changed):
    by = changed.pop("by", cast.cs_director)
    return actions.draft_plan(cast.units["customer_service"], 2026, program(**changed), by=by)


def program(**changed):
    days = [("服务用语", date(2026, 4, 10)), ("投诉处理", date(2026, 6, 10))]
    told = {"title": "年度培训", "sessions": days, "sessions_target": 2, "attendance_target": 90}
    return actions.Program(**{**told, **changed})


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 3, 3), 12, date(2027, 3, 3)), (date(2026, 12, 31), 2, date(2027, 2, 28)),
])  # fmt: skip
def test_months_end_with_the_month(day, months, then):
    assert rules.months_after(day, months) == then


@pytest.mark.parametrize(("sessions", "came", "met"), [(2, 9, True), (1, 9, False), (2, 8, False)])
def test_both_targets_count(sessions, came, met):
    assert rules.Progress(sessions, 2, 10, came, 90).met is met
    assert rules.Progress(0, 0, 0, 0, 0).attendance is None


def test_only_the_head_plans_and_only_once(cast):
    with pytest.raises(Refused):
        plan(cast, by=cast.agent)
    plan(cast)
    with pytest.raises(Refused):
        plan(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.update(attendance_target=101)


def test_a_plan_is_submitted_before_it_is_held(cast):
    made = plan(cast)
    session = made.sessions.first()
    with pytest.raises(Refused):
        actions.hold_session(session, {cast.agent.pk: True}, "合格", by=cast.cs_director)
    actions.submit_plan(made, by=cast.cs_director)
    with pytest.raises(Refused):
        actions.submit_plan(made, by=cast.cs_director)
    for wrong in ({"attendance": {}}, {"result": " "}, {"held_on": date(2026, 12, 1)}):
        told = {"attendance": {cast.agent.pk: True}, "result": "合格", **wrong}
        with pytest.raises(Refused):
            actions.hold_session(session, by=cast.cs_director, **told)
    actions.hold_session(session, {cast.agent.pk: True}, "合格", by=cast.cs_director)
    assert queries.unmet({cast.division.pk}, 2026) == [made]


def test_too_few_sessions_are_no_plan(cast):
    with pytest.raises(Refused) as refused:
        actions.submit_plan(plan(cast, sessions_target=3), by=cast.cs_director)
    assert refused.value.reasons[0].field == "sessions"


@pytest.mark.parametrize(("wrong", "field"), [
    ({"title": " "}, "title"), ({"sessions": [("", date(2026, 4, 1))]}, "sessions"),
    ({"sessions": [("投诉处理", date(2027, 1, 1))]}, "sessions"),
    ({"attendance_target": 101}, "attendance_target"),
])  # fmt: skip
def test_what_a_plan_lacks_is_said_at_its_field(cast, wrong, field):
    with pytest.raises(Refused) as refused:
        plan(cast, **wrong)
    assert [(one.field, one.clause) for one in refused.value.reasons] == [(field, "R2-22")]
    assert not Plan.objects.exists()


def test_a_draft_is_written_anew_and_a_submitted_plan_is_not(cast):
    made = plan(cast, sessions_target=3)
    days = [("服务用语", date(2026, 5, 8)), ("服务用语", date(2026, 9, 8))]
    with pytest.raises(Refused):
        actions.revise_plan(made, program(sessions=days), by=cast.agent)
    actions.revise_plan(made, program(title="新计划", sessions=days), by=cast.cs_director)
    assert [one.planned_on.month for one in made.sessions.all()] == [5, 9]
    actions.submit_plan(made, by=cast.cs_director)
    with pytest.raises(Refused):
        actions.revise_plan(made, program(), by=cast.cs_director)
    made.refresh_from_db()
    assert (made.title, made.sessions.count()) == ("新计划", 2)


def test_progress_counts_what_was_held_once(cast):
    made = plan(cast)
    actions.submit_plan(made, by=cast.cs_director)
    people = [cast.agent, cast.staff, cast.sales]
    for place, session in enumerate(made.sessions.all()):
        came = {one.pk: place == 0 or one == cast.agent for one in people}
        actions.hold_session(session, came, "完成", by=cast.cs_director)
    assert queries.progress(made) == rules.Progress(2, 2, 6, 4, 90)


@pytest.mark.parametrize(("held", "gaps"), [
    ({}, [("回访", None)]), ({"回访": date(2026, 3, 3)}, []),
    ({"回访": date(2026, 3, 2)}, [("回访", date(2026, 3, 2))]),
    ({"反馈": date(2027, 1, 1)}, [("回访", None)]),
])  # fmt: skip
def test_a_skill_is_missing_until_passed_and_from_the_day_it_expires(held, gaps):
    found = rules.gaps(["回访", "回访"], held, date(2026, 3, 2))
    assert [(one.name, one.expired_on) for one in found] == gaps


def test_only_those_above_somebody_test_him(cast):
    for by in (cast.sales, cast.agent, cast.outsider):
        with pytest.raises(Refused) as refused:
            actions.pass_skill(cast.division, cast.agent, "回访", by=by)
        assert refused.value.clauses == {"R7-68"}
    made = actions.pass_skill(
        cast.division, cast.agent, "回访", level="expert", by=cast.cs_director
    )
    assert made.level == Skill.Level.EXPERT


def test_whose_skills_one_reads(cast, day):
    assert access.concerned(cast.sales, day.at) == {cast.sales.pk}
    assert cast.agent.pk in access.concerned(cast.cs_director, day.at)
    assert cast.sales.pk not in access.concerned(cast.cs_director, day.at)
    assert {cast.agent.pk, cast.sales.pk} <= access.concerned(cast.hr, day.at)
    assert cast.agent.pk not in access.concerned(cast.outsider, day.at)


def test_a_retest_is_asked_for_once(cast, day):
    actions.pass_skill(cast.division, cast.agent, "业务流程", by=cast.cs_director)
    assert actions.ask_retests() == 0
    day.move(day.at.replace(year=2027))
    assert (actions.ask_retests(), actions.ask_retests()) == (1, 0)
    assert Due.objects.open().get(clause="R7-68").person == cast.agent
    actions.pass_skill(cast.division, cast.agent, "业务流程", by=cast.cs_director)
    assert not Due.objects.open().filter(clause="R7-68").exists()
    assert Skill.objects.get().expires_on == date(2028, 3, 2)


def test_what_a_department_is_there_for_only_grows(cast, day):
    unit = cast.units["customer_service"]
    assert unit in duties.incomplete(cast.division, date(2026, 3, 2))
    duties.state_duties(unit, "受理投诉", by=cast.keeper)
    with pytest.raises(Refused):
        duties.state_duties(unit, "受理", by=cast.agent)
    with pytest.raises(Refused):
        duties.state_duties(unit, "更早", since=date(2026, 3, 1), by=cast.keeper)
    duties.state_duties(unit, "受理并回访", since=date(2026, 4, 1), by=cast.keeper)
    assert duties.duties_on(unit, date(2026, 3, 31)).text_zh == "受理投诉"
    assert [one.until for one in duties.versions(unit)] == [None, date(2026, 3, 31)]
    assert unit not in duties.incomplete(cast.division, date(2026, 3, 2))


def test_a_department_of_which_nothing_was_said_has_no_versions(cast):
    assert duties.versions(cast.units["warehouse"]) == []
