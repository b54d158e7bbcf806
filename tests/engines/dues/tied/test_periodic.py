"""Duties that come round: R4's statistics and its review, by the tenth of the month."""

import threading
from datetime import date

import pytest
from django.db import connection

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.policy import queries as policy


def statistics():
    return Due.objects.filter(clause="R4-49").order_by("id")


def test_the_statistics_of_last_month_are_due_by_the_tenth(company):
    assert dues.open_periodic() == 2
    due = statistics().get()
    assert (due.period, due.last_day, due.role) == ("2026-02", date(2026, 3, 10), "pm_group")
    assert due.name.endswith("（2026-02）")
    assert due.unit == company.pm_group
    assert dues.open_periodic() == 0


def test_only_who_works_by_the_regulation_owes_it(company):
    org.adopt_regulation(company.sister, "R4", 1, since=date(2026, 3, 1), by=None)
    dues.open_periodic()
    assert {due.division for due in statistics()} == {company.factory, company.sister}


def test_a_division_that_began_after_the_tenth_owes_from_the_next_month(company, moment):
    company.now.move(moment("2026-03-12 09:00"))
    org.adopt_regulation(company.sister, "R4", 1, since=date(2026, 3, 12), by=None)
    assert dues.open_periodic() == 0, "nor does the factory, whose system starts now"
    company.now.move(moment("2026-04-01 00:00"))
    dues.open_periodic()
    assert sorted(due.period for due in statistics()) == ["2026-03", "2026-03"]


def test_a_worker_that_stood_still_for_three_months_makes_up_for_them(company, moment):
    dues.open_periodic()
    company.now.move(moment("2026-06-20 09:00"))
    dues.open_periodic()
    assert {due.period for due in statistics()} == {"2026-02", "2026-03", "2026-04", "2026-05"}
    dues.sweep()
    assert statistics().filter(missed_at__isnull=False).count() == 4


def test_the_report_of_the_period_settles_it(company, moment):
    dues.open_periodic()
    company.now.move(moment("2026-04-02 09:00"))
    dues.open_periodic()
    event = policy.clause("R4-49").spec.stops[0]
    sheet = company.case(9)
    company.happens(event, sheet, by=company.registrar, period="2026-03")
    assert [(due.period, due.is_open) for due in statistics()] == [
        ("2026-02", True),
        ("2026-03", False),
    ]
    company.happens(event, sheet, by=company.registrar)
    assert not statistics().filter(settled_at__isnull=True).exists(), "else the oldest one"


def test_the_report_of_another_division_settles_nothing(company):
    dues.open_periodic()
    sheet = company.case(9)
    sheet.facts["division"] = company.sister.pk
    company.happens(policy.clause("R4-49").spec.stops[0], sheet, period="2026-02")
    assert statistics().get().is_open


def test_looking_costs_two_statements(company, django_assert_max_num_queries):
    dues.open_periodic()
    with django_assert_max_num_queries(4):
        dues.open_periodic()


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_workers_racing_open_each_period_once(company):
    moment, done, ready = company.now.at, [], threading.Barrier(4)

    def work():
        try:
            with rehearsal(moment):
                ready.wait(10)
                done.append(dues.open_periodic())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(done) == Due.objects.count() == 2
    assert len(company.facts("due.opened")) == 2
