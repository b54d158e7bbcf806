"""The director's sample, the two departments' audits, the month's report, the list."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.work.callbacks import actions, queries
from shouwen.work.callbacks.models import Audit, Sample, Suggestion
from shouwen.work.callbacks.oversight import auditing, drawing, suggesting
from shouwen.work.callbacks.rules import Answer
from shouwen.work.cases import actions as cases
from shouwen.work.cases.models import Case

from .conftest import content, finished, repair

QUARTER = "2025-Q4"
SCORED = {
    "repair": 4, "reception": 5, "cleaning_and_greening": 4, "security": None, "greening": 5,
}  # fmt: skip


def moment(month, day=3):
    return datetime(2025, month, day, 2, tzinfo=UTC)


def drawn(cast, count=11):
    """A sample of the last quarter of 2025, of so many repairs."""
    for number in range(count):
        repair(cast, at=moment(10 + number % 3))
    return actions.draw_sample(cast.division, QUARTER, by=cast.cs_director)


def directors(**more):
    told = {"satisfied": True, "words": "不错", "none_given": True, "marks": SCORED, **more}
    return Answer(**told)


def refused(clause, act, *given, says=None, **more):
    with pytest.raises(Refused, match=says) as found:
        act(*given, **more)
    assert found.value.clauses == {clause}


def touches(statement):
    """The database refuses a statement."""
    with (
        pytest.raises(DatabaseError, match="stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_sample_can_be_drawn_again_from_what_it_keeps(cast):
    sample = drawn(cast, 51)
    assert (sample.base, sample.size, str(sample.percent)) == (51, 11, "20")
    records = queries.repair_records(cast.division.pk, date(2025, 10, 1), date(2025, 12, 31))
    again = drawing.draw(records, 11, sample.seed)
    assert [one.pk for one in again] == list(sample.drawn.values_list("matter_id", flat=True))
    assert {one.stratum[:7] for one in again} == {"2025-10", "2025-11", "2025-12"}


def test_only_this_divisions_repairs_of_the_quarter_count(cast):
    repair(cast, at=moment(9, 30))
    repair(cast, at=datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC))  # a second before midnight
    repair(cast, at=datetime(2025, 12, 31, 16, tzinfo=UTC))  # the new year has begun here
    assert drawn(cast, 0).base == 1


def test_drawing_again_gives_the_first_sample(cast):
    sample = drawn(cast)
    repair(cast, at=moment(11))
    assert actions.draw_sample(cast.division, QUARTER, by=cast.cs_director) == sample
    assert actions.sweep() == 0
    assert Sample.objects.get() == sample


def test_the_worker_draws_when_nobody_did(cast):
    for _each in range(6):
        repair(cast, at=moment(12))
    actions.sweep()
    sample = Sample.objects.get()
    assert (sample.period, sample.size, sample.drawn_by) == (QUARTER, 2, None)
    assert Due.objects.filter(clause="R3-51", role="customer_service.manager").count() == 3


@pytest.mark.parametrize("period", ["2026-Q1", "2025-Q5", "2025-12", "", "x", "2025-Q4x"])
def test_what_is_no_ended_quarter_is_refused(cast, period):
    refused("R3-51", actions.draw_sample, cast.division, period, by=cast.cs_director)


def test_a_sample_is_frozen_in_the_database(cast):
    drawn(cast)
    touches("UPDATE callbacks_sample SET seed = 'ff'")
    touches("UPDATE callbacks_sample SET size = 1")
    touches("UPDATE callbacks_sampleitem SET matter_id = 1")
    touches("DELETE FROM callbacks_sampleitem")


def test_every_line_is_scored_or_does_not_apply(cast):
    callback = drawn(cast).drawn.first().callback
    few = {key: mark for key, mark in SCORED.items() if key != "security"}
    refused("R3-52", actions.submit, callback, directors(marks=few), by=cast.cs_director)
    refused("R3-55", actions.submit, callback, directors(none_given=False), by=cast.cs_director)
    refused("R3-51", actions.submit, callback, directors(), by=cast.agent)
    assert actions.submit(callback, directors(), by=cast.cs_director).marks == SCORED


def test_a_sample_keeps_the_list_of_the_day_it_was_drawn(cast):
    callback = drawn(cast).drawn.first().callback
    rows = [{"key": "lifts", "label": "电梯"}]
    org.set_value("R3-52.items", rows, division=cast.division)
    assert actions.submit(callback, directors(), by=cast.cs_director)


def test_a_quarter_waits_for_its_results_and_then_is_an_archive(cast):
    sample = drawn(cast, 6)
    first, second = (item.callback for item in sample.drawn.all())
    actions.submit(first, directors(problem="积水未清", words="门口积水"), by=cast.cs_director)
    linked = Case.objects.get(pk=sample.drawn.get(callback=first).linked_id)
    assert (linked.first_owner, linked.customer) == (cast.cs_director, cast.customer)
    due = Due.objects.get(clause="R3-53")
    assert (due.matter, due.role) == (("case", linked.pk), "customer_service.manager")
    refused("R3-51", actions.close_sample, sample, by=cast.cs_director, says="1")
    actions.submit(second, directors(), by=cast.cs_director)
    refused("R3-54", actions.close_sample, sample, by=cast.cs_director, says=linked.label)
    refused("R3-51", actions.close_sample, sample, by=cast.agent)
    cases.close_ordinary(linked, "疏通", by=cast.cs_director)
    due.refresh_from_db()
    assert due.settled_at
    closed = actions.close_sample(sample, by=cast.cs_director)
    assert closed.closed_by == cast.cs_director
    refused("R3-51", actions.close_sample, sample, by=cast.cs_director)
    touches("UPDATE callbacks_sample SET closed_at = NULL")
    touches("UPDATE callbacks_sampleitem SET linked_id = NULL")
    assert not Due.objects.open().filter(clause__in=("R3-51", "R3-53")).exists()


def test_whoever_is_not_satisfied_has_a_problem_named_or_not(cast):
    sample = drawn(cast, 6)
    first, second = (item.callback for item in sample.drawn.all())
    unhappy = directors(satisfied=False, words="门口积水")
    actions.submit(first, unhappy, by=cast.cs_director)
    linked = Case.objects.get(pk=sample.drawn.get(callback=first).linked_id)
    assert (linked.first_owner, linked.text.description) == (cast.cs_director, "门口积水")
    actions.submit(second, directors(words="还行"), by=cast.cs_director)
    actions.correct(second, {"satisfied": False}, reason="听错了", by=cast.cs_director)
    other = Case.objects.get(pk=sample.drawn.get(callback=second).linked_id)
    refused("R3-54", actions.close_sample, sample, by=cast.cs_director, says=other.label)
    assert (linked.pk, linked.title) != (other.pk, other.title)
    assert sample.drawn.filter(linked__isnull=False).count() == 2


def test_an_audit_is_scored_on_the_companys_scale(cast):
    actions.submit(finished(cast), content(), by=cast.agent)
    audit = actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.quality)
    item = audit.items.get()
    org.set_value("R3-56.best_score", 10, division=cast.division)
    refused("R3-56", actions.check, item, "confirmed", 11, by=cast.quality, says="10")
    actions.check(item, "confirmed", 9, by=cast.quality)
    org.set_value("R3-56.best_score", None, division=cast.division)
    refused("R3-56", actions.check, item, "confirmed", 9, by=cast.quality)


def test_the_departments_scores_are_the_centres(cast):
    actions.submit(finished(cast), content(), by=cast.agent)
    at = clock.now()
    found = auditing.standings(cast.division, "2026-Q1", at)
    assert [(one.role, one.score) for one in found] == [("quality", None), ("operations", None)]
    assert auditing.centre_score(found) is None
    for role, by, score in (("quality", cast.quality, 90), ("operations", cast.operations, 81)):
        audit = actions.draw_audit(cast.division, "2026-Q1", role, by=by)
        actions.check(audit.items.get(), "confirmed", score, by=by)
        if role == "operations":
            assert auditing.centre_score(auditing.standings(cast.division, "2026-Q1", at)) == 90
        actions.submit_audit(audit, by=by)
    assert str(auditing.centre_score(auditing.standings(cast.division, "2026-Q1", at))) == "85.5"


def test_a_quarter_without_repairs_is_closed_at_once(cast):
    sample = drawn(cast, 0)
    assert (sample.base, sample.size) == (0, 0)
    assert actions.close_sample(sample, by=cast.cs_director).closed_at


def suggested(cast):
    callback = finished(cast)
    told = content(none_given=False, suggestion="电梯里贴报修电话")
    actions.submit(callback, told, by=cast.agent)
    return Suggestion.objects.get()


def test_a_suggestion_is_decided_once_and_has_an_effect(cast):
    row = suggested(cast)
    adopt = {"owner": cast.agent, "due_on": date(2026, 3, 20)}
    refused("R3-55", actions.decide, row, "adopted", by=cast.agent, **adopt)
    refused("R3-55", actions.decide, row, "nonsense", by=cast.cs_director)
    refused("R3-55", actions.note_effect, row, "贴了", by=cast.cs_director)
    actions.decide(row, "adopted", by=cast.cs_director, **adopt)
    refused("R3-55", actions.decide, row, "declined", reason="不", by=cast.cs_director)
    refused("R3-55", actions.note_effect, row, "贴了", by=cast.sales)
    due = Due.objects.get(key=f"suggestion:{row.pk}")
    assert due.person == cast.agent
    actions.note_effect(row, "已贴", by=cast.agent)
    due.refresh_from_db()
    assert due.settled_at
    refused("R3-55", actions.note_effect, row, "又贴", by=cast.agent)


def test_the_decider_is_whom_the_clause_names(cast, day):
    assert suggesting.decider(cast.division.pk, day.at) == ("R3-55", "customer_service.manager")


def test_each_department_owes_its_own_audit(cast, day):
    for _each in range(12):
        actions.submit(finished(cast), content(), by=cast.agent)
    dues.open_periodic(day.at)
    first = actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.quality)
    assert first.items.count() == 10
    assert actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.quality) == first
    refused("R3-56", actions.draw_audit, cast.division, "2026-Q1", "sales", by=cast.sales)
    refused("R3-56", actions.draw_audit, cast.division, "2026-Q1", "operations", by=cast.quality)
    refused("R3-56", actions.submit_audit, first, by=cast.quality, says="10")
    for place, item in enumerate(first.items.all()):
        actions.check(item, "confirmed", 90 + place % 2, by=cast.quality)
    signed = actions.submit_audit(first, by=cast.quality)
    assert str(signed.score) == "90.5"
    owed = {due.role: due.settled_at for due in Due.objects.filter(clause="R3-56")}
    assert owed["quality"]
    assert owed["operations"] is None
    refused("R3-56", actions.check, first.items.first(), "confirmed", 10, by=cast.quality)
    touches("UPDATE callbacks_audit SET score = 1")
    touches("UPDATE callbacks_audititem SET score = 1")
    touches("DELETE FROM callbacks_audititem")


def test_a_stand_in_settles_one_department_only(cast, day):
    """Who signs for an absent colleague settles that department's duty, not both."""
    actions.submit(finished(cast), content(), by=cast.agent)
    dues.open_periodic(day.at)
    org.substitute_while_away(
        cast.quality, cast.hr, since=day.at, until=day.at.replace(day=9), reason="出差",
        by=cast.quality,
    )  # fmt: skip
    audit = actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.hr)
    actions.check(audit.items.get(), "confirmed", 80, by=cast.hr)
    actions.submit_audit(audit, by=cast.hr)
    settled = Due.objects.filter(clause="R3-56", settled_at__isnull=False)
    assert list(settled.values_list("role", flat=True)) == ["quality"]


def test_a_difference_is_described_and_what_cannot_be_checked_has_no_score(cast):
    actions.submit(finished(cast), content(), by=cast.agent)
    audit = actions.draw_audit(cast.division, "2026-Q1", "quality", by=cast.quality)
    item = audit.items.get()
    refused("R3-56", actions.check, item, "different", 60, by=cast.quality)
    refused("R3-56", actions.check, item, "confirmed", None, by=cast.quality)
    refused("R3-56", actions.check, item, "confirmed", 101, by=cast.quality)
    refused("R3-56", actions.check, item, "", 50, by=cast.quality)
    actions.check(item, "not_reached", 50, by=cast.quality)
    refused("R3-56", actions.submit_audit, audit, by=cast.quality)
    actions.check(item, "different", 60, finding="未打过电话", by=cast.quality)
    assert actions.submit_audit(audit, by=cast.quality).score == 60


def test_nothing_is_audited_where_nothing_was_called(cast):
    refused("R3-56", actions.draw_audit, cast.division, "2026-Q1", "quality", by=cast.quality)
    assert not Audit.objects.exists()


def reported(cast):
    """February with three calls, one late and one unhappy."""
    february = datetime(2026, 2, 10, 2, tzinfo=UTC)
    calls = [finished(cast, at=february) for _each in range(3)]
    actions.submit(calls[0], content(marks={"speed": 2, "quality": 4, "manner": 5}),
                   by=cast.agent, at=february)  # fmt: skip
    actions.submit(calls[1], content(satisfied=False, words="又漏水", none_given=False,
                                     suggestion="换新阀"), by=cast.agent, at=february)  # fmt: skip
    return actions.draw_up(cast.division, "2026-02", by=cast.agent)


def test_the_month_is_counted(cast):
    figures = reported(cast).figures
    assert figures["total"] == {
        "owed": 3, "called": 2, "reached": 2, "unhappy": 1, "rate": "66.6"
    }  # fmt: skip
    assert [one["words"] for one in figures["unhappy"]] == ["又漏水"]
    assert figures["themes"][0]["key"] == "speed"
    assert figures["themes"][0]["mean"] == "3.5"


def test_a_report_is_written_submitted_locked_and_read(cast, day):
    report = reported(cast)
    refused("R3-45", actions.submit_report, report, by=cast.agent, says="分析意见")
    refused("R3-45", actions.write, report, "好", version=5, by=cast.agent)
    refused("R3-45", actions.write, report, "好", version=0, by=cast.sales)
    actions.write(report, "阀门老化", version=0, by=cast.agent)
    refused("R3-45", actions.acknowledge, report, by=cast.cs_director)
    actions.submit_report(report, by=cast.agent)
    asked = Due.objects.get(key=f"callback_report:{report.pk}")
    assert asked.role == "customer_service.manager"
    refused("R3-45", actions.write, report, "改", version=1, by=cast.agent)
    refused("R3-45", actions.submit_report, report, by=cast.agent)
    touches("UPDATE callbacks_callbackreport SET comment = '改'")
    touches("UPDATE callbacks_callbackreport SET figures = '{}'")
    refused("R3-45", actions.acknowledge, report, by=cast.agent)
    actions.acknowledge(report, answer="知悉", by=cast.cs_director)
    refused("R3-45", actions.acknowledge, report, by=cast.cs_director)
    touches("UPDATE callbacks_callbackreport SET answer = '改'")
    touches("DELETE FROM callbacks_callbackreport")
    asked.refresh_from_db()
    assert asked.settled_at
    assert Entry.objects.filter(event="callback_report.submitted", data__period="2026-02").exists()


def test_a_month_that_runs_is_not_submitted(cast):
    report = actions.draw_up(cast.division, "2026-03", by=cast.agent)
    actions.write(report, "至今正常", version=0, by=cast.agent)
    refused("R3-45", actions.submit_report, report, by=cast.agent, says="还没有结束")
    refused("R3-45", actions.draw_up, cast.division, "2026-04", by=cast.agent)


def test_the_company_says_until_which_day_a_month_is_reported(cast, day):
    dues.open_periodic(day.at)
    due = Due.objects.get(clause="R3-45")
    assert (due.period, due.last_day) == ("2026-02", date(2026, 3, 5))
