"""The room of knowledge through a browser: found, made, confirmed, counted, decided, refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.engines.search import actions as search
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.org.models import Person
from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.regulations.vocabulary.knowledge import take_enquiries
from shouwen.work.cases.centre import replying
from shouwen.work.interactions.models import Interaction
from shouwen.work.knowledge import articles, shifts, taboo
from shouwen.work.knowledge.models import Article, Bulletin, ShiftCheck, Summary, TabooPhrase


@pytest.fixture
def day():
    """The last week of a quarter."""
    with rehearsal("2025-03-28 09:00") as time:
        yield time


@pytest.fixture
def asked(centre, day):
    """An answered consultation."""
    case = open_matter(
        centre.centre, centre.resident, "consultation", "parking", "停车证怎么办",
        "新车停车证需要哪些材料？", by=centre.agent,
    )  # fmt: skip
    go_on(case, by=centre.agent)
    data = {"text": "带行驶证和房产证到前台办理。", "satisfied": "yes_"}
    go_on(case, data=data, by=centre.agent)
    day.wait(minutes=1)
    return case


def text(answer):
    return answer.content.decode()


def test_an_article_is_made_confirmed_found_and_used(centre, as_, asked):
    page = as_(centre.agent).get(f"/knowledge/from/{asked.pk}/")
    assert "带行驶证和房产证到前台办理。" in text(page)
    words = {"question": "停车证怎么办", "answer": "带行驶证。", "category": ""}
    answer = as_(centre.agent).post(f"/knowledge/from/{asked.pk}/", words)
    article = Article.objects.get()
    assert answer["Location"] == f"/knowledge/articles/{article.pk}/"
    own = as_(centre.agent).post(f"/knowledge/articles/{article.pk}/acts/confirm/", {"revision": 0})
    assert own.status_code == 409
    assert "R3-27" in text(own)
    as_(centre.second_agent).post(
        f"/knowledge/articles/{article.pk}/acts/confirm/", {"revision": 0}
    )
    search.index_waiting()
    browser = as_(centre.second_agent)
    assert "停车证怎么办" in text(browser.get("/knowledge/?q=行驶证"))
    assert "停车证怎么办" not in text(browser.get("/knowledge/?q=电梯"))
    assert "带行驶证。" in text(browser.get("/knowledge/offer/?title=停车证如何办理"))
    assert "用于此件" in text(browser.get(f"/knowledge/offer/?case={asked.pk}"))
    browser.post(f"/knowledge/articles/{article.pk}/acts/use/", {"case": asked.pk})
    article.refresh_from_db()
    assert article.uses == 1


def test_what_lacks_comes_back_at_its_field(centre, as_, asked):
    answer = as_(centre.agent).post(f"/knowledge/from/{asked.pk}/", {"question": "停车证"})
    assert answer.status_code == 422
    assert "停车证" in text(answer)
    refused = as_(centre.guard).post(
        f"/knowledge/from/{asked.pk}/", {"question": "停车证", "answer": "带行驶证"}
    )
    assert refused.status_code == 422
    assert not Article.objects.exists()


def test_an_article_of_another_division_is_not_to_be_seen(centre, as_, asked):
    row = articles.write(asked, articles.Wording("停车证", "带证"), by=centre.agent)
    assert as_(centre.branch_agent).get(f"/knowledge/articles/{row.pk}/").status_code == 404
    assert as_(centre.branch_agent).get(f"/knowledge/offer/?case={asked.pk}").status_code == 404


def test_words_are_warned_of_while_they_are_typed(centre, as_, asked):
    browser = as_(centre.agent)
    said = browser.post(f"/knowledge/taboo/check/{asked.pk}/", {"reply-text": "这个<我 不知道>"})
    assert "<mark>不知道</mark>" in text(said)
    assert "&lt;我" in text(said)
    assert text(browser.post(f"/knowledge/taboo/check/{asked.pk}/", {"text": "好的"})).strip() == ""
    assert not Interaction.objects.filter(text__body__contains="我 不知道").exists()


def test_a_refused_answer_names_phrase_clause_and_what_to_say(centre, as_, day):
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    words = {"reply-text": "这事不归我管", "reply-channel": "mail"}
    answer = as_(centre.agent).post(f"/cases/{case.pk}/deals/reply/", words)
    assert answer.status_code == 422
    page = text(answer)
    assert "R3-28" in page
    assert "【不归我管】" in page
    assert taboo.INSTEAD in page
    assert 'hx-post="/knowledge/taboo/check/' in page


def test_the_list_is_kept_by_the_director(centre, as_, day):
    director = as_(centre.director)
    words = {"phrase": "随便你", "instead": "我来为您了解"}
    assert director.post("/knowledge/taboo/", words).status_code == 302
    row = TabooPhrase.objects.get(phrase="随便你")
    assert "随便你" in text(director.get("/knowledge/taboo/"))
    assert director.post("/knowledge/taboo/", words).status_code == 422
    assert as_(centre.agent).post("/knowledge/taboo/", words).status_code == 409
    assert as_(centre.agent).post(f"/knowledge/taboo/{row.pk}/end/").status_code == 409
    assert as_(centre.director).post(f"/knowledge/taboo/{row.pk}/end/").status_code == 302


def test_what_is_said_instead_is_worded_by_the_company_for_each_occasion(centre, as_, day):
    browser = as_(centre.agent)
    assert "请问有什么可以帮您" in text(browser.get("/knowledge/taboo/"))
    Person.objects.filter(pk=centre.agent.pk).update(language="en")
    assert "How may I help you?" in text(as_(centre.agent).get("/knowledge/taboo/"))
    org.set_value("R8-29.phrases", None, division=centre.centre)
    assert "How may I help you?" not in text(browser.get("/knowledge/taboo/"))


def test_what_was_found_is_listed_for_the_director_alone(centre, as_, asked):
    replying.reply(asked, "我不知道。", channel="phone", definite=False, by=centre.agent)
    taboo.find_spoken()
    page = text(as_(centre.director).get("/knowledge/taboo/hits/"))
    assert "【不知道】" in page
    assert f"/cases/{asked.pk}/" in page
    assert as_(centre.agent).get("/knowledge/taboo/hits/").status_code == 409


def test_the_missing_records_of_a_day_are_listed_by_agent(centre, as_, day):
    take_enquiries(centre.centre, centre.resident, 2, by=centre.agent)
    with rehearsal("2025-03-28 18:00"):
        shifts.check_shifts()
        check = ShiftCheck.objects.get(enquiries__gt=0)
        page = text(as_(centre.shift_lead).get(f"/knowledge/shifts/{check.pk}/"))
        assert "缺 2 件" in page
        assert page.count("去登记") == 2
        assert as_(centre.branch_agent).get(f"/knowledge/shifts/{check.pk}/").status_code == 404


def test_from_the_summary_to_the_board(centre, as_, asked):
    agent = as_(centre.agent)
    agent.post("/knowledge/summaries/draw-up/", {"period": "2025-Q1"})
    summary = Summary.objects.get()
    here = f"/knowledge/summaries/{summary.pk}/"
    assert agent.post(f"{here}acts/submit/", {"comment": ""}).status_code == 422
    assert agent.post(f"{here}acts/submit/", {"comment": "停车问得最多"}).status_code == 302
    assert "停车证怎么办" in text(agent.get(f"{here}counted/?by=category&key=parking"))
    assert agent.get(f"{here}counted/?by=owner&key=1").status_code == 404
    assert agent.get(f"{here}pdf/")["Content-Type"] == "application/pdf"
    assert agent.get(f"{here}export/").content.startswith(b"PK")
    key = "停车证怎么办"
    typed = {"title_1": "停车证办理", "text_1": "带行驶证。", "question_1": key,
             "title_en_1": "Parking permits", "text_en_1": "Bring the licence."}  # fmt: skip
    assert agent.post(f"{here}bulletin/", typed).status_code == 422
    director = as_(centre.director)
    wrong = director.post(f"{here}bulletin/", {**typed, "question_1": ""})
    assert wrong.status_code == 422
    assert "带行驶证。" in text(wrong)
    director.post(f"{here}bulletin/", typed)
    row = Bulletin.objects.get()
    assert row.topics.get().text_en == "Bring the licence."
    address = f"/knowledge/bulletins/{row.pk}/"
    assert as_(centre.guard).get(address).status_code == 404
    as_(centre.director).post(f"{address}publication/")
    guard = as_(centre.guard)
    assert "停车证办理" in text(guard.get(address))
    assert guard.get(f"{address}pdf/")["Content-Type"] == "application/pdf"
    with rehearsal("2025-04-01 08:00"):
        assert "带行驶证。" in text(as_(centre.guard).get("/knowledge/bulletins/"))


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/knowledge/", 6),
        ("/knowledge/taboo/", 5),
        ("/knowledge/shifts/", 5),
        ("/knowledge/summaries/", 5),
        ("/knowledge/bulletins/", 6),
    ],
)
def test_a_list_costs_few_statements(centre, as_, asked, address, most):
    for title in ("停车证", "装修押金", "电梯卡"):
        articles.write(asked, articles.Wording(title, "见告示"), by=centre.agent)
    browser = as_(centre.agent)
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert browser.get(address).status_code == 200
    assert len(counted) <= most, [one["sql"][:120] for one in counted]
