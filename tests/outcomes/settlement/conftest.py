"""The same company and shipments as the cases have, and the hands that settle."""

import pytest
from outcomes.settlement.hands import Hands
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401


@pytest.fixture
def hands(firm):  # noqa: F811
    """The people of the demo company, settling."""
    return Hands(firm)
