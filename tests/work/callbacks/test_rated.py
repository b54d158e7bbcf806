"""What a customer answers in a call-back is a mark among the others, and a low one has its due."""

from datetime import date

import pytest

from shouwen.engines.dues.models import Due
from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.callbacks import actions
from shouwen.work.surveys.models import Rating

from .conftest import content, finished


@pytest.fixture
def rated(cast):
    """The division counts satisfaction by person too."""
    org.adopt_regulation(cast.division, "R7", 1, since=date(2025, 1, 1))
    set_examples(cast.division, "R7")
    return cast


def marks(cast):
    found = Rating.objects.filter(customer=cast.customer, replaced_by__isnull=True)
    return list(found.order_by("id").values_list("mark", "low", "person", "matter_kind"))


def test_a_content_customer_is_a_good_mark_of_the_owner(rated):
    callback = finished(rated)
    actions.submit(callback, content(), by=rated.agent)
    assert marks(rated) == [(5, False, rated.agent.pk, "case")]
    row = Rating.objects.get()
    assert (row.matter_id, row.words, row.channel) == (callback.matter_id, "很好", "telephone")


def test_a_dissatisfied_one_is_followed_up_by_the_superior(rated):
    answer = content(
        satisfied=False, words="又漏水了", marks={"speed": 5, "quality": 5, "manner": 5}
    )
    actions.submit(finished(rated), answer, by=rated.agent)
    assert marks(rated) == [(2, True, rated.agent.pk, "case")]
    assert Due.objects.open().filter(clause="R7-71", subject_kind="rating").count() == 1


def test_a_corrected_answer_counts_instead_of_the_wrong_one(rated):
    callback = finished(rated)
    actions.submit(callback, content(satisfied=False, words="又漏水了"), by=rated.agent)
    actions.correct(callback, {"satisfied": True, "words": "好的"}, reason="听错了", by=rated.agent)
    assert marks(rated) == [(5, False, rated.agent.pk, "case")]
    assert not Due.objects.open().filter(clause="R7-71").exists()
    assert Rating.objects.count() == 2


def test_nothing_is_rated_where_nobody_spoke_or_no_clause_asks(cast):
    actions.attempt(finished(cast), "refused", by=cast.agent)
    actions.submit(finished(cast), content(), by=cast.agent)
    assert not Rating.objects.exists()
