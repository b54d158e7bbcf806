"""Answers are kept as they came, one a recipient; marks are followed up by the superior."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from casting import company
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from surveying import furnished

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org.actions import set_value
from shouwen.ground.policy.loading import load_all
from shouwen.work.cases.models import Case
from shouwen.work.customers.models import Customer
from shouwen.work.surveys import access, figures, queries
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys.models import Rating, Reply, Response


def test_a_fax_counts_by_fax_and_a_link_by_its_own_channel(centre, asked, marks):
    near, far = asked.recipients.get(channel="fax"), asked.recipients.get(channel="email")
    keyed = surveys.key_in(near, marks(asked, 4), by=centre.agent)
    online = surveys.answer(far, marks(asked, 5))
    assert (keyed.channel, keyed.keyed_by) == ("fax", centre.agent)
    assert (online.channel, online.keyed_by) == ("email", None)
    assert {one.key: one.responses for one in figures.by_channel(asked)} == {"fax": 1, "email": 1}


def test_a_second_sending_gives_the_first_answers(asked, marks):
    far = asked.recipients.get(channel="email")
    first = surveys.answer(far, marks(asked, 5))
    assert surveys.answer(far, marks(asked, 1)) == first
    assert Response.objects.count() == 1
    assert set(Reply.objects.values_list("mark", flat=True)) == {5}


def test_a_correction_counts_and_the_original_stays(centre, asked, marks):
    near = asked.recipients.get(channel="fax")
    wrong = surveys.key_in(near, marks(asked, 1), by=centre.agent)
    with pytest.raises(Refused) as refused:
        surveys.correct(wrong, marks(asked, 4), " ", by=centre.agent)
    assert refused.value.reasons[0].field == "reason"
    right = surveys.correct(wrong, marks(asked, 4), "看错一行", by=centre.agent)
    assert list(queries.current(asked)) == [right]
    assert set(wrong.replies.values_list("mark", flat=True)) == {1}
    assert {one.total for one in figures.by_area(asked)} == {4}
    old, new = Rating.objects.order_by("id")
    assert (old.mark, new.mark, new.replaces) == (1, 4, old)
    assert not Due.objects.open().filter(subject_kind="rating").exists(), "the low mark was wrong"
    with pytest.raises(Refused):
        surveys.correct(wrong, marks(asked, 3), "再改", by=centre.agent)


def test_what_a_customer_wrote_himself_is_not_ours_to_correct(centre, asked, marks):
    online = surveys.answer(asked.recipients.get(channel="email"), marks(asked, 2))
    with pytest.raises(Refused):
        surveys.correct(online, marks(asked, 5), "好看些", by=centre.agent)


@pytest.mark.parametrize("model", [Response, Reply, Rating])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_keeps_what_was_answered(asked, marks, model, act):
    surveys.answer(asked.recipients.get(channel="email"), marks(asked, 2))
    rows = model.objects.all()
    column = "text" if model is Reply else "channel"
    change = (lambda: rows.update(**{column: "x"})) if act == "update" else rows.delete
    with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
        change()


def test_a_question_of_another_questionnaire_is_no_answer(centre, asked, marks):
    other = surveys.draw_up(centre.division, "other", surveys.Heading("别的"), by=None)
    stray = surveys.put_question(other, surveys.QuestionDraft("别的？", "training"), by=None)
    given = {**marks(asked, 4), stray.pk: surveys.Given(mark=1)}
    response = surveys.answer(asked.recipients.get(channel="email"), given)
    assert not response.replies.filter(question=stray).exists()


def test_what_words_do_not_settle_becomes_a_matter_of_the_customer(centre, campaign):
    customer = Customer.objects.filter(division=centre.division).first()
    words = "等太久，热水器还没有装好。"
    rating = surveys.rate(
        campaign, 2, words, person=centre.agent, customer=customer, by=None
    )  # fmt: skip
    superior = Due.objects.get(clause="R7-71").person
    surveys.follow_up(rating, "已约周三上门。", True, by=superior)
    case = Case.objects.get(pk=queries.matter_of(rating))
    assert (case.customer, case.title, case.first_owner) == (customer, words, superior)
    assert case.text.description == f"{words}\n已约周三上门。"


def test_a_low_mark_is_the_superiors_to_follow_up(centre, campaign):
    rating = surveys.rate(campaign, 2, "等太久", person=centre.agent, by=None)
    due = Due.objects.get(clause="R7-71")
    assert due.person in access.org.superiors(centre.agent, centre.division)
    for wrong in (centre.agent, centre.sales, centre.outsider):
        with pytest.raises(Refused) as refused:
            surveys.follow_up(rating, "没事", by=wrong)
        assert refused.value.clauses == {"R7-71"}
    surveys.follow_up(rating, "已致歉", by=due.person)
    due.refresh_from_db()
    assert due.settled_at
    with pytest.raises(Refused):
        surveys.follow_up(rating, "已致歉", by=due.person)


def test_a_mark_is_recorded_once_and_a_good_one_owes_nothing(campaign, centre):
    first = surveys.rate(campaign, 5, person=centre.agent, key="callback:1", by=None)
    assert surveys.rate(campaign, 1, person=centre.agent, key="callback:1", by=None) == first
    assert not first.low
    assert not Due.objects.filter(clause="R7-71").exists()
    with pytest.raises(Refused):
        surveys.rate(campaign, 0, by=None)


def test_without_a_company_value_a_mark_is_kept_and_nothing_is_due(campaign, centre):
    set_value("R7-71.low_mark", None, division=centre.division)
    rating = surveys.rate(campaign, 1, person=centre.agent, by=None)
    assert not rating.low


def test_people_read_their_own_marks_and_those_of_their_people(centre, campaign):
    rating = surveys.rate(campaign, 2, person=centre.agent, by=None)
    readers = {
        who: Rating.objects.filter(access.readable_ratings(getattr(centre, who)), pk=rating.pk)
        for who in ("agent", "cs_director", "gm", "sales", "outsider")
    }
    assert {who for who, found in readers.items() if found.exists()} == {
        "agent", "cs_director", "gm",
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_sendings_at_once_leave_one_answer():
    load_all()
    cast = furnished(company())
    campaign = surveys.plan(cast.division, "并发", cast.paper, clock.today(), by=None)
    surveys.invite(campaign, [surveys.Wanted(cast.near, "letter")], by=None)
    surveys.start(campaign, by=None)
    recipient = campaign.recipients.get()

    def send(mark: int) -> int:
        try:
            given = {one.pk: surveys.Given(mark=mark) for one in queries.questions(campaign)}
            return surveys.answer(recipient, given).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = set(pool.map(send, (1, 2, 3, 4)))
    assert len(sent) == 1
    assert Response.objects.count() == 1
    assert Rating.objects.count() == 1
    assert len(set(Reply.objects.values_list("mark", flat=True))) == 1
