"""Knowledge: from what was answered, confirmed by a second person, offered, used, retired."""

import pytest
from django.db import Error, IntegrityError, transaction

from shouwen.engines.search import actions as search
from shouwen.ground.foundation.refusal import Refused
from shouwen.regulations.vocabulary.cases import open_matter
from shouwen.work.knowledge import articles
from shouwen.work.knowledge.models import Article, ArticleVersion

WORDS = articles.Wording("停车证怎么办", "带行驶证和房产证到前台办理。")


@pytest.fixture
def article(centre, ask):
    """A draft of the agent."""
    return articles.write(ask(answer="带行驶证和房产证到前台办理。"), WORDS, by=centre.agent)


def offered(words, division):
    search.index_waiting()
    return articles.offered(words, [division.pk])


def test_the_record_proposes_the_words(centre, ask):
    case = ask(answer="带行驶证到前台。")
    assert articles.proposed(case) == articles.Wording(
        "停车证怎么办", "带行驶证到前台。", "parking"
    )


def test_nothing_is_made_from_what_is_not_answered(centre, ask):
    with pytest.raises(Refused):
        articles.write(ask(), WORDS, by=centre.agent)
    complaint = open_matter(centre.centre, centre.resident, by=centre.agent)
    with pytest.raises(Refused):
        articles.write(complaint, WORDS, by=centre.agent)


def test_a_draft_is_offered_to_nobody_a_confirmed_one_is(centre, article):
    question = "请问一下，停车证在哪里办？"
    assert offered(question, centre.centre) == []
    articles.confirm(article, by=centre.second_agent)
    assert offered(question, centre.centre) == [article]
    assert offered(question, centre.branch) == []
    assert offered("今天天气怎么样", centre.centre) == []


def test_the_writer_does_not_confirm_himself(centre, article):
    with pytest.raises(Refused) as refused:
        articles.confirm(article, by=centre.agent)
    assert refused.value.clauses == {"R3-27"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.update(confirmed_by=centre.agent, confirmed_at=article.made_at)


def test_nobody_confirms_words_he_has_not_read(centre, article):
    articles.revise(article, articles.Wording("停车证怎么办", "只带行驶证。"), by=centre.agent)
    with pytest.raises(Refused):
        articles.confirm(article, revision=0, by=centre.second_agent)
    articles.confirm(article, revision=1, by=centre.second_agent)
    assert article.shown.answer == "只带行驶证。"


def test_a_stranger_does_not_confirm(centre, article):
    with pytest.raises(Refused):
        articles.confirm(article, by=centre.branch_agent)


def test_what_was_confirmed_is_offered_until_the_next_is_and_never_changes(centre, article):
    articles.confirm(article, by=centre.second_agent)
    articles.revise(article, articles.Wording("停车证怎么办", "网上办。"), by=centre.second_agent)
    assert article.shown.answer == WORDS.answer
    articles.confirm(article, by=centre.agent)
    assert article.shown.answer == "网上办。"
    assert article.versions.count() == 2
    with pytest.raises(Error), transaction.atomic():
        article.versions.filter(number=1).update(answer="别的")


def test_uses_are_counted_once_a_matter(centre, article, ask):
    other = ask()
    with pytest.raises(Refused):
        articles.use(article, other, by=centre.agent)
    articles.confirm(article, by=centre.second_agent)
    articles.use(article, other, by=centre.agent)
    articles.use(article, other, by=centre.second_agent)
    assert article.uses == 1


def test_a_retired_article_is_offered_no_more(centre, article):
    articles.confirm(article, by=centre.second_agent)
    with pytest.raises(Refused):
        articles.retire(article, reason="规定已改", by=centre.agent)
    with pytest.raises(Refused):
        articles.retire(article, reason=" ", by=centre.shift_lead)
    articles.retire(article, reason="规定已改", by=centre.shift_lead)
    assert offered("停车证怎么办", centre.centre) == []
    with pytest.raises(Refused):
        articles.revise(article, WORDS, by=centre.agent)
    assert Article.objects.get().retired_why == "规定已改"
