"""The statistics sheet from the month's closed cases to the frozen edition (R4-49 to R4-51)."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report

HEADS = ("manufacturing.manager", "quality.manager", "rnd.manager", "plant_office.manager")
QUERIES = 20
CHECK = {"measure": "换刀并首检", "status": "done", "result": "连续三批无异常"}


def refusal(verb, *args, **facts):
    """The reasons for which a verb refuses."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        verb(*args, **facts)
    return caught.value.reasons


def fresh(report):
    return Report.objects.get(pk=report.pk)


def check_all(sheet, by, **facts):
    for row in fresh(sheet).rows:
        reports.write_check(sheet, row["case"], {**CHECK, **facts}, version=row["version"], by=by)


def sign_all(sheet, people, heads=HEADS):
    for role in heads:
        reports.confirm(sheet, [], by=people(role))
        reports.sign(sheet, by=people(role))


@pytest.fixture
def final(march, sheet, people):
    """The sheet, checked, signed and frozen."""
    check_all(sheet, march.group)
    reports.submit(sheet, by=march.group)
    sign_all(sheet, people)
    return reports.finalise(sheet, by=march.group)


def test_it_lists_exactly_the_cases_closed_in_the_month(march, sheet, day):
    assert [row["case"] for row in sheet.rows] == [march.first.pk, march.second.pk]
    first, second = sheet.rows
    assert (first["number"], first["days"], first["late"]) == (march.first.number, 1, False)
    assert (first["status"], second["status"]) == ("open", "exempt")  # as decided for each
    assert [part["ratio"] for part in first["liability"]] == ["100"]
    assert first["loss_cents"] == sum(one.amount_cents for one in march.first.loss_shares.all())
    day.move(clock.local(date(2026, 5, 1), time(9)))
    april = reports.draw_up(march.division, "2026-04", by=march.group)
    assert april.rows == []
    assert [row["number"] for row in april.carried] == [march.first.number]


def test_the_last_minute_of_the_month_counts_and_the_first_of_the_next_does_not(march):
    ends = clock.end_of(date(2026, 3, 31))
    type(march.first).objects.filter(pk=march.first.pk).update(closed_at=ends)
    type(march.first).objects.filter(pk=march.second.pk).update(
        closed_at=ends - timedelta(minutes=1)
    )
    sheet = reports.draw_up(march.division, "2026-03", by=march.group)
    assert [row["case"] for row in sheet.rows] == [march.second.pk]


def test_who_and_when_it_is_drawn_up(march, people):
    (reason,) = refusal(reports.draw_up, march.division, "2026-03", by=people("sales"))
    assert reason.clause == "R4-49"
    (reason,) = refusal(reports.draw_up, march.division, "2026-04", by=march.group)
    assert (reason.clause, reason.field) == ("R4-49", "period")
    (reason,) = refusal(reports.draw_up, march.division, "last", by=march.group)
    assert reason.field == "period"
    reports.draw_up(march.division, "2026-03", by=march.group)
    (reason,) = refusal(reports.draw_up, march.division, "2026-03", by=march.group)
    assert "已经编制" in reason.message


def test_submitting_settles_the_duty_of_that_month(march, sheet):
    dues.open_periodic()
    due = Due.objects.get(clause="R4-49")
    assert (due.period, due.due_at) == ("2026-03", clock.end_of(date(2026, 4, 10)))
    assert due.link == f"/reports/statistics/{march.division.pk}/2026-03/"
    reports.submit(sheet, by=march.group)
    due.refresh_from_db()
    assert due.settled_at == clock.now()
    assert "编制中" not in str(refusal(reports.submit, sheet, by=march.group)[0])


def test_it_is_overdue_after_the_tenth(march, day):
    dues.open_periodic()
    day.move(clock.end_of(date(2026, 4, 10)))
    dues.sweep()
    assert Due.objects.get(clause="R4-49").missed_at is not None


def test_locked_once_submitted(march, sheet):
    reports.submit(sheet, by=march.group)
    (reason,) = refusal(reports.recount, sheet, by=march.group)
    assert reason.clause == "R4-49"


def test_a_recount_keeps_what_people_wrote(march, sheet, people):
    row = sheet.rows[1]
    reports.write_check(sheet, row["case"], CHECK, version=0, by=people("quality.manager"))
    again = reports.recount(sheet, by=march.group)
    assert again.rows[1]["result"] == CHECK["result"]
    assert again.rows[1]["checked_by"]["id"] == people("quality.manager").pk
    assert again.rows[0]["measure"] == sheet.rows[0]["measure"]


def test_a_check_is_whole_and_nobody_overwrites_another(march, sheet, people):
    case = sheet.rows[0]["case"]
    reasons = refusal(
        reports.write_check, sheet, case, {"status": "lost"}, version=0, by=march.group
    )
    assert {one.field for one in reasons} == {"measure", "status", "result"}
    (reason,) = refusal(reports.write_check, sheet, case, CHECK, version=0, by=people("sales"))
    assert reason.clause == "R4-51"
    reports.write_check(sheet, case, CHECK, version=0, by=march.group)
    (reason,) = refusal(reports.write_check, sheet, case, CHECK, version=0, by=march.group)
    assert reason.field == "result"


def test_final_only_when_all_have_signed_and_nothing_is_blank(march, sheet, people):
    reports.submit(sheet, by=march.group)
    sign_all(sheet, people, HEADS[:3])
    reasons = refusal(reports.finalise, sheet, by=march.group)
    missing = [one for one in reasons if one.clause == "R4-50"]
    assert [one.facts["who"] for one in missing] == ["厂经理"]
    blank = [one for one in reasons if one.clause == "R4-51"]
    assert [one.facts["number"] for one in blank] == [row["number"] for row in sheet.rows]
    sign_all(sheet, people, HEADS[3:])
    check_all(sheet, march.group)
    assert reports.finalise(sheet, by=march.group).state == "final"


def test_a_head_signs_what_he_confirmed(march, sheet, people):
    reports.submit(sheet, by=march.group)
    head, first = people(HEADS[0]), march.first.pk
    (reason,) = refusal(reports.sign, sheet, by=head)
    assert (reason.clause, reason.facts["count"]) == ("R4-50", 2)
    reports.confirm(sheet, [march.second.pk], by=head)
    (reason,) = refusal(reports.object_to, sheet, first, " ", by=head)
    assert reason.field == "reason"
    reports.object_to(sheet, first, "隔板由包装供应商提供", by=head)
    reports.confirm(sheet, [], by=head)  # the rest: an objection is no rest
    (reason,) = refusal(reports.sign, sheet, by=head)
    assert march.first.number in reason.facts["numbers"]
    reports.answer(sheet, first, "供应商已确认非其责任", by=march.group)
    reports.confirm(sheet, [first], by=head)
    reports.sign(sheet, by=head)
    (reason,) = refusal(reports.object_to, sheet, first, "想起一事", by=head)
    assert reason.clause == "R4-50"
    (reason,) = refusal(reports.confirm, sheet, [], by=people("sales"))
    assert reason.clause == "R4-50"


def test_changed_ratios_are_confirmed_and_signed_anew(march, sheet, people, firm):
    reports.submit(sheet, by=march.group)
    sign_all(sheet, people, HEADS[:2])
    halves = [
        {"unit": firm.units["stamping"].pk, "ratio": "60"},
        {"unit": firm.units["coating"].pk, "ratio": "30"},
    ]
    first = march.first.pk
    (reason,) = refusal(reports.amend, sheet, first, halves, "两课各有责任", by=march.group)
    assert (reason.clause, reason.facts["sum"]) == ("R4-50", "90")
    halves[1]["ratio"] = "40"
    (reason,) = refusal(reports.amend, sheet, first, halves, "", by=march.group)
    assert reason.field == "reason"
    changed = reports.amend(sheet, first, halves, "两课各有责任", by=march.group)
    row = changed.rows[0]
    assert [part["loss_cents"] for part in row["liability"]] == [
        row["loss_cents"] * 6 // 10, row["loss_cents"] * 4 // 10,
    ]  # fmt: skip
    head = people(HEADS[0])
    (reason,) = refusal(reports.sign, sheet, by=head)  # his signature stood under other ratios
    assert (reason.facts["count"], reason.facts["numbers"]) == (1, march.first.number)
    sign_all(sheet, people)
    check_all(sheet, march.group)
    assert reports.finalise(sheet, by=march.group).state == "final"


@pytest.mark.parametrize(("rule", "ratios"), [("equal", ["100"]), ("agreed", [""])])
def test_the_company_says_what_ratios_begin_with(march, firm, people, rule, ratios):
    org.set_value("R4-50.split_rule", rule, division=firm.division, by=firm.keeper)
    sheet = reports.draw_up(march.division, march.period, by=march.group)
    assert [part["ratio"] for part in sheet.rows[0]["liability"]] == ratios
    reports.submit(sheet, by=march.group)
    if rule == "agreed":
        reasons = refusal(reports.confirm, sheet, [], by=people(HEADS[0]))
        assert {one.clause for one in reasons} == {"R4-50"}


def test_a_final_sheet_stays_even_against_the_database(final):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Report.objects.filter(pk=final.pk).update(body={})
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Report.objects.filter(pk=final.pk).update(state="draft")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Report.objects.filter(pk=final.pk)._raw_delete("default")


def test_it_changes_by_a_new_edition_with_a_reason(march, final):
    (reason,) = refusal(
        reports.write_check, final, march.first.pk, CHECK, version=1, by=march.group
    )
    assert reason.instead
    (reason,) = refusal(reports.new_edition, final, "", by=march.group)
    assert reason.field == "reason"
    second = reports.new_edition(final, "第一件漏记供应商责任", by=march.group)
    old = fresh(final)
    assert (old.state, old.rows) == ("replaced", final.rows)
    assert (second.edition, second.state) == (2, "draft")
    assert second.rows[0]["result"] == CHECK["result"]
    (reason,) = refusal(reports.new_edition, old, "再改", by=march.group)
    assert reason.clause == "R4-49"


def test_drawing_up_costs_no_more_for_more_cases(march, django_assert_max_num_queries):
    """Ten statements gather the month, the others check, keep and record the sheet."""
    with transaction.atomic():  # what a process knows of people and rules is read before
        reports.draw_up(march.division, march.period, by=march.group)
        transaction.set_rollback(True)
    with django_assert_max_num_queries(QUERIES):
        reports.draw_up(march.division, march.period, by=march.group)
