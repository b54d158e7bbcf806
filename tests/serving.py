"""A factory of one person a group, working by the service regulations; fixtures for a conftest."""

from types import SimpleNamespace

import pytest
from casting import company
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples

ADOPTED = ("R1", "R2", "R3", "R5", "R6", "R7", "R8")


@pytest.fixture
def day(db):
    """A clock that stands at the start and can be moved."""
    with rehearsal("2026-03-02 09:00") as clock:
        yield clock


@pytest.fixture
def cast(day, regulations):
    """The people, and the company's own figures as their examples have them."""
    return lay("the service factory", lambda: serving(company()))


def serving(made: SimpleNamespace) -> SimpleNamespace:
    """The division adopts the service regulations, with the figures of their examples."""
    for code in ADOPTED:
        org.adopt_regulation(made.division, regulation=code, edition=1)
        set_examples(made.division, code)
    return made
