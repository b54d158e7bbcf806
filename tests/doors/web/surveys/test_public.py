"""The customer's page: no account, one set of answers, nothing of anybody."""

import pytest
from django.test import Client

from shouwen.doors.web.surveys import public
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Response


@pytest.fixture
def link(works):
    return f"/q/{works.mail.token}/"


def test_it_asks_without_an_account_and_names_nobody(link, works):
    page = Client().get(link)
    text = page.content.decode()
    assert page.status_code == 200
    assert works.paper.title in text
    assert works.far.name not in text
    assert works.near.name not in text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_answers_are_taken_once_and_a_second_sending_thanks(link, typed):
    browser = Client()
    assert browser.post(link, typed(5)).status_code == 302
    again = browser.post(link, typed(1))
    assert again.status_code == 200
    assert "谢谢您" in again.content.decode()
    assert "谢谢您" in browser.get(link).content.decode()
    assert Response.objects.count() == 1
    assert set(Response.objects.get().replies.values_list("mark", flat=True)) == {5}


def test_what_is_missing_is_said_at_its_question_and_nothing_is_lost(link, typed, works):
    first = works.paper.questions.first()
    sent = {key: value for key, value in typed(4).items() if key != f"q{first.pk}"}
    page = Client().post(link, sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count("请回答这一题") == 1
    assert text.count("checked") == len(sent)
    assert not Response.objects.exists()


@pytest.mark.parametrize("value", ["6", "0", "-1", "abc", "1; DROP", "9" * 400])
def test_what_was_made_up_is_refused(link, typed, value, works):
    first = works.paper.questions.first()
    assert Client().post(link, typed(4) | {f"q{first.pk}": value}).status_code == 422
    assert not Response.objects.exists()


@pytest.mark.parametrize("token", ["x", "A" * 32, "../admin", "%00", "🙂"])
def test_what_is_no_link_says_so(works, token):
    page = Client().get(f"/q/{token}/")
    assert page.status_code == 404


def test_a_link_of_yesterday_says_that_it_is_over(link, typed, works, now):
    now.wait(days=21)
    assert Client().get(link).status_code == 410
    assert Client().post(link, typed(5)).status_code == 410
    assert not Response.objects.exists()


def test_a_campaign_that_was_closed_or_not_begun_takes_nothing(works, link):
    surveys.close(works.campaign, by=works.cs_director)
    assert "调查已经结束" in Client().get(link).content.decode()


def test_a_flood_is_slowed_down_and_hinders_nobody_else(link, works):
    browser = Client()
    statuses = [browser.get(link).status_code for _each in range(public.ASKED.most + 1)]
    assert statuses[-2:] == [200, 429]
    assert browser.get(f"/q/{works.fax.token}/").status_code == 200


def test_whoever_tries_links_in_vain_is_slowed_down_too(link):
    browser = Client()
    statuses = [browser.get(f"/q/{n:022}/").status_code for n in range(public.GUESSED.most + 1)]
    assert statuses[-2:] == [404, 429]
    assert browser.get(link).status_code == 200


def test_it_speaks_english(link):
    page = Client().get(link, headers={"accept-language": "en"})
    assert "Very satisfied" in page.content.decode()


def test_a_foreign_form_is_not_taken(link, typed):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, typed(5)).status_code == 403
    assert not Response.objects.exists()


def test_the_page_costs_few_statements(link, django_assert_max_num_queries):
    browser = Client()
    with django_assert_max_num_queries(3):
        browser.get(link)
