"""A paper is filed on a case; what was sent with a refused form is not asked for twice."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shouwen.engines.documents.models import Attachment, Sheet
from shouwen.ground.foundation import clock
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk

PAPER = b"%PDF-1.4 drawing %%EOF"


@pytest.fixture
def at_check(shipment):
    """A complaint that is back with the group, to be checked."""
    story = Story(shipment)
    return walk(open_complaint(story), story, "check")


@pytest.mark.parametrize("once", ["", "t" * 24])
def test_a_file_sent_with_a_refused_form_is_listed_and_good(at_check, signed_in, once):
    """With its token too, for whose sake everything that the first sending did is undone."""
    seller = signed_in(at_check.salesperson)
    address = f"/cases/{at_check.pk}/papers/new/help_log/"
    told = {"kind": "material", "recipient": "客户设计科", "given_on": clock.today().isoformat(),
            "once": once}  # fmt: skip
    file = SimpleUploadedFile("图纸.pdf", PAPER, "application/pdf")
    refused = seller.post(address, {**told, "documents:upload": file})
    assert refused.status_code == 422
    assert "图纸.pdf" in refused.content.decode()
    listed = re.search(r'name="documents" value="([^"]+)"', refused.content.decode())[1]
    filed = seller.post(address, {**told, "what": "轴承公差资料。", "documents": listed})
    assert filed.status_code == 302
    sheet = Sheet.objects.get(form="help_log")
    assert sheet.sections.get(key="entry").data["documents"] == [listed]
    assert str(Attachment.objects.get().uuid) == listed
