"""Projects with their files, the regular call of every customer, and the sweep."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as org_queries
from shouwen.work.callbacks import actions, planning
from shouwen.work.callbacks.models import Callback, CallbackFile, Project, RegularPlan
from shouwen.work.callbacks.rounds import regular
from shouwen.work.callbacks.rounds.projects import ProjectDraft
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft

from .conftest import content, finished


def built(cast, name="监控系统"):
    draft = ProjectDraft(cast.customer, name, cast.sales)
    return actions.register_project(cast.division, draft, by=cast.agent)


def delivered(cast, on=date(2026, 3, 2), name="监控系统"):
    return actions.deliver(built(cast, name), on, by=cast.agent)


def calls(project):
    found = Callback.objects.filter(matter_kind="project", matter_id=project.pk)
    return list(found.order_by("id").values_list("clause", "period"))


def test_a_delivered_project_without_a_file_cannot_exist(cast):
    project = built(cast)
    for field in ({"delivered_on": date(2026, 3, 1)}, {"file": CallbackFile.objects.create(
        opened_at=project.registered_at, opened_by=cast.agent, first_due_on=date(2026, 4, 1))},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Project.objects.filter(pk=project.pk).update(**field)


def test_a_project_is_registered_whole_and_once(cast):
    built(cast)
    with pytest.raises(Refused, match="同名"):
        built(cast)
    with pytest.raises(Refused) as found:
        actions.register_project(cast.division, ProjectDraft(cast.customer, " "), by=cast.agent)
    assert {one.field for one in found.value.reasons} == {"name", "responsible"}
    draft = ProjectDraft(cast.customer, "门禁", cast.sales)
    with pytest.raises(Refused):
        actions.register_project(cast.division, draft, by=cast.hr)


def test_delivery_happens_once(cast):
    project = delivered(cast)
    with pytest.raises(Refused, match="2026-03-02"):
        actions.deliver(project, date(2026, 3, 1), by=cast.agent)


def test_where_no_clause_says_how_often_nothing_is_delivered(cast):
    project = built(cast)
    adoption = org_queries.adoptions(cast.division)
    org.end_adoption(
        next(one for one in adoption if one.regulation == "R5"),
        last_day=date(2026, 3, 1), reason="改用新制度", by=None,
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.deliver(project, date(2026, 3, 2), by=cast.agent)


def test_each_month_is_planned_once_and_missed_without_a_call(cast, day):
    project = delivered(cast)
    assert calls(project) == []
    day.move(day.at + timedelta(days=1))
    assert actions.sweep() == 1
    assert actions.sweep() == 0
    assert calls(project) == [("R5-25", "2026-03-03")]
    day.move(day.at + timedelta(days=31))
    actions.sweep()
    dues.sweep(day.at)
    missed = Due.objects.filter(clause="R5-25", missed_at__isnull=False)
    assert [due.period for due in missed] == ["2026-03-03"]
    assert len(calls(project)) == 2


def test_old_projects_begin_with_the_period_that_runs(cast):
    project = delivered(cast, date(2020, 5, 20))
    assert calls(project) == [("R5-26", "2026-02-21")]


def test_a_worker_that_stood_still_makes_up_for_every_period(cast, day):
    project = delivered(cast)
    day.move(day.at.replace(year=2027, month=7))
    assert actions.sweep() >= 14
    clauses = [clause for clause, _period in calls(project)]
    assert clauses == ["R5-25"] * 12 + ["R5-26"] * 2


def test_a_sweep_that_dies_half_way_leaves_nothing_half_done(cast, day, monkeypatch):
    project = delivered(cast)
    day.move(day.at + timedelta(days=1))
    real = planning.dues.open_dues

    def die(*given, **more):
        real(*given, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(planning.dues, "open_dues", die)
    with pytest.raises(KeyboardInterrupt):
        actions.sweep()
    assert calls(project) == []
    assert not Due.objects.filter(clause="R5-25").exists()
    monkeypatch.setattr(planning.dues, "open_dues", real)
    assert actions.sweep() == 1
    assert calls(project) == [("R5-25", "2026-03-03")]


def test_many_projects_cost_no_more_statements_than_one(cast, day):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            actions.sweep()
        return len(counted)

    org.set_value("R2-09.interval_by_class", None, division=cast.division)
    delivered(cast, name="一")
    day.move(day.at + timedelta(days=1))
    actions.sweep()
    one = delivered(cast, date(2026, 3, 2), "二")
    assert calls(one)
    for number in range(20):
        delivered(cast, date(2026, 3, 2), f"项目{number}")
    day.move(day.at + timedelta(days=31))
    many = cost()
    day.move(day.at + timedelta(days=31))
    CallbackFile.objects.exclude(pk=one.file_id).update(next_on=None)
    assert many - cost() <= 2


def test_a_class_is_called_by_its_interval_and_counted_anew(cast, day):
    plan = actions.set_group(cast.customer, "key_account", by=cast.agent)
    assert regular.next_on(plan, day.at) == date(2026, 4, 1)
    day.move(day.at.replace(month=4, day=1))
    actions.sweep()
    actions.sweep()
    callback = Callback.objects.get(reason="regular", customer=cast.customer)
    assert callback.clause == "R2-09"
    actions.submit(callback, content(), by=cast.agent)
    plan.refresh_from_db()
    assert plan.last_on == date(2026, 4, 1)
    assert regular.next_on(plan, day.at) == date(2026, 5, 1)
    org.set_value("R2-09.interval_by_class", [{"class": "key_account", "days": 10}],
                  division=cast.division)  # fmt: skip
    assert regular.next_on(plan, day.at) == date(2026, 4, 11)


def test_a_call_for_another_reason_counts_too(cast, day):
    plan = actions.set_group(cast.customer, "key_account", by=cast.agent)
    day.move(day.at.replace(day=20))
    actions.submit(finished(cast), content(), by=cast.agent)
    plan.refresh_from_db()
    assert plan.counted_from == date(2026, 3, 20)


@pytest.mark.parametrize(("outcome", "times"), [("refused", 1), ("no_answer", 3)])
def test_whoever_would_not_or_could_not_speak_has_his_next_turn(cast, day, outcome, times):
    plan = actions.set_group(cast.customer, "key_account", by=cast.agent)
    day.move(day.at.replace(month=4, day=1))
    actions.sweep()
    callback = Callback.objects.get(reason="regular", customer=cast.customer)
    for _turn in range(times):
        actions.attempt(callback, outcome, by=cast.agent)
    actions.sweep()  # plans nothing twice, and does not stumble over what is over
    plan.refresh_from_db()
    assert (plan.last_on, regular.next_on(plan, day.at)) == (None, date(2026, 5, 1))
    assert Callback.objects.filter(reason="regular", customer=cast.customer).count() == 1
    day.move(day.at.replace(month=5, day=1))
    actions.sweep()
    assert Callback.objects.filter(reason="regular", customer=cast.customer).count() == 2


def test_customers_in_no_class_are_called_by_the_default(cast, day):
    draft = CustomerDraft("Y102", "二栋202室", "domestic")
    other = create_customer(cast.division, draft, by=cast.agent)
    actions.set_group(cast.customer, "key_account", by=cast.agent)
    actions.sweep()
    assert RegularPlan.objects.get(customer=other).group == "default"
    day.move(day.at + timedelta(days=90))
    actions.sweep()
    assert Callback.objects.filter(reason="regular", customer=other).count() == 1


def test_an_unheard_class_is_refused(cast):
    with pytest.raises(Refused) as found:
        actions.set_group(cast.customer, "vip", by=cast.agent)
    assert found.value.clauses == {"R2-09"}
    with pytest.raises(Refused):
        actions.set_group(cast.customer, "default", by=cast.hr)


def test_while_the_company_has_set_no_interval_nobody_is_called(cast, day):
    org.set_value("R2-09.interval_by_class", None, division=cast.division)
    actions.sweep()
    day.move(day.at + timedelta(days=400))
    actions.sweep()
    assert not Callback.objects.filter(reason="regular").exists()


def test_a_worker_that_looked_before_another_planned_plans_nothing(cast, day, monkeypatch):
    """What it locks was planned meanwhile; its first look cannot know that."""
    actions.set_group(cast.customer, "key_account", by=cast.agent)
    day.wait(days=40)
    early = RegularPlan.objects.order_by("counted_from", "customer_id")
    assert regular.plan_due(day.at) == 1
    monkeypatch.setattr(regular, "due", lambda *_asked: early.filter(group="key_account"))
    assert regular.plan_due(day.at) == 0
    assert Callback.objects.filter(reason="regular").count() == 1
