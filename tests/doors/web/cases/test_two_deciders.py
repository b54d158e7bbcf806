"""Two who may decide press at the same moment: one decision stands, the other hears of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from founding import demo_company
from posting import Poster, form_of, typed
from work.cases.conftest import supplied

from shouwen.doors.jobs.pictures import session_of
from shouwen.engines.documents import queries as papers
from shouwen.ground.journal.queries import timeline
from shouwen.regulations.r04_quality_complaints.rehearse import (
    WRITTEN,
    Story,
    open_complaint,
    walk,
)
from shouwen.work.cases.actions import section_data, sheet_of

DECIDERS = ("guchangting", "shenruolan")


@pytest.fixture
def story(transactional_db):
    firm = demo_company()
    return Story(supplied(firm, "A1", "domestic", seller=firm.people["dingyiming"]))


@pytest.mark.parametrize("_again", range(3))
def test_of_two_decisions_at_once_one_stands(story, live_server, _again):
    case = walk(open_complaint(story), story, "decision")
    path = f"/cases/{case.pk}/sections/decision/"
    gate = Barrier(2)

    def decide(name):
        poster = Poster(live_server.url, session_of(name))
        form = form_of(poster.get(f"/cases/{case.pk}/"), f'action="{path}')
        words = {**WRITTEN["decision"](case, story), "instruction": f"{name}批"}
        connections.close_all()
        gate.wait(30)
        return poster.post(path, form | typed(words) | {"move": "decide"})

    with ThreadPoolExecutor(2) as pool:
        answers = dict(zip(DECIDERS, pool.map(decide, DECIDERS), strict=True))
    taken = [name for name, (status, *_rest) in answers.items() if status == 302]
    assert len(taken) == 1, {name: status for name, (status, *_rest) in answers.items()}
    (late,) = set(DECIDERS) - set(taken)
    assert answers[late][0] in (409, 422)
    assert "R4-39" in answers[late][2]
    case.refresh_from_db()
    assert case.stage == "determination"
    assert [entry.event for entry in timeline(case)].count("case.decided") == 1
    assert section_data(sheet_of(case), "decision")["instruction"] == f"{taken[0]}批"
    signature = papers.signatures_of(sheet_of(case))["decision"]
    assert signature.person.user.username == taken[0]
