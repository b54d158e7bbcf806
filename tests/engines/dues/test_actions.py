"""Opening, settling, stopping, handing over, answering."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due, Pause
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.foundation.words import Words
from shouwen.ground.org import actions as org


@pytest.fixture
def open_one(company):
    def make(title="写报告", **more):
        case = more.pop("case", None) or company.case()
        more = {"role": "pm_group", "days": 3, "clause": "R4-27", **more}
        return dues.open_due(title, subject=case, division=company.factory, **more)

    return make


def test_a_due_ends_with_its_last_day_and_is_on_record(company, open_one, moment):
    due = open_one(warn=[1], by=company.registrar)
    assert due.due_at == moment("2026-03-06 00:00")
    assert due.last_day == date(2026, 3, 5)
    assert due.next_wake_at == moment("2026-03-04 08:30")
    assert due.unit == company.pm_group
    (fact,) = company.facts("due.opened")
    assert (fact.matter_kind, fact.matter_id, fact.actor_id) == ("case", 1, company.registrar.pk)
    assert fact.data["due_at"] == due.due_at.isoformat()


def test_hours_count_working_time_and_a_given_moment_stays(company, open_one, moment):
    due = open_one(days=None, hours=8, start=moment("2026-03-06 16:30"), warn=[timedelta(hours=2)])
    assert due.due_at == moment("2026-03-09 16:30")
    assert due.next_wake_at == moment("2026-03-09 14:30")
    given = open_one(days=None, due_at=moment("2026-03-05 12:00"))
    assert given.due_at == moment("2026-03-05 12:00")
    assert open_one(days=None).due_at is None


def test_the_title_is_said_in_both_languages(company, open_one):
    due = open_one("%(form)s", params={"form": Words(zh="报告", en="Report"), "matter": "250501"})
    due.refresh_from_db()
    assert (due.name, due.matter_name) == ("报告", "250501")
    with translation.override("en"):
        assert due.name == "Report"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"role": ""}, ValueError),
        ({"role": "sales.emperor"}, ValueError),
        ({"title": "%(gone)s", "params": {"other": 1}}, KeyError),
        ({"kind": "unheard"}, ValueError),
    ],
)
def test_mistakes_of_the_program_are_loud(open_one, wrong, error):
    with pytest.raises(error):
        open_one(**wrong)


def test_one_key_is_opened_once(company, open_one):
    assert open_one(key="k") == open_one(key="k", case=company.case(2))
    assert Due.objects.count() == 1


def test_a_signature_for_a_unit_without_such_a_post_stands_above_it(company, open_one):
    due = open_one(role="manufacturing.manager", unit=company.workshop)
    assert due.unit == company.plant
    assert open_one(role="manufacturing", unit=company.workshop).unit == company.workshop


def test_settling_in_time_leaves_no_miss(company, open_one):
    due = open_one()
    company.now.wait(days=3)
    assert dues.settle(due, by=company.registrar) == [due]
    due.refresh_from_db()
    assert (due.settled_by, due.settled_at) == (company.registrar, company.now.at)
    assert (due.missed_at, due.next_wake_at) == (None, None)
    assert company.facts("due.settled")[0].data["late"] is False
    assert dues.settle(due, by=company.registrar) == []


def test_settling_too_late_is_a_miss_even_if_no_sweep_came_by(company, open_one):
    due = open_one()
    company.now.wait(days=4)
    dues.settle(due, by=company.registrar)
    assert len(company.facts("due.missed")) == 1
    assert company.facts("due.settled")[0].data["late"] is True
    assert dues.sweep() == 0


def test_settling_by_what_it_is_about(company, open_one):
    task, sign = open_one(kind="task"), open_one(kind="sign", clause="R4-45")
    other = open_one(case=company.case(2))
    by = company.registrar
    assert dues.settle(subject=company.case(), kind="sign", by=by) == [sign]
    assert dues.settle(matter=company.case(), clause="R4-45", by=by) == []
    assert dues.settle(matter=company.case(), by=by) == [task]
    with pytest.raises(ValueError, match="which dues"):
        dues.settle(kind="task", by=by)
    assert list(Due.objects.open()) == [other]


def test_what_is_cancelled_was_neither_kept_nor_missed(company, open_one):
    due = open_one()
    company.now.wait(days=9)
    dues.cancel(due, reason="撤回", by=company.registrar)
    due.refresh_from_db()
    assert due.cancelled
    assert not company.facts("due.missed")
    assert company.facts("due.cancelled")[0].data["reason"] == "撤回"


def test_statements_of_opening_and_settling(company, open_one, django_assert_num_queries):
    due = open_one()
    with django_assert_num_queries(2):  # the row and its fact
        open_one()
    with transaction.atomic(), django_assert_num_queries(3):
        dues.settle(due, by=company.registrar)


def test_the_fifteen_days_never_pause(company, open_one):
    due = open_one(clause="R4-59", days=15)
    with pytest.raises(Refused, match=r"R4-59 .*不得中止") as refused:
        dues.pause(due, clause="R4-59", reason="客户加工中未确定", by=company.registrar)
    assert "逾期反应" in refused.value.reasons[0].instead


def test_a_pause_does_not_count(company, open_one, moment):
    due = open_one(clause="R3-49", pausable=True, warn=[1])
    dues.pause(due, clause="R3-49", reason="等客户", by=company.registrar)
    company.now.move(moment("2026-03-07 09:00"))
    assert dues.sweep() == 0
    dues.resume(due, by=company.registrar)
    due.refresh_from_db()
    # The ends of 2 to 6 March fell into the pause: 7, 8 and 9 March count.
    assert due.due_at == moment("2026-03-10 00:00")
    assert due.next_wake_at == moment("2026-03-08 08:30")
    assert [fact.data["under"] for fact in company.facts("due.paused")] == ["R3-49"]
    assert len(company.facts("due.resumed")) == 1


def test_pausing_a_given_moment_moves_it_by_the_time_paused(company, open_one, moment):
    due = open_one(days=None, due_at=moment("2026-03-05 12:00"), pausable=True)
    dues.pause(due, clause="R3-49", reason="等客户", by=company.registrar)
    company.now.wait(hours=5)
    assert dues.resume(due, by=company.registrar).due_at == moment("2026-03-05 17:00")


def test_what_cannot_be_paused_or_resumed(company, open_one):
    due = open_one(pausable=True)
    with pytest.raises(Refused, match="并未中止"):
        dues.resume(due, by=company.registrar)
    with pytest.raises(Refused, match="理由"):
        dues.pause(due, clause="R3-49", reason=" ", by=company.registrar)
    with pytest.raises(Refused, match="您不能代为处理"):
        dues.pause(due, clause="R3-49", reason="等", by=company.seller)
    dues.pause(due, clause="R3-49", reason="等", by=company.registrar)
    with pytest.raises(Refused, match="已在中止之中"):
        dues.pause(due, clause="R3-49", reason="等", by=company.registrar)
    dues.settle(due, by=company.registrar)
    assert Pause.objects.get().until == company.now.at
    with pytest.raises(Refused, match="已办结"):
        dues.resume(due, by=company.registrar)


def test_handing_over_within_the_role(company, open_one):
    due = open_one()
    dues.hand_over(due, company.planner, by=company.registrar, reason="出差")
    due.refresh_from_db()
    assert (due.person, due.role) == (company.planner, "pm_group")
    fact = company.facts("due.handed_over")[0].data
    assert (fact["from"], fact["to"], fact["reason"]) == (None, company.planner.pk, "出差")
    with pytest.raises(Refused, match="不担任") as refused:
        dues.hand_over(due, company.seller, by=company.planner)
    assert refused.value.reasons[0].field == "to"
    with pytest.raises(Refused, match="您不能代为处理"):
        dues.hand_over(due, company.registrar, by=company.registrar)
    dues.hand_over(due, company.registrar, by=company.office_head)


def test_an_act_of_a_flow_gives_its_dues_to_somebody(company, open_one):
    step, sign = open_one(kind="stage"), open_one(kind="sign")
    assert dues.assign(company.case(), company.planner, kind="stage", by=company.seller) == [step]
    step.refresh_from_db()
    sign.refresh_from_db()
    assert (step.person, sign.person) == (company.planner, None)
    assert len(company.facts("due.handed_over")) == 1


def test_nobody_hands_over_to_who_left(company, open_one):
    due = open_one()
    company.planner.active = False
    with pytest.raises(Refused, match="已离职"):
        dues.hand_over(due, company.planner, by=company.registrar)


def test_the_overdue_response(company, open_one):
    due = open_one()
    said = {"reason": "样品未到", "measure": "催样", "promise": date(2026, 3, 12)}
    with pytest.raises(Refused, match="尚未逾期"):
        dues.react_overdue(due, **said, by=company.registrar)
    company.now.wait(days=5)
    with pytest.raises(Refused, match="您不能代为处理"):
        dues.react_overdue(due, **said, by=company.seller)
    empty = {"reason": "", "measure": " ", "promise": date(2026, 3, 1)}
    with pytest.raises(Refused) as refused:
        dues.react_overdue(due, **empty, by=company.registrar)
    assert {reason.field for reason in refused.value.reasons} == {"reason", "measure", "promise"}
    made = dues.react_overdue(due, **said, by=company.registrar)
    assert (made.promise, made.by) == (date(2026, 3, 12), company.registrar)
    due.refresh_from_db()
    assert due.last_day == date(2026, 3, 5), "the clause's own moment stays"
    assert company.facts("due.reacted")[0].data["promise"] == "2026-03-12"


def test_a_stand_in_answers(company, open_one):
    due = open_one(person=company.seller, role="")
    with pytest.raises(Refused):
        dues.hand_over(due, company.seller2, by=company.seller2)
    org.substitute_while_away(
        company.seller, company.seller2, since=company.now.at,
        until=company.now.at + timedelta(days=5), reason="休假", by=company.seller,
    )  # fmt: skip
    dues.hand_over(due, company.seller2, by=company.seller2)
