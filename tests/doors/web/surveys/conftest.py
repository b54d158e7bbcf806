"""The factory asks its two customers; the agent keys in, the director runs."""

from datetime import timedelta

import pytest
from keeping import lay
from surveying import furnished

from shouwen.ground.foundation import clock
from shouwen.work.surveys import actions as surveys


@pytest.fixture
def works(cast, regulations):
    """A running campaign: one customer by fax, one by e-mail."""
    return lay("the running campaign", lambda: _running(cast))


def _running(cast):
    made = furnished(cast)
    closes = clock.today() + timedelta(days=20)
    made.campaign = surveys.plan(made.division, "年度调查", made.paper, closes, by=made.cs_director)
    wanted = [surveys.Wanted(made.near, "fax"), surveys.Wanted(made.far, "email")]
    surveys.invite(made.campaign, wanted, by=made.cs_director)
    made.campaign = surveys.start(made.campaign, by=made.cs_director)
    made.fax = made.campaign.recipients.get(channel="fax")
    made.mail = made.campaign.recipients.get(channel="email")
    return made


@pytest.fixture
def typed(works):
    """`typed(4)`: what a form sends for the same mark everywhere."""
    questions = works.paper.questions.all()
    return lambda mark: {f"q{one.pk}": str(mark) for one in questions}
