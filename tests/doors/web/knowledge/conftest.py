"""The service centre of the scenarios, with its people signed in."""

from types import SimpleNamespace

import pytest

from shouwen.regulations.runner import Theatre


@pytest.fixture
def centre(regulations):
    """The scenarios' company by its names: `centre.agent`, `centre.resident`, …"""
    with Theatre() as theatre:
        yield SimpleNamespace(**theatre.names)


@pytest.fixture
def as_(client):
    """`as_(centre.agent)` is a browser in which that person is signed in."""

    def enter(person):
        client.force_login(person.user)
        return client

    return enter
