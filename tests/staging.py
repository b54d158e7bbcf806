"""The service centre of the scenarios, for tests that want it without a scenario.

Fixtures for a conftest: `from staging import as_, centre`.
"""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from keeping import lay

from shouwen.regulations.runner import Theatre


@pytest.fixture
def centre(regulations) -> Iterator[SimpleNamespace]:
    """The scenarios' company by its names: `centre.agent`, `centre.resident`, …"""
    theatre = Theatre()
    yield SimpleNamespace(**lay("the company of the scenarios", theatre.found))
    theatre.verbs.forget()


@pytest.fixture
def as_(client):
    """`as_(centre.agent)` is a browser in which that person is signed in."""

    def enter(person):
        client.force_login(person.user)
        return client

    return enter
