# ruff: noqa: F811 - a fixture asked for is no redefinition
"""The company and shipments of the cases; a complaint with somebody responsible, at any stage."""

from datetime import timedelta

import pytest
from work.cases.conftest import abroad, day, firm, shipment  # noqa: F401

from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk


@pytest.fixture
def who(firm):
    """`who("hr")` is somebody of the company in that role."""

    def somebody(role):
        return org.people(role, firm.division)[0]

    return somebody


@pytest.fixture
def complain(firm, shipment, who):
    """`complain("determination", …)` is a complaint at a stage, the coating head responsible."""

    def make(upto, *, overrides=None, **facts):
        responsible = [{"person": firm.people["jiangsujuan"].pk, "reason": "首件检验未做"}]
        wanted = {"investigation": {"responsible": responsible}, **(overrides or {})}
        story = Story(shipment, overrides=wanted, **facts)
        return walk(open_complaint(story), story, upto, wait=timedelta(hours=2)), story

    return make


@pytest.fixture
def fine(firm):
    """A penalty by the basis' row for human negligence in a serious case."""
    return {
        "person": firm.people["jiangsujuan"].pk, "kind": "fine", "amount": "200", "points": "2",
        "reason": "首件检验未做",
    }  # fmt: skip


@pytest.fixture
def warning(firm):
    """A sanction that only the general manager approves."""
    return {
        "person": firm.people["jiangsujuan"].pk, "kind": "administrative",
        "sanction": "minor_demerit", "points": "6", "reason": "首件检验未做",
    }  # fmt: skip
