"""The sheets of the past months: final, one being signed, the last one left to whoever looks."""

from datetime import date, time

import pytest
from keeping import lay

from shouwen.doors.demo import company, months
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.reports.models import Report


@pytest.fixture
def firm(db):
    """The company on a day in the middle of a month."""
    with rehearsal(clock.local(date(2026, 3, 20), time(9))) as day:
        yield lay("the demo's months", lambda: _filled(day.at))


def _filled(at):
    made = company.build(at)
    while months.fill(made, at):
        pass
    return made


def test_every_month_but_the_last_has_its_sheet(firm):
    states = dict(Report.objects.order_by("period").values_list("period", "state"))
    assert list(states) == ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01"]
    assert [*states.values()] == ["final"] * 5 + ["submitted"]
    submitted = Entry.objects.filter(event="statistics.submitted")
    assert {clock.day_of(one.at).day for one in submitted} == {4}


def test_filling_again_changes_nothing(firm):
    assert months.missing(firm, clock.now()) == []
    assert months.fill(firm, clock.now()) == 0
