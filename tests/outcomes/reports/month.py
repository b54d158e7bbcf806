"""A month with two closed complaints, one of them tracked, at the demo company."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest
from keeping import lay

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import actions as reports
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


def closed(shipment, **facts):
    """A complaint about a shipment, taken from the call to the close-out."""
    story = Story(shipment, **facts)
    case = walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
    case.refresh_from_db()
    return case


@pytest.fixture
def people(firm):
    """`people("quality.manager")`."""
    return lambda role: org.people(role, firm.division)[0]


@pytest.fixture
def march(firm, shipment, day, people):
    """Two complaints closed in March, one that is still open, and it is the first of April."""
    made = lay("the month of March", lambda: _march(firm, shipment, people))
    day.move(clock.local(date(2026, 4, 1), time(9)))
    return made


def _march(firm, shipment, people):
    story = Story(shipment)
    walk(open_complaint(story), story, "investigation")
    first = closed(shipment, tracked="tracked")
    second = closed(shipment, amount="1200", title="尺寸不符", cause_item="dimension")
    return SimpleNamespace(
        division=firm.division,
        first=first,
        second=second,
        group=people("pm_group"),
        period="2026-03",
    )


@pytest.fixture
def sheet(march):
    """The sheet of March, drawn up."""
    return reports.draw_up(march.division, march.period, by=march.group)
