"""A telephone system tells of calls: signed, late, twice, out of order; one call stays one."""

from datetime import timedelta

import pytest

from shouwen.ground.journal.models import Entry
from shouwen.work.telephony import queries
from shouwen.work.telephony.actions import give_extension
from shouwen.work.telephony.models import Call

RINGS = {"call_id": "c-1", "event": "ringing", "caller": "13800138000", "extension": "8001"}


@pytest.fixture
def desk(cast):
    """The agent sits at extension 8001."""
    give_extension(cast.division, "8001", cast.agent, by=cast.keeper)
    return cast.agent


@pytest.fixture
def pbx(let_in):
    return let_in("calls:write", name="电话系统")


def test_a_call_rings_at_the_agents_desk(pbx, desk):
    answer = pbx.post("calls", RINGS)
    assert answer.json() == {
        "call_id": "c-1", "state": "ringing", "extension": "8001", "offered": True,
    }  # fmt: skip
    assert [call.call_id for call in queries.offered(desk)] == ["c-1"]


def test_a_signature_is_as_good_as_a_token(pbx, desk, now):
    assert pbx.signed("calls", RINGS, now.at).status_code == 200
    assert Call.objects.count() == 1


def test_a_forged_signature_an_old_or_an_early_message_are_turned_away(pbx, now):
    assert pbx.signed("calls", RINGS, now.at, secret="0" * 64).status_code == 401
    old, early = now.at - timedelta(minutes=6), now.at + timedelta(minutes=6)
    assert pbx.signed("calls", RINGS, old).status_code == 401
    assert pbx.signed("calls", RINGS, early).status_code == 401
    stamp = {"X-Shouwen-Timestamp": str(int(now.at.timestamp()) + 1)}
    assert pbx.signed("calls", RINGS, now.at, **stamp).status_code == 401
    wild = {"X-Shouwen-Timestamp": "9" * 400}
    assert pbx.signed("calls", RINGS, now.at, **wild).status_code == 401
    assert pbx.signed("calls", RINGS, now.at, **{"X-Shouwen-Client": "ffffffff"}).status_code == 401
    assert not Call.objects.exists()


def test_a_recorded_message_played_again_changes_nothing_and_later_is_refused(pbx, now):
    then = now.at
    pbx.signed("calls", RINGS, then)
    assert pbx.signed("calls", RINGS, then).status_code == 200
    assert Call.objects.count() == 1
    assert Entry.objects.filter(event="call.ringing").count() == 1
    now.wait(minutes=6)
    assert pbx.signed("calls", RINGS, then).status_code == 401


def test_a_changed_body_breaks_the_signature(pbx, now):
    good = pbx.signed("calls", RINGS, now.at)
    assert good.status_code == 200
    from shouwen.doors.api import tokens

    stamp = str(int(now.at.timestamp()))
    forged = tokens.signature(pbx.issued.signing_secret, stamp, b'{"call_id": "c-2"}')
    headers = {
        "X-Shouwen-Client": pbx.issued.client.prefix, "X-Shouwen-Timestamp": stamp,
        "X-Shouwen-Signature": forged,
    }  # fmt: skip
    answer = pbx.client.post(
        "/api/v1/calls", b'{"call_id": "c-3"}', "application/json", headers=headers
    )
    assert answer.status_code == 401


def test_events_out_of_order_end_in_the_same_call(pbx, desk, now):
    start = now.at
    events = [
        {**RINGS, "event": "ended", "at": "2026-03-11T09:59:30+08:00"},
        {**RINGS, "event": "ringing", "at": "2026-03-11T09:58:00+08:00"},
        {**RINGS, "event": "answered", "at": "2026-03-11T09:58:10+08:00"},
        {**RINGS, "event": "ringing", "at": "2026-03-11T09:58:05+08:00"},
    ]
    states = [pbx.post("calls", event).json()["state"] for event in events]
    assert states == ["ended"] * 4
    call = Call.objects.get()
    assert (call.rang_at, call.answered_at, call.ended_at) == (
        start.replace(minute=58, hour=9), start.replace(minute=58, second=10, hour=9),
        start.replace(minute=59, second=30, hour=9),
    )  # fmt: skip
    assert not call.is_missed


def test_the_telephone_that_answers_counts(pbx, desk, cast):
    give_extension(cast.division, "8002", cast.cs_director, by=cast.keeper)
    pbx.post("calls", RINGS)
    pbx.post("calls", {**RINGS, "extension": "8002"})
    pbx.post("calls", {**RINGS, "event": "answered"})
    assert Call.objects.get().agent == desk
    pbx.post("calls", {**RINGS, "extension": "8002"})
    assert Call.objects.get().agent == desk


def test_an_unknown_extension_is_kept_and_offered_to_nobody(pbx):
    assert pbx.post("calls", {**RINGS, "extension": "9999"}).json()["offered"] is False


def test_two_systems_may_use_the_same_call_id(pbx, let_in):
    pbx.post("calls", RINGS)
    let_in("calls:write", name="另一台").post("calls", RINGS)
    assert Call.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"event": "flying"}, {"call_id": ""}, {"call_id": "x" * 201}, {"call_id": "a\x00b"},
        {"caller": "x" * 41}, {"extension": "<script>" * 9}, {"at": "yesterday"},
        {"at": "2026-03-11T11:00:00+08:00"}, {"at": "2026-03-11T09:00:00"}, {"agent": 1},
    ],
)  # fmt: skip
def test_what_is_no_event_is_turned_away(pbx, change):
    assert pbx.post("calls", RINGS | change).status_code == 422
    assert not Call.objects.exists()
