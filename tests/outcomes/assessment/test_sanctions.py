"""The month's review, its list to personnel, the announcements (R4-46, R4-62, R4-63)."""

import pytest

from shouwen.engines.dues.actions import open_periodic
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.outcomes.assessment import actions as assessment
from shouwen.outcomes.assessment import queries, sanctions
from shouwen.outcomes.assessment.models import Penalty
from shouwen.regulations.r04_quality_complaints.rehearse import step


def clauses_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.clauses


@pytest.fixture
def sanctioned(complain, warning, who):
    """A complaint closed in March with one sanction, approved by the general manager."""
    told = {"determination": {"penalties": [{**warning, "deviation": "情节较重"}]}}
    case, story = complain("instruction", overrides=told)
    step(case, story, by=who("management.gm"))
    case.refresh_from_db()
    step(case, story)
    return case


def test_a_sanction_goes_to_personnel_and_to_the_board(sanctioned, firm, day, who):
    group, hr = who("pm_group"), who("hr")
    (penalty,) = sanctions.to_send(firm.division, "2026-03")
    assert clauses_of(assessment.send_list, firm.division, "2026-03", by=group) == {"R4-62"}
    day.move(day.at.replace(month=4, day=2))
    open_periodic()
    duty = Due.objects.get(clause="R4-62", period="2026-03")
    assert duty.link == "/assessment/sanctions/"
    assert clauses_of(assessment.send_list, firm.division, "2026-03", by=hr) == {"R4-62"}
    assert clauses_of(assessment.announce, penalty, by=hr) == {"R4-62"}
    listed = assessment.send_list(firm.division, "2026-03", by=group)
    duty.refresh_from_db()
    assert (duty.settled_at, duty.settled_by) == (day.at, group)
    assert clauses_of(assessment.send_list, firm.division, "2026-03", by=group) == {"R4-62"}
    asked = Due.objects.open().get(clause="R4-63")
    assert (asked.role, asked.link) == ("hr", "/announcements/")
    assert list(queries.to_announce(hr)) == [penalty]
    penalty.refresh_from_db()
    assert penalty.listed == listed
    assert clauses_of(assessment.announce, penalty, by=group) == {"R4-63"}
    sheet = assessment.announce(penalty, by=hr)
    assert sheet.number == "RS2026-001"
    assert clauses_of(assessment.announce, penalty, by=hr) == {"R4-63"}
    assert not Due.objects.open().filter(clause="R4-63").exists()
    (shown,) = queries.board_of({firm.division.pk})
    assert shown.announcement == sheet


def test_none_this_month_is_said_and_settles_the_duty(firm, day, who):
    day.move(day.at.replace(month=4, day=2))
    open_periodic()
    assessment.send_list(firm.division, "2026-03", by=who("pm_group"))
    sent = Entry.objects.get(event="sanctions.sent").data
    assert (sent["period"], sent["count"]) == ("2026-03", 0)
    assert Due.objects.get(clause="R4-62", period="2026-03").settled_at
    assert not Due.objects.filter(clause="R4-63").exists()
    assert not Penalty.objects.exists()


def test_a_list_of_a_month_settles_the_duty_of_that_month_only(firm, day, who):
    day.move(day.at.replace(month=4, day=2))
    open_periodic()
    day.move(day.at.replace(month=5, day=2))
    open_periodic()
    waiting = ["2026-03", "2026-04"]
    assert sanctions.months_to_review(firm.division, day.at.date()) == waiting
    assessment.send_list(firm.division, "2026-04", by=who("pm_group"))
    open_ones = Due.objects.open().filter(clause="R4-62")
    assert [due.period for due in open_ones] == ["2026-03"]
    assert sanctions.months_to_review(firm.division, day.at.date()) == ["2026-03"]


def test_an_unsent_month_is_overdue_on_the_eleventh(firm, day):
    day.move(day.at.replace(month=4, day=2))
    open_periodic()
    duty = Due.objects.get(clause="R4-62", period="2026-03")
    assert duty.last_day.isoformat() == "2026-04-10"
