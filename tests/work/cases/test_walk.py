"""A quality complaint through all departments, by the verbs (R4-22 to R4-47)."""

from datetime import timedelta

from shouwen.engines.documents.models import Copy
from shouwen.ground.journal.queries import timeline
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, step, walk


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
