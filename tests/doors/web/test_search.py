"""The box finds what the reader may see, and never shows a whole telephone number."""

import pytest
from django.utils.http import urlencode

from shouwen.doors.web import links
from shouwen.engines.search import actions as search
from shouwen.ground.foundation import clock
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft

KIND = "paper_of_the_test"


@pytest.fixture
def papers(cast, monkeypatch):
    monkeypatch.setattr(links, "_kinds", {})
    links.register(KIND, "单据", "file", "notices:open")
    texts = [
        search.Text(
            1, "260307 海川轴承", clock.now(), cast.division.pk, "电话 13812345678 轴承异响"
        ),
        search.Text(2, "260308 恒信电机", clock.now(), cast.division.pk, "轴承异响，要求退货"),
        search.Text(3, "260309 物业来信", clock.now(), cast.sister.pk, "轴承异响"),
    ]
    search.register(KIND, lambda ids: [text for text in texts if text.object_id in ids])
    for number in (1, 2, 3):
        search.touch_id(KIND, number)
    search.index_waiting()
    yield texts
    search._builders.pop(KIND)


def find(browser, words: str, **more):
    return browser.get(f"/search/?{urlencode({'q': words, **more})}")


def test_two_characters_find_what_is_in_sight(papers, enter):
    text = find(enter("sales"), "异响").content.decode()
    assert "海川轴承" in text
    assert "恒信电机" in text
    assert "物业来信" not in text
    assert "<mark>异响</mark>" in text


def test_another_division_finds_its_own(papers, enter):
    text = find(enter("outsider"), "异响").content.decode()
    assert "物业来信" in text
    assert "海川" not in text


def test_a_number_leads_straight_to_its_record(papers, enter):
    answer = find(enter("sales"), "260307")
    assert answer.status_code == 302
    assert answer["Location"] == "/notices/1/"


def test_a_telephone_number_is_found_whole_and_shown_in_part(papers, enter):
    text = find(enter("sales"), "13812345678").content.decode()
    assert "海川轴承" in text
    assert "138****5678" in text
    assert "13812345678 轴承" not in text


def test_nothing_found_says_what_to_try(papers, enter):
    assert "没有找到" in find(enter("sales"), "不存在的词").content.decode()


@pytest.mark.parametrize("before", ["x", "W10", "WyJhIiwiYiJd"])
def test_a_page_key_that_was_tampered_with_is_none(papers, enter, before):
    assert find(enter("sales"), "异响", before=before).status_code == 200


def test_what_is_typed_is_shown_as_text(papers, enter):
    assert "<script>" not in find(enter("sales"), "<script>alert(1)</script>").content.decode()


def test_a_telephone_number_leads_to_its_owner(cast, enter):
    owner = customers.create_customer(
        cast.division, CustomerDraft("C1", "悦升钣金", "domestic"), by=None
    )
    customers.create_contact(owner, ContactDraft("任敏", phone="13800138000"), by=None)
    for words in ("138 0013 8000", "+8613800138000", "8000"):
        page = enter("sales").get("/search/", {"q": words}).content.decode()
        assert "任敏 · 悦升钣金" in page
    page = enter("quality").get("/search/", {"q": "13800138000"}).content.decode()
    assert "任敏 · 悦升钣金" in page
    assert "138****8000" in page
    assert "任敏" not in enter("quality").get("/search/", {"q": "8000"}).content.decode()
    assert "任敏" not in enter("outsider").get("/search/", {"q": "13800138000"}).content.decode()
