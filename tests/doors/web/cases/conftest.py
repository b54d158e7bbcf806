"""The demo company and its shipments, and a complaint that was closed."""

from datetime import timedelta

import pytest
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401

from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


@pytest.fixture
def closed(shipment):  # noqa: F811
    """An allowance, decided and closed."""
    story = Story(shipment)
    return walk(open_complaint(story), story, "closed", wait=timedelta(hours=2))
