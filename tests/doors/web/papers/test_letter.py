"""What is conveyed by letter is printed as a letter; the complaint form never is (R4-53, R4-54)."""

import pytest

from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.cases.actions import sheet_of
from shouwen.work.cases.conveying import convey


@pytest.fixture
def ruled(shipment):
    """A complaint that sales may speak of with the customer."""
    story = Story(shipment, amount="500")
    return walk(open_complaint(story), story, "negotiation")


def told(case, channel):
    data = {
        "channel": channel, "person": "刘经理", "at": clock.now().isoformat(),
        "method": "allowance", "amount": "500", "text": "同意折让五百元。",
    }  # fmt: skip
    return convey(case, data, by=case.salesperson)


def test_a_letter_is_offered_printed_and_noted(ruled, signed_in):
    sales, paper = signed_in(ruled.salesperson), told(ruled, "letter")
    address = f"/papers/{paper.pk}/letter/"
    assert address in sales.get(f"/papers/{paper.pk}/").content.decode()
    answer = sales.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    assert Entry.objects.filter(event="letter.printed", matter_id=ruled.pk).count() == 1


def test_what_was_told_by_telephone_and_the_form_are_no_letter(ruled, signed_in):
    sales, paper = signed_in(ruled.salesperson), told(ruled, "telephone")
    address = f"/papers/{paper.pk}/letter/"
    assert address not in sales.get(f"/papers/{paper.pk}/").content.decode()
    for sheet, clause in ((paper, "R4-53"), (sheet_of(ruled), "R4-54")):
        answer = sales.get(f"/papers/{sheet.pk}/letter/")
        assert answer.status_code == 409
        assert clause in answer.content.decode()
    assert not Entry.objects.filter(event="letter.printed").exists()
