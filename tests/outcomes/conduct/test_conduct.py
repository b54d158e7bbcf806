"""Findings: who may, when, and what the database would not let pass."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as people
from shouwen.outcomes.conduct import access, actions, norms, queries, rules
from shouwen.outcomes.conduct.models import Finding, Measure
from shouwen.work.interactions.actions import Draft, record_interaction


def call(cast, by=None):
    said = Draft(cast.division, "电梯异响,请派人来看。", name="安然", phone="13800138101")
    return record_interaction(said, by=by or cast.agent)


def marks(cast, day, **changed):
    asked = norms.items(cast.division, "call", day.at)
    return {**{one.code: 4 for one in asked}, **changed}


def found(cast, code="shirking", person=None):
    noted = actions.Found(cast.division, person or cast.agent, code, "把客户推给别的部门。")
    return actions.note_finding(noted, by=cast.cs_director)


def confirmed(cast, code="shirking"):
    finding = actions.acknowledge(found(cast, code), by=cast.agent)
    return actions.decide_finding(finding, True, "属实", by=cast.cs_director)


def test_items_of_two_clauses_are_one():
    shared = rules.items_of([("R2-01", ["polite"]), ("R6-02", ["polite", "wording"])])
    assert [(one.code, one.clauses) for one in shared] == [
        ("polite", ("R2-01", "R6-02")), ("wording", ("R6-02",)),
    ]  # fmt: skip


def test_a_mark_outside_the_scale_is_refused(cast, day):
    for wrong in (0, 6):
        given = actions.Marks(marks(cast, day, polite_language=wrong))
        with pytest.raises(Refused) as refused:
            actions.submit_review(call(cast), given, by=cast.cs_director)
        assert refused.value.reasons[0].field == "mark_polite_language"


def test_one_review_a_reviewer(cast, day):
    contact = call(cast)
    actions.submit_review(contact, actions.Marks(marks(cast, day)), by=cast.cs_director)
    with pytest.raises(Refused):
        actions.submit_review(contact, actions.Marks(marks(cast, day)), by=cast.cs_director)
    actions.submit_review(contact, actions.Marks(marks(cast, day)), by=cast.quality)
    with pytest.raises(Refused):
        actions.submit_review(call(cast), actions.Marks(marks(cast, day)), by=cast.sales)


def test_without_a_pass_mark_nothing_is_judged(cast, day):
    for key in ("R2-01", "R6-02", "R5-05", "R8-29"):
        org.set_value(f"{key}.pass_mark", None, division=cast.division)
    with pytest.raises(Refused) as refused:
        actions.submit_review(call(cast), actions.Marks(marks(cast, day)), by=cast.cs_director)
    assert refused.value.clauses == {"R2-01"}


def test_the_stricter_pass_mark_of_two_texts_counts(cast, day):
    org.set_value("R6-02.pass_mark", 5, division=cast.division)
    with pytest.raises(Refused):
        actions.submit_review(call(cast), actions.Marks(marks(cast, day)), by=cast.cs_director)


def test_nothing_is_confirmed_before_the_person_was_heard_or_let_the_time_pass(cast, day):
    finding = found(cast)
    with pytest.raises(Refused):
        actions.decide_finding(finding, True, "属实", by=cast.cs_director)
    day.move(day.at.replace(day=9))
    assert (
        actions.decide_finding(finding, True, "逾期未答复", by=cast.cs_director).state
        == "confirmed"
    )


def test_the_objection_has_its_own_due_and_answer(cast):
    finding = actions.object_to(found(cast), "当时系统故障", by=cast.agent)
    due = Due.objects.open().get(subject_kind="finding", subject_id=finding.pk)
    assert due.person == cast.cs_director
    assert due.due_at is not None
    finding = actions.decide_finding(finding, False, "属系统原因", by=cast.cs_director)
    assert (finding.state, finding.decision) == ("dropped", "属系统原因")
    assert not Due.objects.open().filter(subject_kind="finding").exists()


def test_nobody_decides_about_himself_or_from_below(cast):
    finding = actions.acknowledge(found(cast), by=cast.agent)
    for by in (cast.agent, cast.staff, cast.sales_manager):
        with pytest.raises(Refused):
            actions.decide_finding(finding, True, "属实", by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(decided_by=cast.agent)


def test_an_unknown_violation_is_none(cast):
    with pytest.raises(Refused) as refused:
        found(cast, "whistling")
    assert refused.value.reasons[0].field == "code"


def test_a_violation_without_measures_may_be_closed(cast):
    finding = confirmed(cast, "rude")
    assert actions.close_finding(finding, by=cast.cs_director).state == "closed"


def test_a_transfer_alone_is_none_of_the_three(cast):
    finding = confirmed(cast)
    post = org.add_post(cast.units["warehouse"], "仓库员", rank="staff")
    measure = actions.propose_transfer(
        finding, post, date(2026, 3, 10), "情节严重", by=cast.cs_director
    )
    actions.approve_transfer(measure, by=cast.gm)
    with pytest.raises(Refused):
        actions.close_finding(finding, by=cast.cs_director)
    actions.take_measure(finding, "punishment", "记过", by=cast.cs_director)
    assert actions.close_finding(finding, by=cast.cs_director).state == "closed"


def test_a_transfer_waits_for_its_day_and_happens_once(cast, day):
    finding = confirmed(cast)
    post = org.add_post(cast.units["warehouse"], "仓库员", rank="staff")
    measure = actions.propose_transfer(
        finding, post, date(2026, 3, 10), "情节严重", by=cast.cs_director
    )
    with pytest.raises(Refused):
        actions.propose_transfer(finding, post, date(2026, 3, 11), "再", by=cast.cs_director)
    for by in (cast.cs_director, cast.agent, cast.deputy_gm):
        with pytest.raises(Refused):
            actions.approve_transfer(measure, by=by)
    measure = actions.approve_transfer(measure, by=cast.gm)
    with pytest.raises(Refused):
        actions.approve_transfer(measure, by=cast.gm)
    assert people.holds(cast.agent, "customer_service", cast.division, date(2026, 3, 9))
    assert not people.holds(cast.agent, "customer_service", cast.division, date(2026, 3, 10))
    assert measure.appointment.since == date(2026, 3, 10)


def test_a_transfer_needs_what_the_company_sets(cast):
    org.set_value("R5-15.criterion", None, division=cast.division)
    post = org.add_post(cast.units["warehouse"], "仓库员", rank="staff")
    with pytest.raises(Refused) as refused:
        actions.propose_transfer(
            confirmed(cast), post, date(2026, 3, 10), "情节严重", by=cast.cs_director
        )
    assert refused.value.clauses == {"R5-15"}


def test_an_approval_after_the_day_is_refused(cast, day):
    post = org.add_post(cast.units["warehouse"], "仓库员", rank="staff")
    measure = actions.propose_transfer(
        confirmed(cast), post, date(2026, 3, 10), "情节严重", by=cast.cs_director
    )
    day.move(day.at.replace(day=10))
    with pytest.raises(Refused) as refused:
        actions.approve_transfer(measure, by=cast.gm)
    assert refused.value.reasons[0].field == "since"
    assert not Measure.objects.filter(approved_at__isnull=False).exists()


def test_who_may_read_of_whom(cast):
    finding = found(cast)
    for reader in (cast.agent, cast.cs_director, cast.gm, cast.deputy_gm, cast.quality):
        assert access.access_finding(reader, finding.pk) == finding
    for stranger in (cast.staff, cast.sales_manager, cast.outsider):
        with pytest.raises(Http404):
            access.access_finding(stranger, finding.pk)
        assert not queries.findings(stranger).exists()


def test_a_complaint_is_no_finding_until_it_is_upheld(cast):
    contact = call(cast, by=cast.staff)
    kept = actions.file_grievance(contact, cast.agent, "rude", "大声呵斥", by=cast.staff)
    assert not Finding.objects.exists()
    with pytest.raises(Refused):
        actions.file_grievance(contact, cast.agent, "rude", "再次", by=cast.staff)
    actions.decide_grievance(kept, True, "录音属实", by=cast.cs_director)
    with pytest.raises(Refused):
        actions.decide_grievance(kept, False, "反悔", by=cast.cs_director)
    assert Finding.objects.get().grievance == kept
    with pytest.raises(Http404):
        access.access_grievance(cast.agent, kept.pk)


def test_a_rating_is_given_once_and_checked_once(cast):
    contact = call(cast)
    kept = actions.rate_contact(contact, "impatient", "不耐烦", by=cast.staff)
    with pytest.raises(Refused):
        actions.rate_contact(contact, "good", by=cast.staff)
    with pytest.raises(Refused):
        actions.check_rating(kept, "无事", by=cast.agent)
    actions.check_rating(kept, "已谈话", by=cast.cs_director)
    with pytest.raises(Refused):
        actions.check_rating(kept, "再次", by=cast.cs_director)
    assert not Due.objects.open().filter(clause="R5-05").exists()


def test_the_overview_costs_the_same_however_much_there_is(cast, day, django_assert_num_queries):
    for _each in range(3):
        actions.submit_review(call(cast), actions.Marks(marks(cast, day)), by=cast.cs_director)
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    queries.by_clause(cast.division, first, last, day.at)
    with django_assert_num_queries(2):
        figures = queries.by_clause(cast.division, first, last, day.at)
    assert figures["R2-01"].mark == figures["R6-02"].mark == 4
    with django_assert_num_queries(1):
        assert queries.averages(cast.division, first, last, cast.agent)[0].reviews == 3
