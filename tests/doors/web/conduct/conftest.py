"""The factory works by the service regulations; a customer complained of the agent."""

import pytest
from keeping import lay
from serving import serving

from shouwen.outcomes.conduct import actions as conduct
from shouwen.work.interactions.actions import Draft, record_interaction


@pytest.fixture
def works(cast, regulations):
    """`works.finding` waits for the agent's answer, `works.grievance` for a decision."""
    return lay("the factory that inspects", lambda: _inspecting(cast))


def _inspecting(cast):
    made = serving(cast)
    noted = conduct.Found(made.division, made.agent, "shirking", "把客户推给别的部门。")
    made.finding = conduct.note_finding(noted, by=made.cs_director)
    said = Draft(made.division, "你们的人态度很差。", name="安然", phone="13800138101")
    call = record_interaction(said, by=made.agent)
    made.call = call
    made.grievance = conduct.file_grievance(
        call, made.agent, "rude", "他说话很冲。", by=made.cs_director
    )
    return made
