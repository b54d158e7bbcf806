"""What comes by itself lies on a desk, and whoever passes it on hears of it."""

import desks
import pytest

from shouwen.engines.dues import people
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.regulations.vocabulary.cases import open_matter
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting
from shouwen.work.interactions import arriving
from shouwen.work.interactions.models import Interaction
from shouwen.work.ways import actions as ways
from shouwen.work.ways.filing import FromWeb


@pytest.fixture
def filed(centre):
    """A resident files something on the web, and adds a word."""
    told = FromWeb(centre.centre, "安然", "13800138101", "楼道灯不亮。", "当天修好")
    return ways.file(told)


def test_a_filing_lies_on_the_desks_of_customer_service(centre, filed):
    due = Due.objects.get(subject_kind="interaction", subject_id=filed.pk)
    assert {"R2-04", "R6-05"} & {due.clause}
    assert centre.agent in people.owners(due, clock.now())
    assert due in [item.due for item in desks.desk(centre.agent, clock.now())]
    assert due not in [item.due for item in desks.desk(centre.guard, clock.now())]


def test_customer_service_hears_of_it_and_nobody_else(centre, filed):
    told = {one.person for one in Notice.objects.filter(key=f"arrived:{filed.pk}")}
    assert centre.agent in told
    assert centre.guard not in told


def test_what_somebody_took_down_is_told_to_nobody(centre, as_):
    as_(centre.guard).post("/quick/", {
        "phone": "13800138101", "name": "安然", "body": "楼道灯不亮。", "nature": "problem",
        "channel": "phone", "at": "2024-12-01T10:00", "division": centre.centre.pk,
    })  # fmt: skip
    assert not Notice.objects.filter(key__startswith="arrived:").exists()
    assert Due.objects.get(subject_kind="interaction").person == centre.guard


def test_passed_on_it_leaves_the_desk_with_what_was_added(centre, filed):
    ways.add(filed, "九楼也不亮。")
    intake = Intake(centre.centre, centre.resident, "repair", "楼道灯", "楼道灯不亮。",
                    kind="complaint", wanted="当天修好", caller="安然")  # fmt: skip
    contacting.open_from(filed, intake, by=centre.agent)
    assert not Due.objects.open().filter(subject_kind="interaction").exists()


def test_the_contact_names_its_matter_and_leads_to_its_letter(centre, as_, filed):
    intake = Intake(centre.centre, centre.resident, "repair", "楼道灯", "楼道灯不亮。",
                    kind="complaint", wanted="当天修好", caller="安然")  # fmt: skip
    case = contacting.open_from(filed, intake, by=centre.agent)
    page = as_(centre.agent).get(f"/interactions/{filed.pk}/").content.decode()
    assert f"{case.label} {case.title}" in page


def test_what_waits_too_long_is_marked_for_customer_service(centre, as_, filed):
    agent = as_(centre.agent)
    assert "超过规定" not in agent.get("/interactions/").content.decode()
    Due.objects.filter(subject_kind="interaction").update(missed_at=clock.now())
    page = agent.get("/interactions/").content.decode()
    assert "超过规定" in page
    assert 'class="row-late"' in page
    assert agent.get("/interactions/export/").status_code == 200


def test_the_quick_form_shows_open_matters_and_joins_one(centre, as_):
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    agent = as_(centre.second_agent)
    assert case.label in agent.get("/quick/who/?phone=13800138101").content.decode()
    agent.post("/quick/", {
        "phone": "13800138101", "name": "安然", "body": "还没有人来。", "nature": "problem",
        "channel": "phone", "at": "2024-12-01T10:00", "division": centre.centre.pk,
        "same": case.pk,
    })  # fmt: skip
    row = Interaction.objects.get(text__body="还没有人来。")
    assert (row.matter, row.repeated) == (("case", case.pk), True)


def test_a_flood_rings_once_an_hour(centre, monkeypatch):
    monkeypatch.setattr(arriving, "CROWD", 2)
    for number in range(6):
        ways.file(FromWeb(centre.centre, "安然", "13800138101", f"第 {number} 件事。", "当天修好"))
    told = Notice.objects.filter(person=centre.agent, key__startswith="arrived:")
    assert 3 <= told.count() <= 4
