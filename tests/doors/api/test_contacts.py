"""Another system tells us of contacts: once each, by its own rights, with clear errors."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.doors.api import actions
from shouwen.ground.journal.models import Entry
from shouwen.work.interactions.actions import Draft, record_interaction
from shouwen.work.interactions.models import Interaction

TOLD = {"body": "客户问发票何时寄出。", "name": "王采购", "phone": "138 0013 8000"}
KEY = "order-2026-0001"


def error(answer):
    return answer.json()["error"]


def test_a_contact_is_recorded_as_any_other(system, cast):
    answer = system.post("contacts", {**TOLD, "customer": "DF", "wanted": "本周收到"}, key=KEY)
    assert answer.status_code == 201
    row = Interaction.objects.select_related("text").get()
    assert (row.customer, row.taker, row.channel) == (cast.customer, None, "api")
    assert answer.json()["number"] == row.number == "260311-001"
    assert answer.json()["customer"] == {"code": "DF", "name": "东方机电"}
    assert row.text.wanted == "本周收到"
    assert Entry.objects.filter(event="interaction.recorded", subject_id=row.pk).count() == 1


def test_the_same_key_gives_the_first_answer_and_another_body_is_refused(system):
    first = system.post("contacts", TOLD, key=KEY)
    again = system.post("contacts", TOLD, key=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    other = system.post("contacts", {**TOLD, "body": "别的事情。"}, key=KEY)
    assert other.status_code == 409
    assert error(other)["code"] == "key_used"
    assert Interaction.objects.count() == 1


def test_a_key_is_its_clients_own(system, let_in):
    system.post("contacts", TOLD, key=KEY)
    other = let_in(name="另一系统").post("contacts", TOLD, key=KEY)
    assert other.status_code == 201
    assert Interaction.objects.count() == 2


def test_what_was_refused_leaves_the_key_free(system):
    assert system.post("contacts", {**TOLD, "customer": "NONE"}, key=KEY).status_code == 422
    assert system.post("contacts", TOLD, key=KEY).status_code == 201


def test_one_thing_under_two_keys_is_recorded_once(system):
    told = {**TOLD, "external_id": "ticket 7"}
    first = system.post("contacts", told, key=KEY)
    second = system.post("contacts", told, key="another-key")
    assert first.json()["number"] == second.json()["number"]
    assert Interaction.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 201, "ключ-ключ", "a b\tc d e f g"])
def test_a_request_without_a_usable_key_is_not_done(system, key):
    answer = system.post("contacts", TOLD, key=key)
    assert answer.status_code == 400
    assert error(answer)["code"] == "no_key"
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b"{", 400, None),
        (b"[" * 60_000, 400, None),
        (b"[]", 422, ""),
        (b"\xff\xfe", 400, None),
        ({}, 422, "body"),
        ({**TOLD, "body": ""}, 422, "body"),
        ({**TOLD, "body": "x" * 8001}, 422, "body"),
        ({**TOLD, "body": "a\x00b"}, 422, "body"),
        ({**TOLD, "name": "two\nlines"}, 422, "name"),
        ({**TOLD, "name": "x" * 61}, 422, "name"),
        ({**TOLD, "phone": 13800138000}, 422, "phone"),
        ({**TOLD, "channel": "pigeon"}, 422, "channel"),
        ({**TOLD, "spoken_at": "2026-03-11T09:00:00"}, 422, "spoken_at"),
        ({**TOLD, "spoken_at": "2026-03-12T09:00:00+08:00"}, 422, "at"),
        ({**TOLD, "taker": 1}, 422, "taker"),
        ({**TOLD, "definite": True}, 422, "definite"),
    ],
)
def test_what_is_not_as_it_must_be_is_told_at_its_field(system, body, status, field):
    answer = system.post("contacts", body, key=KEY)
    assert answer.status_code == status, answer.content
    assert not Interaction.objects.exists()
    if field is not None:
        assert [one["field"] for one in error(answer)["reasons"]][:1] == [field]
    assert "Traceback" not in answer.content.decode()


def test_a_lone_surrogate_is_turned_away(system):
    raw = b'{"body": "\\ud800 text"}'
    assert system.post("contacts", raw, key=KEY).status_code == 422


def test_script_and_formula_are_words(system):
    words = '<script>alert(1)</script> =HYPERLINK("x") {{ 7*7 }} \' OR 1=1 --'
    answer = system.post("contacts", {**TOLD, "body": words}, key=KEY)
    assert answer.json()["body"] == words
    assert answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "text/xml"])
def test_only_json_is_read(system, kind):
    answer = system.post("contacts", json.dumps(TOLD).encode(), key=KEY, kind=kind)
    assert answer.status_code == 415


def test_a_large_request_is_turned_away_before_it_is_read(system):
    answer = system.post("contacts", {**TOLD, "body": "x" * 70_000}, key=KEY)
    assert answer.status_code == 413
    assert error(answer)["code"] == "too_large"


def test_errors_speak_the_language_asked_for(system):
    answer = system.post("contacts", {}, key=KEY, **{"Accept-Language": "en"})
    assert error(answer)["reasons"][0]["message"] == "Required"


def test_our_mistake_is_told_without_its_trace(system, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("shouwen.work.interactions.actions.record_interaction", broken)
    system.client.raise_request_exception = False
    answer = system.post("contacts", TOLD, key=KEY)
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert error(answer)["code"] == "broken"


def test_a_contact_is_read_by_its_number_with_numbers_masked(let_in, cast):
    mask, clear = let_in("contacts:read", name="只读"), let_in(name="全权")
    made = clear.post("contacts", {**TOLD, "email": "wang@df.example"}, key=KEY).json()
    masked = mask.get(f"contacts/{made['number']}").json()
    assert (masked["phone"], masked["email"]) == ("138****8000", "w****@df.example")
    assert "13800138000" not in str(masked)
    assert clear.get(f"contacts/{made['number']}").json()["phone"] == "138 0013 8000"


def test_contacts_of_another_division_do_not_exist(let_in, cast):
    there = let_in(name="物业系统", division=cast.sister)
    here = let_in(name="工厂系统")
    number = here.post("contacts", {**TOLD, "customer": "DF"}, key=KEY).json()["number"]
    assert there.get(f"contacts/{number}").status_code == 404
    assert there.get("contacts", customer="DF").status_code == 404
    assert there.post("customers/lookup", {"phone": TOLD["phone"]}).json() == {"items": []}


@pytest.mark.parametrize("number", ["../../etc/passwd", "' OR 1=1", "%00", "x" * 3000, "2603-9"])
def test_a_made_up_number_finds_nothing(system, number):
    assert system.get(f"contacts/{number}").status_code == 404


def test_a_customers_contacts_come_in_pages_that_cost_the_same(system, cast):
    for n in range(7):
        record_interaction(
            Draft(cast.division, f"第 {n} 次来电", customer=cast.customer), by=cast.agent
        )
    seen, after = [], ""
    while True:
        with CaptureQueriesContext(
            connection,
        ) as taken:
            page = system.get("contacts", customer="DF", limit=3, after=after).json()
        seen += [one["body"] for one in page["items"]]
        assert len(taken) <= 8
        if not (after := page["next"]):
            break
    assert seen == [f"第 {n} 次来电" for n in reversed(range(7))]


@pytest.mark.parametrize("after", ["x", "W10", "eyJhIjoxfQ", "WyJhIl0", "WzFlOTk5XQ"])
def test_a_made_up_page_mark_is_refused(system, after):
    assert system.get("contacts", customer="DF", after=after).status_code == 422


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many"])
def test_a_page_has_its_bounds(system, limit):
    assert system.get("contacts", customer="DF", limit=limit).status_code == 422


def test_who_calls_is_found_by_a_whole_number_only(system, let_in):
    found = system.post("customers/lookup", {"phone": "+86 138-0013-8000"}).json()["items"]
    assert [(one["customer"]["code"], one["contact"]) for one in found] == [("DF", "王采购")]
    assert found[0]["phone"] == "138 0013 8000" or found[0]["phone"] == "13800138000"
    assert system.post("customers/lookup", {"phone": "1380013"}).json() == {"items": []}
    masked = let_in("customers:read", name="只查").post(
        "customers/lookup", {"phone": "13800138000"}
    )
    assert masked.json()["items"][0]["phone"] == "138****8000"


def test_old_answers_are_dropped_and_still_nothing_is_recorded_twice(system, now):
    first = system.post("contacts", TOLD, key=KEY).json()
    now.wait(days=8)
    assert actions.forget(now.at) == 1
    assert system.post("contacts", TOLD, key=KEY).json()["number"] == first["number"]
    assert Interaction.objects.count() == 1
