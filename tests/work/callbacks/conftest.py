"""A division that works by the call-back rules, with a customer and repairs."""

from datetime import date
from types import SimpleNamespace

import pytest
from casting import company
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.callbacks.models import Callback
from shouwen.work.callbacks.rules import Answer
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft

GOOD = {"speed": 5, "quality": 5, "manner": 4}


@pytest.fixture
def day(db):
    """A Monday morning that can be moved."""
    with rehearsal("2026-03-02 09:00") as clock:
        yield clock


@pytest.fixture
def cast(day, regulations):
    """The people, the customer, and the rules they work by."""
    return lay("the division that calls back", staged)


def staged() -> SimpleNamespace:
    """The same for tests that bring their own database; the people were there long before."""
    with rehearsal("2025-01-02 09:00"):
        return _staged()


def _staged() -> SimpleNamespace:
    made = company()
    made.operations = org.hire("operations", name_zh="云帆", name_en="Yun Fan")
    unit = org.add_unit(
        "operations", name_zh="生产运行部", function="operations", parent=made.division
    )
    org.appoint(made.operations, org.add_post(unit, "运行经理", rank="manager"))
    for code in ("R2", "R3", "R5"):
        org.adopt_regulation(made.division, code, 1, since=date(2025, 1, 1))
        set_examples(made.division, code)
    draft = CustomerDraft("Y101", "一栋101室", "domestic", phone="13800138101")
    made.customer = create_customer(made.division, draft, by=made.agent)
    return made


def matter(cast, title="楼道灯不亮"):
    """A problem the agent took."""
    intake = Intake(cast.division, cast.customer, "service", title, title)
    return open_case(intake, by=cast.agent)


def repair(cast, at=None):
    """A repair request, recorded at a moment."""
    case = matter(cast)
    journal.record("repair.recorded", case, by=cast.agent, at=at)
    return case


def finished(cast, at=None):
    """A repair that is done; gives the call it brings."""
    case = repair(cast)
    journal.record("repair.finished", case, by=cast.agent, at=at)
    return Callback.objects.get(reason="repair", matter_id=case.pk)


def content(**more):
    """A customer who has nothing to complain about."""
    return Answer(**{"satisfied": True, "words": "很好", "none_given": True, "marks": GOOD, **more})
