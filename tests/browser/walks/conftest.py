"""The demo company with its customers, and somebody who walks through its screens."""

from collections.abc import Callable
from typing import Any

import pytest
from browser.walks.walking import Walker
from founding import demo_company
from work.cases.conftest import supplied

from shouwen.work.customers.models import Shipment


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Any:
    """The demo company, whose sign-in page lets one be anybody by one click."""
    settings.DEMO = True
    return demo_company()


@pytest.fixture
def shipment(cast: Any) -> Shipment:
    """What a domestic customer got: 1,000 end covers at 25.00, with their invoice."""
    return supplied(cast, "A1", "domestic", seller=cast.people["dingyiming"])


@pytest.fixture
def walker(visit: Callable[..., Any], accessible: Callable[[Any], None]) -> Walker:
    """A browser on the sign-in page."""
    return Walker(visit("/sign-in/", person=""), accessible)


@pytest.fixture
def on_the_phone(visit: Callable[..., Any], accessible: Callable[[Any], None]) -> Walker:
    """The same on a phone, in the dark."""
    return Walker(visit("/sign-in/", person="", width=390, theme="dark"), accessible)
