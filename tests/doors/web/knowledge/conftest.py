"""The service centre of the scenarios, with its people signed in."""

import pytest
import staging


@pytest.fixture
def centre(regulations):
    """The scenarios' company by its names: `centre.agent`, `centre.resident`, …"""
    yield from staging.centre()


@pytest.fixture
def as_(client):
    """`as_(centre.agent)` is a browser in which that person is signed in."""

    def enter(person):
        client.force_login(person.user)
        return client

    return enter
