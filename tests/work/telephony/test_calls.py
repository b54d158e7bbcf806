"""A call is offered to whose telephone rings, becomes one contact, and is then offered no more."""

import pytest
from casting import company

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.interactions.actions import Draft, record_interaction
from shouwen.work.telephony import queries
from shouwen.work.telephony.actions import Heard, bind, end_extension, give_extension, hear
from shouwen.work.telephony.models import Extension

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    with rehearsal("2026-03-11 10:00") as time:
        yield time


@pytest.fixture
def cast(now):
    made = company()
    give_extension(made.division, "8001", made.agent, by=made.keeper)
    return made


def ring(cast, event="ringing", call="c-1", **more):
    told = Heard(call, event, **{"caller": "13800138000", "extension": "8001", **more})
    return hear(told, division=cast.division, source="api:1")


def test_a_running_call_is_offered_and_a_lost_one_is_forgotten(cast, now):
    ring(cast)
    assert queries.offered(cast.agent).count() == 1
    assert not queries.offered(cast.sales).exists()
    now.wait(hours=3)
    assert not queries.offered(cast.agent).exists()


def test_an_answered_call_is_offered_a_while_after_its_end_and_a_missed_one_is_not(cast, now):
    ring(cast, "answered")
    ring(cast, "ended")
    ring(cast, call="c-2")
    ring(cast, "ended", call="c-2")
    assert [call.call_id for call in queries.offered(cast.agent)] == ["c-1"]
    now.wait(minutes=31)
    assert not queries.offered(cast.agent).exists()


def test_a_call_becomes_one_contact(cast):
    call = ring(cast)
    draft = Draft(cast.division, "问发票", source=call.source, external_id=call.call_id)
    row = record_interaction(draft, by=cast.agent)
    assert record_interaction(draft, by=cast.agent) == row
    bind(call, row, by=cast.agent)
    bind(call, row, by=cast.agent)
    assert not queries.offered(cast.agent).exists()
    other = record_interaction(Draft(cast.division, "别的"), by=cast.agent)
    with pytest.raises(Refused):
        bind(call, other, by=cast.agent)


def test_a_telephone_has_one_user_and_only_the_keeper_gives_it(cast):
    give_extension(cast.division, "8001", cast.sales, by=cast.keeper)
    rows = Extension.objects.filter(number="8001", until__isnull=True)
    assert [row.person for row in rows] == [cast.sales]
    assert ring(cast).agent == cast.sales
    for wrong in (
        lambda: give_extension(cast.division, "8002", cast.sales, by=cast.sales),
        lambda: give_extension(cast.division, "80x2", cast.sales, by=cast.keeper),
        lambda: give_extension(cast.division, "", cast.sales, by=cast.keeper),
        lambda: give_extension(cast.division, "8002", cast.outsider, by=cast.keeper),
        lambda: end_extension(rows[0], by=cast.agent),
    ):
        with pytest.raises(Refused):
            wrong()
    end_extension(rows[0], by=cast.keeper)
    assert ring(cast, call="c-9").agent is None
