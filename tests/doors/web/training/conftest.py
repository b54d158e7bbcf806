"""The service factory with its people signed in, working by what training follows from."""

from datetime import date

import pytest

from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.training import actions as training


@pytest.fixture
def factory(cast, regulations):
    """The cast, bound by R2, R6 and R7 with their example figures."""
    for code in ("R2", "R6", "R7"):
        org.adopt_regulation(cast.division, regulation=code, edition=1)
        set_examples(cast.division, code)
    return cast


@pytest.fixture
def plan(factory):
    """A submitted plan of the service desk with two trainings."""
    days = [("服务用语", date(2026, 2, 10)), ("投诉处理", date(2026, 9, 10))]
    program = training.Program("年度培训", days, 2, 80)
    unit = factory.units["customer_service"]
    made = training.draft_plan(unit, 2026, program, by=factory.cs_director)
    return training.submit_plan(made, by=factory.cs_director)
