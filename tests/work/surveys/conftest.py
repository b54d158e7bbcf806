"""A service centre under R2, R5, R6 and R7 with two customers, and a questionnaire."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from casting import company
from keeping import lay
from surveying import furnished

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import queries


@pytest.fixture
def now():
    with rehearsal("2026-03-11 10:00") as time:
        yield time


@pytest.fixture
def centre(db, now, regulations) -> SimpleNamespace:
    return lay("the centre that asks", lambda: furnished(company()))


@pytest.fixture
def campaign(centre):
    closes = clock.today() + timedelta(days=20)
    return surveys.plan(centre.division, "年度调查", centre.paper, closes, by=centre.cs_director)


@pytest.fixture
def asked(centre, campaign):
    """Both customers, the one by fax, the other by e-mail; the campaign runs."""
    wanted = [surveys.Wanted(centre.near, "fax"), surveys.Wanted(centre.far, "email")]
    surveys.invite(campaign, wanted, by=centre.cs_director)
    return surveys.start(campaign, by=centre.cs_director)


@pytest.fixture
def marks():
    """`marks(campaign, 4, training=2)`: the same mark everywhere but where it says."""

    def given(campaign, mark, **other):
        return {
            one.pk: surveys.Given(mark=other.get(one.area, mark))
            for one in queries.questions(campaign)
        }

    return given
