"""Who comes in, who is kept out, and how a demo lets one try every post."""

import pytest
from django.test import Client

from shouwen.doors.demo.complaints import Filling
from shouwen.doors.web.account import views
from shouwen.ground.org import actions as org
from shouwen.ground.org.models import Person

PASSWORD = "a long enough one"


@pytest.fixture
def keeper(cast) -> Person:
    cast.sales.user.set_password(PASSWORD)
    cast.sales.user.save()
    return cast.sales


def sign_in(client: Client, password: str = PASSWORD, **more):
    return client.post("/sign-in/", {"username": "sales", "password": password, **more})


def test_user_name_and_password_lead_to_where_one_wanted_to_go(keeper):
    answer = sign_in(Client(), next="/keys/")
    assert answer.status_code == 302
    assert answer["Location"] == "/keys/"


@pytest.mark.parametrize(
    "trap", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_never_to_another_site(keeper, trap):
    assert sign_in(Client(), next=trap)["Location"] == "/"


def test_a_wrong_password_says_neither_which_and_keeps_the_name(keeper):
    answer = sign_in(Client(), "wrong")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "用户名或密码不对" in text
    assert 'value="sales"' in text
    assert "wrong" not in text


def test_after_five_wrong_ones_even_the_right_one_waits(keeper):
    client = Client()
    for _ in range(5):
        answer = sign_in(client, "wrong")
    assert answer.status_code == 429
    assert "15 分钟" in sign_in(client).content.decode()


def test_behind_a_proxy_a_guesser_locks_out_himself_alone(keeper, settings):
    settings.PROXIES = 1
    there, here = ({"X-Forwarded-For": address} for address in ("203.0.113.7", "203.0.113.8"))
    guesser, words = Client(headers=there), {"username": "sales", "password": "wrong"}
    statuses = [guesser.post("/sign-in/", words).status_code for _ in range(5)]
    assert statuses[-1] == 429
    assert sign_in(Client(headers=here)).status_code == 302


def test_one_who_left_cannot_come_in_and_is_out_at_once(keeper):
    client = Client()
    sign_in(client)
    org.leave(keeper, reason="离职")
    assert client.get("/")["Location"].startswith("/sign-in/")
    assert sign_in(Client()).status_code == 422


def test_a_page_asks_to_sign_in_and_comes_back(cast):
    assert Client().get("/keys/?a=1")["Location"] == "/sign-in/?next=%2Fkeys%2F%3Fa%3D1"


def test_a_fragment_sends_the_whole_page_to_sign_in(cast):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/keys/"}
    answer = Client().get("/", headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fkeys%2F"


def test_a_demo_offers_everybody_with_one_click(cast, settings):
    settings.DEMO = True
    client = Client()
    page = client.get("/sign-in/").content.decode()
    assert "业务部" in page
    assert f'value="{cast.gm.pk}"' in page
    client.post("/sign-in/as/", {"person": cast.gm.pk})
    assert cast.gm.name in client.get("/").content.decode()


def test_a_demo_says_how_much_of_its_year_is_still_to_come(cast, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(views, "filling", lambda _at: Filling(54, 367))
    for page in (Client().get("/sign-in/"), _signed_in(cast).get("/switch/")):
        assert "已有 54 件，还有 367 件" in page.content.decode()
    monkeypatch.setattr(views, "filling", lambda _at: None)
    assert "后台补齐" not in Client().get("/sign-in/").content.decode()


def _signed_in(cast) -> Client:
    client = Client()
    client.force_login(cast.sales.user, views.BACKEND)
    return client


def test_outside_a_demo_nobody_is_offered_and_nobody_gets_in(cast):
    client = Client()
    assert cast.gm.name not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/as/", {"person": cast.gm.pk}).status_code == 404


def test_the_language_stays_with_the_person(enter, cast):
    enter("sales").post("/language/", {"language": "en"})
    cast.sales.refresh_from_db()
    assert cast.sales.language == "en"
    assert '<html lang="en"' in enter("sales").get("/").content.decode()


def test_a_page_open_too_long_keeps_what_was_typed(keeper):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "sales", "password": PASSWORD})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "sales" in text
    assert PASSWORD not in text
