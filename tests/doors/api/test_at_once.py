"""A request sent many times at the same moment is done once; everybody gets one answer."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from casting import company
from django.db import connections
from django.test import Client

from shouwen.doors.api.actions import create_client
from shouwen.doors.api.models import KeptAnswer
from shouwen.engines.limits import actions as limits
from shouwen.engines.limits.rules import Limit
from shouwen.ground.journal.models import Entry
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.models import Call

HANDS = 8


@pytest.fixture
def token(transactional_db):
    cast = company()
    return create_client(cast.division, "x", ["contacts:write", "calls:write"], by=None).token


def at_once(send):
    gate = threading.Barrier(HANDS)

    def one(number):
        try:
            gate.wait(10)
            return send(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def post(token, path, body, **headers):
    client = Client(raise_request_exception=False)
    return client.post(
        f"/api/v1/{path}", json.dumps(body).encode(), "application/json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )  # fmt: skip


def test_one_key_sent_by_many_hands_is_one_contact(token):
    told = {"body": "客户问发票。", "name": "王"}
    headers = {"Idempotency-Key": "parallel-key"}
    answers = at_once(lambda _: post(token, "contacts", told, **headers))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert Interaction.objects.count() == KeptAnswer.objects.count() == 1
    replayed = [answer.get("Idempotency-Replayed") for answer in answers]
    assert replayed.count("true") == HANDS - 1


def test_one_thing_under_many_keys_is_one_contact(token):
    told = {"body": "客户问发票。", "external_id": "ticket 7"}
    answers = at_once(
        lambda n: post(token, "contacts", told, **{"Idempotency-Key": f"another-{n}"})
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert Interaction.objects.count() == 1


def test_one_event_of_a_call_told_by_many_hands_is_one_fact(token):
    rings = {"call_id": "c-1", "event": "ringing", "at": "2026-01-05T09:00:00+08:00"}
    answers = at_once(lambda _: post(token, "calls", rings))
    assert {answer.status_code for answer in answers} == {200}
    assert Call.objects.count() == 1
    assert Entry.objects.filter(event="call.ringing").count() == 1


def test_tries_at_the_same_moment_are_all_counted(transactional_db):
    from datetime import timedelta

    limit = Limit("test", 100, timedelta(days=365))
    at_once(lambda _: limits.spend(limit, "somebody"))
    assert limits.spent(limit, "somebody").count == HANDS
