"""What time brings about, said once and only once."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.clockwork import sweeping
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Mail
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import actions as org


@pytest.fixture
def open_one(company):
    def make(pk=1, **more):
        more = {"role": "quality", "days": 3, "clause": "R4-27", "link": "/cases/1/", **more}
        params = {"matter": "250501"}
        return dues.open_due(
            "写报告", subject=company.case(pk), division=company.factory, params=params, **more
        )

    return make


def events(company):
    found = company.facts("due.warned") + company.facts("due.missed")
    return [
        (fact.event, fact.data["said_late"])
        for fact in sorted(found + company.facts("due.escalated"), key=lambda fact: fact.pk)
    ]


def test_from_the_warning_to_the_general_manager(company, open_one, moment):
    company.value("R4-14.escalate_days", 2)
    due = open_one(warn=[1])
    assert dues.sweep() == 0
    company.now.move(moment("2026-03-04 08:30"))
    assert dues.sweep() == 1
    warned = [("秦思", "即将到期（2026年3月5日 周四）：250501 · 写报告"), ("秦岭",) * 2]
    assert company.told()[0] == warned[0]
    assert {who for who, _text in company.told()} == {"秦思", "秦岭"}
    company.now.move(moment("2026-03-05 23:59"))
    assert dues.sweep() == 0
    company.now.move(moment("2026-03-06 00:01"))
    assert dues.sweep() == 1
    texts = [text for _who, text in company.told()[2:]]
    assert texts == ["已逾期（2026年3月5日 周四 到期）：250501 · 写报告。请填报逾期反应"] * 2
    company.now.move(moment("2026-03-07 23:59"))
    assert dues.sweep() == 0
    company.now.move(moment("2026-03-08 00:01"))
    assert dues.sweep() == 1
    last = company.told()[-1]
    assert last == ("高远", "逾期未结，呈报（2026年3月5日 周四 到期，质管部）：250501 · 写报告")
    assert events(company) == [
        ("due.warned", False),
        ("due.missed", False),
        ("due.escalated", False),
    ]
    assert company.facts("due.escalated")[0].data["under"] == "R4-14"
    due.refresh_from_db()
    assert (due.escalated_at, due.next_wake_at) == (company.now.at, None)
    assert Mail.objects.count() == 5


def test_the_head_of_the_unit_hears_of_a_miss(company, open_one, moment):
    open_one(role="", person=company.seller)
    company.now.move(moment("2026-03-06 00:01"))
    dues.sweep()
    assert [who for who, _text in company.told()] == ["陈晨", "单明"]
    assert company.told()[1][1] == "本单位已逾期（2026年3月5日 周四 到期，陈晨）：250501 · 写报告"


def test_without_a_set_number_of_days_nothing_goes_further_up(company, open_one):
    due = open_one()
    company.now.wait(days=60)
    dues.sweep()
    due.refresh_from_db()
    assert (due.missed_at, due.next_wake_at) == (company.now.at, None)
    assert company.facts("due.missed")[0].data["escalates_at"] is None


def test_what_no_overdue_clause_covers_goes_to_the_head_only(company, open_one):
    company.value("R4-14.escalate_days", 0)
    open_one(clause="", role="", person=company.seller)
    company.now.wait(days=60)
    dues.sweep()
    assert [who for who, _text in company.told()] == ["陈晨", "单明"]


def test_after_days_of_standing_still_everything_is_said_once_and_marked_late(company, open_one):
    company.value("R4-14.escalate_days", 2)
    open_one(days=10, warn=[5, 2])
    company.now.wait(days=30)
    assert dues.sweep() == 2, "the miss, then the report upward"
    assert events(company) == [
        ("due.warned", True),
        ("due.warned", True),
        ("due.missed", True),
        ("due.escalated", True),
    ]
    assert dues.sweep() == 0
    assert not [text for _who, text in company.told() if "即将" in text]


def test_who_is_away_is_told_together_with_his_stand_in(company, open_one):
    open_one(role="", person=company.seller)
    org.substitute_while_away(
        company.seller, company.seller2, since=company.now.at,
        until=company.now.at + timedelta(days=5), reason="休假", by=company.seller,
    )  # fmt: skip
    company.now.wait(days=4)
    dues.sweep()
    assert [who for who, _text in company.told()] == ["陈晨", "周舟", "单明"]


def test_a_big_department_is_told_through_its_head(company, open_one):
    post = org.add_post(company.domestic, "外勤")
    for number in range(10):
        org.appoint(org.hire(f"rep{number}", name_zh=f"业务{number}"), post)
    open_one(role="sales")
    company.now.wait(days=4)
    dues.sweep()
    assert [who for who, _text in company.told()] == ["单明"]


def test_what_is_paused_settled_or_cancelled_sleeps(company, open_one):
    paused = open_one(1, pausable=True, warn=[1])
    dues.pause(paused, clause="R3-49", reason="等", by=company.inspector)
    dues.settle(open_one(2), by=company.inspector)
    dues.cancel(open_one(3), by=company.inspector)
    company.now.wait(days=30)
    assert dues.sweep() == 0


def test_a_sweep_costs_what_is_due_not_what_is_open(company, open_one, django_assert_num_queries):
    for pk in range(1, 40):
        open_one(pk, days=90)
    with django_assert_num_queries(3):  # one statement in its savepoint
        dues.sweep()


def test_a_slice_is_a_handful_of_statements(company, open_one, django_assert_max_num_queries):
    for pk in range(1, 60):
        open_one(pk, warn=[1])
    company.now.wait(days=4)
    with django_assert_max_num_queries(25):
        assert dues.sweep() == 59
    assert len(company.facts("due.missed")) == 59


def test_one_broken_due_is_put_off_and_holds_up_nobody(company, open_one):
    good, broken = open_one(1), open_one(2)
    Due.objects.filter(pk=broken.pk).update(role="sales.emperor")
    company.now.wait(days=4)
    assert dues.sweep() == 2
    good.refresh_from_db()
    broken.refresh_from_db()
    assert good.missed_at
    assert not broken.missed_at
    assert broken.next_wake_at == company.now.at + sweeping.PUT_OFF
    Due.objects.filter(pk=broken.pk).update(role="quality")
    company.now.wait(hours=1)
    assert dues.sweep() == 1


def test_a_busy_database_puts_no_due_off(company, open_one, monkeypatch):
    def busy(*_of, **_more):
        raise OperationalError("database is locked")

    due = open_one(1)
    company.now.wait(days=4)
    with monkeypatch.context() as patch:
        patch.setattr(sweeping, "_say", busy)
        with pytest.raises(OperationalError):
            dues.sweep()
    assert dues.sweep() == 1
    due.refresh_from_db()
    assert due.missed_at


def test_a_reaction_that_fails_undoes_its_miss_only(company, open_one, monkeypatch):
    def fails(entry, subject):
        if entry.data["clause"] == "R4-38":
            raise RuntimeError("no")

    monkeypatch.setitem(journal._reactions, "due.missed", [journal.one_by_one(fails)])
    good, bad = open_one(1), open_one(2, clause="R4-38")
    company.now.wait(days=4)
    dues.sweep()
    assert [fact.subject_id for fact in company.facts("due.missed")] == [good.pk]
    bad.refresh_from_db()
    assert not bad.missed_at


def test_more_than_one_slice(company, open_one, monkeypatch):
    monkeypatch.setattr(sweeping, "SLICE", 3)
    for pk in range(1, 9):
        open_one(pk)
    company.now.wait(days=4)
    assert dues.sweep() == 8
    assert len(company.facts("due.missed")) == 8


def test_who_would_hear_of_very_many_hears_once_a_day_that_they_are_many(
    company, open_one, monkeypatch
):
    monkeypatch.setattr(sweeping, "SLICE", 25)
    for pk in range(1, 60):
        open_one(pk)
    open_one(60, role="", person=company.seller)
    company.now.wait(days=4)
    dues.sweep()
    many = "有多项事务已逾期或即将到期，请到“今日”查看"
    told = company.told()
    assert told.count(("秦思", many)) == 1
    assert [text for who, text in told if who == "陈晨"] != [many]
    assert len(company.facts("due.missed")) == 60


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_two_workers_racing_say_each_miss_once(company, open_one, monkeypatch):
    monkeypatch.setattr(sweeping, "SLICE", 5)
    for pk in range(1, 41):
        open_one(pk)
    company.now.wait(days=4)
    moment, done, ready = company.now.at, [], threading.Barrier(3)

    def work():
        try:
            with rehearsal(moment):
                ready.wait(10)
                done.append(dues.sweep())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(done) == 40
    missed = [fact.subject_id for fact in company.facts("due.missed")]
    assert len(missed) == len(set(missed)) == 40


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_settling_against_a_sweep_says_the_miss_once(company, open_one):
    opened = [open_one(pk) for pk in range(1, 21)]
    company.now.wait(days=4)
    moment, ready = company.now.at, threading.Barrier(2)

    def work(act):
        try:
            with rehearsal(moment):
                ready.wait(10)
                act()
        finally:
            connection.close()

    def settle():
        for due in reversed(opened):
            dues.settle(due, by=company.inspector)

    workers = [threading.Thread(target=work, args=(act,)) for act in (dues.sweep, settle)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(company.facts("due.missed")) == len(company.facts("due.settled")) == 20
