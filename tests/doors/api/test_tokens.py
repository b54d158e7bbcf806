"""Who comes in: whoever holds a whole token with the right, not shut out, not too often."""

import pytest
from django.test import Client

from shouwen.doors.api import actions, tokens
from shouwen.doors.api.models import ApiClient
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry

CALL = {"call_id": "c-1", "event": "ringing", "caller": "13800138000", "extension": "8001"}


def test_a_token_is_shown_once_and_kept_as_a_digest(cast):
    issued = actions.create_client(cast.division, "工单系统", ["calls:write"], by=cast.keeper)
    row = ApiClient.objects.get()
    assert issued.token not in str(ApiClient.objects.values())
    assert tokens.read(issued.token).digest == row.digest
    assert issued.token not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("who", ["sales", "agent", "gm", "hr", "outsider"])
def test_only_the_keeper_lets_systems_in_and_shuts_them_out(cast, who):
    person = getattr(cast, who)
    with pytest.raises(Refused):
        actions.create_client(cast.division, "x", ["calls:write"], by=person)
    client = actions.create_client(cast.division, "y", ["calls:write"], by=None).client
    with pytest.raises(Refused):
        actions.revoke_client(client, by=person)


@pytest.mark.parametrize("scopes", [[], ["everything"], ["calls:write", "admin"]])
def test_rights_are_those_there_are(cast, scopes):
    with pytest.raises(Refused):
        actions.create_client(cast.division, "x", scopes, by=cast.keeper)


@pytest.mark.parametrize(
    "token", ["", "x", "sw_00000000_" + "0" * 48, "Bearer", "sw_" + "é" * 8, "a" * 5000]
)
def test_what_is_no_token_opens_nothing(system, token):
    answer = system.get("contacts", token=token or "-", customer="DF")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_changed_secret_opens_nothing(system):
    wrong = system.issued.token[:-1] + ("0" if system.issued.token[-1] != "0" else "1")
    assert system.get("contacts", token=wrong, customer="DF").status_code == 401


def test_a_session_of_ours_opens_nothing(cast):
    client = Client()
    client.force_login(cast.keeper.user, "shouwen.doors.web.account.users.UserBackend")
    assert client.get("/api/v1/contacts?customer=DF").status_code == 401


def test_who_was_shut_out_stays_outside(system, cast):
    assert system.get("contacts", customer="DF").status_code == 200
    actions.revoke_client(system.issued.client, by=cast.keeper)
    assert system.get("contacts", customer="DF").status_code == 401
    assert Entry.objects.filter(event="apiclient.revoked").count() == 1


@pytest.mark.parametrize("scope", list(actions.SCOPES))
def test_each_right_opens_its_own_address_only(let_in, scope):
    system = let_in(scope, name=scope)
    answers = {
        "contacts:write": system.post("contacts", {"body": "发票"}, key="12345678"),
        "contacts:read": system.get("contacts", customer="DF"),
        "cases:read": system.get("cases"),
        "customers:read": system.post("customers/lookup", {"phone": "13800138000"}),
        "calls:write": system.post("calls", CALL),
    }
    opened = {right for right, answer in answers.items() if answer.status_code < 300}
    assert opened == {scope} - {"phones:read"}
    assert {answer.status_code for right, answer in answers.items() if right not in opened} == {403}


def test_when_a_system_was_here_last_is_noted(system, now):
    system.get("contacts", customer="DF")
    client = ApiClient.objects.get()
    assert client.last_used_at == now.at


def test_a_client_has_so_many_requests_a_minute(system, settings, now):
    settings.API_RATE = 3
    codes = [system.get("contacts", customer="DF").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    assert 1 <= int(system.get("contacts", customer="DF")["Retry-After"]) <= 60
    now.wait(minutes=1)
    assert system.get("contacts", customer="DF").status_code == 200


def test_who_guesses_tokens_is_stopped_by_where_he_comes_from(system, settings, now):
    for _ in range(20):
        assert system.get("contacts", token="sw_x", customer="DF").status_code == 401
    assert system.get("contacts", token="sw_x", customer="DF").status_code == 429
    assert system.get("contacts", customer="DF").status_code == 429  # he may have found one
    now.wait(minutes=10)
    assert system.get("contacts", customer="DF").status_code == 200


def test_who_is_asking_costs_one_statement(system, settings, django_assert_num_queries):
    settings.API_RATE = 100_000  # so large a rate is written by hundredths
    system.get("cases")
    with django_assert_num_queries(2):  # who asks, and whether he guessed; then the list
        assert system.get("cases").status_code == 200


def test_a_visitor_cannot_choose_his_own_address(rf, settings):
    from shouwen.doors.api.visitors import address

    asked = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 10.0.0.9"}, REMOTE_ADDR="10.0.0.1")
    assert address(asked) == "10.0.0.1"
    settings.PROXIES = 1
    assert address(asked) == "10.0.0.9"
    settings.PROXIES = 3
    assert address(asked) == "10.0.0.1"


def test_the_openapi_document_is_served_to_everybody_and_names_every_address():
    told = Client().get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/v1/contacts", "/api/v1/contacts/{number}", "/api/v1/customers/lookup",
        "/api/v1/calls", "/api/v1/cases", "/api/v1/cases/{number}", "/api/v1/search",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["", "v2/contacts", "v1/nothing", "v1/contacts/a/b"])
def test_an_address_that_does_not_exist_is_said_in_json(system, path):
    answer = system.client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
