"""How the demo's desk is trained, in a small company."""

import pytest
from casting import company
from keeping import lay

from shouwen.doors.demo.centre import training as demo
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.training import queries
from shouwen.work.training.models import Skill

AT = "2026-11-20 10:00"


@pytest.fixture
def cast(db, regulations):
    with rehearsal("2024-01-05 09:00"):
        made = lay("the desk that is trained", _trained)
    with rehearsal(AT):
        yield made


def _trained():
    made = company()
    for code in ("R2", "R6", "R7"):
        org.adopt_regulation(made.division, regulation=code, edition=1)
        set_examples(made.division, code)
    return made


def test_the_plan_runs_with_one_training_late_and_a_skill_expired(cast):
    plan = demo.make_in(cast.division, clock.now())
    progress = queries.progress(plan)
    assert (progress.sessions, progress.met) == (3, False)
    assert plan.sessions.filter(held_on=None, planned_on__lt=clock.today()).count() == 1
    assert Skill.objects.filter(retest_asked_at__isnull=False).count() == 1
    assert demo.make_in(cast.division, clock.now()) == plan


def test_without_a_duty_there_is_no_plan(cast):
    assert demo.make_in(cast.sister, clock.now()) is None
