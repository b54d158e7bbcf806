"""One call: planned by a fact, tried, answered, kept, corrected, handed back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.work.callbacks import actions, handing, queries
from shouwen.work.callbacks.models import Attempt, Callback, CallbackCorrection, Result, Suggestion
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case, CaseLink

from .conftest import content, finished, matter


def solved(cast):
    """A problem that was solved; gives the call its owner owes."""
    case = matter(cast)
    journal.record("case.solved", case, by=cast.sales)
    return case, Callback.objects.get(reason="first_contact", matter_id=case.pk)


def refused(clause, act, *given, field=None, **more):
    with pytest.raises(Refused) as found:
        act(*given, **more)
    assert found.value.clauses == {clause}
    if field:
        assert field in {one.field for one in found.value.reasons}


def test_the_owner_owes_the_call_and_nobody_closes_before(cast):
    case, callback = solved(cast)
    due = Due.objects.get(key=f"callback:{callback.pk}")
    assert (due.clause, due.person, due.matter) == ("R3-35", cast.agent, ("case", case.pk))
    refused("R3-35", cases.close_ordinary, case, "换灯管", by=cast.agent)
    assert Case.objects.get(pk=case.pk).state == "open"
    actions.submit(callback, content(), by=cast.agent)
    due.refresh_from_db()
    assert due.settled_by == cast.agent
    assert cases.close_ordinary(case, "换灯管", by=cast.agent).state == "closed"


def test_solving_again_asks_for_one_call_only(cast):
    case, callback = solved(cast)
    journal.record("case.solved", case, by=cast.sales)
    assert Callback.objects.get(reason="first_contact", matter_id=case.pk) == callback
    actions.submit(callback, content(satisfied=False), by=cast.agent)
    journal.record("case.solved", case, by=cast.sales)
    assert Callback.objects.filter(reason="first_contact", matter_id=case.pk).count() == 2


def test_a_division_without_the_rule_plans_nothing(cast):
    intake = cases.Intake(cast.sister, cast.customer, "service", "灯", "灯")
    org.add_unit("sister-sales", name_zh="经营部", function="sales", parent=cast.sister)
    case = cases.open_case(intake, by=cast.outsider)
    journal.record("case.solved", case, by=cast.outsider)
    journal.record("repair.finished", case, by=cast.outsider)
    assert not Callback.objects.filter(matter_id=case.pk).exists()


@pytest.mark.parametrize(
    ("who", "may"), [("agent", True), ("cs_director", True), ("sales", False), ("hr", False)]
)
def test_only_the_owner_and_his_superiors_call(cast, who, may):
    _case, callback = solved(cast)
    if may:
        assert actions.submit(callback, content(), by=getattr(cast, who))
    else:
        refused("R3-35", actions.submit, callback, content(), by=getattr(cast, who))


def test_a_stand_in_calls_for_who_is_away(cast, day):
    _case, callback = solved(cast)
    org.substitute_while_away(
        cast.agent, cast.sales, since=day.at, until=day.at + timedelta(days=2), reason="出差",
        by=cast.agent,
    )  # fmt: skip
    assert callback in queries.queue(cast.sales, day.at)
    assert actions.submit(callback, content(), by=cast.sales)


def test_three_tries_count_and_two_do_not(cast, day):
    callback = finished(cast)
    for _each in range(2):
        actions.attempt(callback, "busy", by=cast.agent)
    assert queries.day_rate(cast.division.pk, callback.counted_on).called == 0
    callback.refresh_from_db()
    assert callback.is_open
    assert callback.next_at > day.at
    actions.attempt(callback, "wrong_number", by=cast.agent)
    callback.refresh_from_db()
    assert callback.state == "unreachable"
    assert queries.day_rate(cast.division.pk, callback.counted_on).called == 1
    assert Entry.objects.filter(event="callback.done", data__reached=False).count() == 1
    assert Attempt.objects.filter(callback=callback).count() == 3


def test_without_a_number_of_tries_somebody_has_to_be_reached(cast):
    org.set_value("R3-43.tries", None, division=cast.division)
    callback = finished(cast)
    for _each in range(9):
        actions.attempt(callback, "no_answer", by=cast.agent)
    callback.refresh_from_db()
    assert callback.is_open


def test_who_would_not_answer_was_reached(cast):
    callback = finished(cast)
    actions.attempt(callback, "refused", by=cast.agent)
    callback.refresh_from_db()
    assert (callback.state, callback.satisfied) == ("declined", None)


def test_the_companys_list_of_outcomes_counts(cast):
    rows = [{"key": "spoke", "label": "说上话", "meaning": "reached"},
            {"key": "voicemail", "label": "留言", "meaning": "missed"}]  # fmt: skip
    org.set_value("R3-44.outcomes", rows, division=cast.division)
    callback = finished(cast)
    refused("R3-44", actions.attempt, callback, "busy", by=cast.agent, field="outcome")
    actions.attempt(callback, "voicemail", by=cast.agent)
    actions.submit(callback, content(), by=cast.agent)
    assert list(callback.attempts.values_list("outcome", flat=True)) == ["voicemail", "spoke"]


def test_what_he_suggests_comes_onto_the_list(cast):
    _case, callback = solved(cast)
    refused("R3-36", actions.submit, callback, content(none_given=False), by=cast.agent)
    told = content(none_given=False, opinion="等得久", suggestion="夜里也来")
    actions.submit(callback, told, by=cast.agent)
    assert set(Suggestion.objects.values_list("sort", "text")) == {
        ("opinion", "等得久"), ("suggestion", "夜里也来")
    }  # fmt: skip


def test_a_correction_leaves_the_original(cast):
    callback = finished(cast)
    actions.submit(callback, content(), by=cast.agent)
    changes = {"marks.speed": 2, "words": "还可以"}
    refused("R3-44", actions.correct, callback, changes, reason=" ", by=cast.agent, field="reason")
    refused("R3-44", actions.correct, callback, {"words": "很好"}, reason="手误", by=cast.agent)
    refused("R3-44", actions.correct, callback, {"by": 7}, reason="手误", by=cast.agent)
    refused("R3-44", actions.correct, callback, {"marks.speed": 9}, reason="手误", by=cast.agent)
    refused("R3-44", actions.correct, callback, {"words": " "}, reason="手误", by=cast.agent)
    actions.correct(callback, changes, reason="手误", by=cast.agent)
    result = Result.objects.get(callback=callback)
    assert (result.words, result.marks["speed"]) == ("很好", 5)
    first = CallbackCorrection.objects.get(field="marks.speed")
    assert (first.before, first.after, first.by, first.reason) == (5, 2, cast.agent, "手误")
    actions.correct(callback, {"marks.speed": 3}, reason="再听录音", by=cast.cs_director)
    assert CallbackCorrection.objects.filter(field="marks.speed").last().before == 2


@pytest.mark.parametrize("model", [Attempt, Result, CallbackCorrection])
@pytest.mark.parametrize("act", ["change", "remove"])
def test_the_database_keeps_what_was_answered(cast, model, act):
    callback = finished(cast)
    actions.submit(callback, content(), by=cast.agent)
    actions.correct(callback, {"words": "还行"}, reason="手误", by=cast.agent)
    assert model.objects.exists()
    name = {"Attempt": "note", "Result": "words", "CallbackCorrection": "reason"}[model.__name__]
    table = model._meta.db_table
    statements = {
        "change": f"UPDATE {table} SET {name} = 'x'",  # noqa: S608 - our own names
        "remove": f"DELETE FROM {table}",  # noqa: S608
    }
    with (
        pytest.raises(DatabaseError, match="stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statements[act])


def test_a_second_result_is_refused(cast):
    callback = finished(cast)
    actions.submit(callback, content(), by=cast.agent)
    refused("R3-44", actions.submit, callback, content(), by=cast.agent)
    refused("R3-44", actions.attempt, callback, "busy", by=cast.agent)


def test_discontent_puts_the_matter_back_until_it_is_solved_anew(cast):
    case, callback = solved(cast)
    actions.submit(callback, content(satisfied=False, words="还是不亮"), by=cast.agent)
    due = Due.objects.get(key=handing.put_back_key(callback))
    assert (due.person, due.settled_at) == (cast.agent, None)
    fact = Entry.objects.get(event="callback.done")
    assert (fact.data["satisfied"], fact.data["words"]) == (False, "还是不亮")
    journal.record("case.solved", case, by=cast.sales)
    due.refresh_from_db()
    assert due.settled_at is not None


def closed(cast):
    """A matter of the salesman's that was closed before the agent called back about it."""
    callback = finished(cast)
    case = Case.objects.get(pk=callback.matter_id)
    case.first_owner = cast.sales
    case.save(update_fields=["first_owner"])
    cases.close_ordinary(case, "修好", by=cast.sales)
    return case, callback


def test_discontent_about_what_is_closed_takes_it_up_with_its_owner(cast):
    case, callback = closed(cast)
    actions.submit(callback, content(satisfied=False, words="又坏了"), by=cast.agent)
    case.refresh_from_db()
    assert (case.state, case.first_owner, case.closed_at) == ("open", cast.sales, None)
    assert Entry.objects.get(event="case.taken_up").data["reason"] == "又坏了"
    assert Entry.objects.get(event="callback.handed_back").data["case"] == case.pk
    assert Case.objects.count() == 1


def test_after_the_days_it_is_filed_anew_with_the_same_owner(cast, day):
    case, callback = closed(cast)
    day.wait(days=60)
    actions.submit(callback, content(satisfied=False, words="又坏了"), by=cast.agent)
    opened = Case.objects.exclude(pk=case.pk).get()
    assert (opened.origin, opened.first_owner, opened.title) == (case, cast.sales, case.title)
    assert (opened.text.description, opened.customer) == ("又坏了", cast.customer)
    assert CaseLink.objects.get().kind == CaseLink.Kind.ANEW
    assert Entry.objects.get(event="callback.handed_back").data["case"] == opened.pk


def test_without_the_days_it_becomes_a_matter_called_by_what_he_said(cast):
    case, callback = closed(cast)
    org.set_value("R3-33.reopen_days", None, division=cast.division)
    said = "又坏了，\n" + "修了三次都没有修好。" * 9
    actions.submit(callback, content(satisfied=False, words=said), by=cast.agent)
    opened = Case.objects.exclude(pk=case.pk).get()
    assert opened.title.startswith("又坏了， 修了三次")
    assert len(opened.title) == handing.IN_SHORT
    link = CaseLink.objects.get()
    assert (link.case, link.other, link.kind) == (opened, case, CaseLink.Kind.AKIN)


def test_who_said_he_takes_bad_answers_gets_them(cast, monkeypatch):
    taken = []
    monkeypatch.setitem(handing._takers, "case", lambda *given: taken.append(given))
    callback = finished(cast)
    actions.submit(callback, content(satisfied=False), by=cast.agent)
    assert [one.pk for one, *_rest in taken] == [callback.pk]
    assert not Due.objects.filter(key=handing.put_back_key(callback)).exists()


def test_the_next_call_is_kept_from_colleagues(cast, day):
    first, second = finished(cast), finished(cast)
    assert actions.take_next(cast.agent) == first
    assert actions.take_next(cast.cs_director) == second
    assert actions.take_next(cast.agent) == first
    with pytest.raises(Refused):
        actions.attempt(first, "busy", by=cast.cs_director)
    actions.drop_taken(second, by=cast.cs_director)
    assert actions.take_next(cast.agent, after=first.pk) == second
    day.wait(minutes=30)
    assert actions.take_next(cast.cs_director) == first


def test_who_was_not_reached_comes_after_the_others(cast, day):
    first, second = finished(cast), finished(cast)
    actions.attempt(first, "busy", by=cast.agent)
    assert actions.take_next(cast.agent) == second
    actions.submit(second, content(), by=cast.agent)
    assert actions.take_next(cast.agent) is None
    day.wait(minutes=31)
    assert actions.take_next(cast.agent) == first


def test_ten_repairs_of_which_nine_are_called(cast, day):
    calls = [finished(cast) for _each in range(10)]
    for one in calls[1:]:
        actions.submit(one, content(), by=cast.agent)
    today = calls[0].counted_on
    assert str(queries.day_rate(cast.division.pk, today).percent) == "90.0"
    assert list(queries.missing(cast.division.pk, today)) == [calls[0]]
    day.move(day.at.replace(day=3))
    actions.submit(calls[0], content(), by=cast.agent)
    assert str(queries.day_rate(cast.division.pk, today).percent) == "90.0"
    assert [one.rate.called for one in queries.day_rates(cast.division.pk, today, today)] == [9]


def test_the_queue_costs_the_same_however_long_it_is(cast, day):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            list(queries.queue(cast.agent, day.at))
        return len(counted)

    finished(cast)
    before = cost()
    for _each in range(5):
        finished(cast)
    assert cost() == before <= 3
