"""A quality complaint through all departments, by the verbs (R4-22 to R4-47)."""

from datetime import timedelta

import pytest

from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.queries import timeline
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, step, walk
from shouwen.work.cases import actions as cases


def test_a_complaint_goes_through_all_departments_to_its_five_copies(shipment, day):
    story = Story(shipment)
    case = open_complaint(story)
    walk(case, story, "closed", wait=timedelta(hours=3))
    case.refresh_from_db()
    assert (case.state, case.outcome, case.method) == ("closed", "upheld", "allowance")
    assert case.number == "260301"
    copies = Copy.objects.filter(sheet__matter_id=case.pk, sheet__form="complaint_form")
    assert [copy.no for copy in copies.order_by("no")] == [1, 2, 3, 4, 5]
    events = set(timeline(case).values_list("event", flat=True))
    assert {"case.opened", "case.accepted", "case.ruled", "case.decided", "case.closed"} <= events


def test_no_number_before_acceptance(shipment, day):
    story = Story(shipment)
    case = open_complaint(story)
    step(case, story)
    case.refresh_from_db()
    assert (case.stage, case.number) == ("acceptance", None)


def test_a_press_from_an_old_page_writes_nothing_into_the_next_section(shipment):
    """Two people have the acceptance open; the second presses when the case is with quality."""
    story = Story(shipment)
    case = walk(open_complaint(story), story, "investigation")
    quality = org.people("quality", case.division)[0]
    with pytest.raises(Refused, match="现在“质管调查”"):
        cases.move(case, "accept", by=quality, data={"findings": "旧页"}, version=0)
    assert cases.section_data(cases.sheet_of(case), "investigation") == {}


def test_a_ruling_above_its_writer_is_refused_in_the_very_act(shipment):
    """What the ruler himself writes counts, not only what was put up to him (R4-39)."""
    story = Story(shipment, amount="3000")
    case = walk(open_complaint(story), story, "ruling")
    ruler = org.people("sales.manager", case.division)[0]
    data = {"method": "allowance", "amount": "900000", "instruction": "照办"}
    with pytest.raises(Refused) as refused:
        cases.move(case, "rule", by=ruler, data=data)
    assert refused.value.clauses <= {"R4-35", "R4-39", "R4-52"}
    assert cases.section_data(cases.sheet_of(case), "ruling") == {}
