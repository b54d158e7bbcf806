"""Campaigns by their verbs: whom they ask, when they start, what closing them brings about."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.work.surveys import actions as surveys
from shouwen.work.surveys import mailing, queries
from shouwen.work.surveys.mailing import send_waiting
from shouwen.work.surveys.models import Recipient


def test_nobody_is_asked_twice(centre, campaign):
    wanted = [surveys.Wanted(centre.near, "fax"), surveys.Wanted(centre.near, "letter")]
    assert len(surveys.invite(campaign, wanted, by=centre.cs_director)) == 1
    assert surveys.invite(campaign, wanted, by=centre.cs_director) == []


def test_a_token_holds_128_random_bits(asked):
    tokens = {one.token for one in asked.recipients.all()}
    assert len(tokens) == 2
    assert all(len(one) >= 22 for one in tokens)


def test_a_missing_area_keeps_it_from_starting(centre, campaign):
    surveys.invite(campaign, [surveys.Wanted(centre.near, "fax")], by=centre.cs_director)
    surveys.drop_question(centre.paper.questions.get(area="training"), by=centre.cs_director)
    with pytest.raises(Refused) as refused:
        surveys.start(campaign, by=centre.cs_director)
    assert refused.value.clauses == {"R5-45"}
    assert refused.value.reasons[0].facts["area"] == "客户培训"


def test_an_area_the_company_added_need_not_be_asked(centre, campaign):
    surveys.invite(campaign, [surveys.Wanted(centre.near, "fax")], by=centre.cs_director)
    surveys.drop_question(centre.paper.questions.get(area="response"), by=centre.cs_director)
    assert surveys.start(campaign, by=centre.cs_director).state == "running"


def test_what_went_out_is_not_changed_but_renewed(centre, asked):
    with pytest.raises(Refused):
        surveys.reword(centre.paper, surveys.Heading("别的标题"), by=centre.cs_director)
    newer = surveys.renew(centre.paper, by=centre.cs_director)
    assert newer.version == 2
    assert newer.questions.count() == centre.paper.questions.count()
    with pytest.raises(Refused):
        surveys.renew(centre.paper, by=centre.cs_director)


def test_an_agent_does_not_run_surveys(centre, campaign):
    with pytest.raises(Refused):
        surveys.start(campaign, by=centre.agent)
    with pytest.raises(Refused):
        surveys.plan(centre.division, "x", centre.paper, clock.today(), by=centre.agent)


def test_a_dry_run_says_who_cannot_be_asked_and_writes_nothing(
    centre, campaign, django_assert_num_queries
):
    choice = queries.Choice("telephone", codes=("K1", "K2", "K9"))
    with django_assert_num_queries(3):
        run = queries.dry_run(campaign, choice)
    assert [one.customer.code for one in run.fit] == ["K1"]
    assert [(one.customer.code, one.problem) for one in run.unfit] == [("K2", "没有电话")]
    assert run.unknown == ["K9"]
    assert not Recipient.objects.exists()


def test_e_mails_leave_once_in_the_customers_language(asked, now):
    assert send_waiting(clock.now()) == 1
    assert send_waiting(clock.now()) == 0
    letter = mail.outbox[0]
    far = asked.recipients.get(channel="email")
    assert letter.to == ["far@example.com"]
    assert f"/q/{far.token}/" in letter.body
    assert "Dear customer" in letter.body
    assert "远客公司" not in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert far.sent_at


def test_a_reminder_goes_to_the_silent_only(centre, asked, marks, now):
    send_waiting(clock.now())
    surveys.mark_sent(asked, [one.pk for one in asked.recipients.all()], by=centre.cs_director)
    near = asked.recipients.get(channel="fax")
    surveys.key_in(near, marks(asked, 4), by=centre.agent)
    now.wait(days=7)
    assert surveys.remind(asked, by=centre.cs_director) == 1
    assert send_waiting(clock.now()) == 1
    assert len(mail.outbox) == 2
    assert mail.outbox[0].extra_headers["Message-ID"] != mail.outbox[1].extra_headers["Message-ID"]


def test_a_letter_that_never_leaves_is_given_up_visibly(asked, now, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ValueError("no such mailbox")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    for _attempt in range(6):
        assert send_waiting(clock.now()) == 0
        now.wait(hours=7)
    far = asked.recipients.get(channel="email")
    assert far.mail_after is None
    assert "no such mailbox" in far.mail_error
    assert Entry.objects.filter(event="survey.undelivered").count() == 1


def test_a_line_that_died_and_a_long_sweep_leave_the_rest_for_the_next_look(asked, monkeypatch):
    asked.recipients.update(channel="email", mail_after=clock.now())
    tried = []

    def hang_up(self, messages):
        tried.append(messages)
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", hang_up)
    assert send_waiting(clock.now()) == 0
    assert len(tried) == 1
    monkeypatch.undo()
    # What is claimed after the lease of a first claim would be free for another worker at once.
    monkeypatch.setattr(mailing, "LONGEST", -1.0)
    assert send_waiting(clock.now()) == 0
    monkeypatch.undo()
    assert send_waiting(clock.now()) == 1


def test_closing_makes_every_low_area_a_task_with_owner_and_day(centre, asked, marks):
    for one, mark in zip(asked.recipients.all(), (5, 4), strict=True):
        surveys.key_in(one, marks(asked, mark, training=3), by=centre.agent)
    closed = surveys.close(asked, by=centre.cs_director)
    due = Due.objects.get(clause="R5-46", subject_kind="arearesult")
    assert due.role == "customer_service.manager"
    assert due.last_day == clock.today() + timedelta(days=14)
    result = closed.results.get(low=True)
    assert (result.area, str(result.average)) == ("training", "3.00")
    with pytest.raises(Refused):
        surveys.improve(result, " ", by=centre.cs_director)
    surveys.improve(result, "培训改为上门", by=centre.cs_director)
    due.refresh_from_db()
    assert due.settled_at
    with pytest.raises(Refused):
        surveys.improve(result, "再来一次", by=centre.cs_director)


def test_whoever_the_company_made_the_owner_says_what_was_done(centre, asked, marks):
    for one, mark in zip(asked.recipients.all(), (5, 4), strict=True):
        surveys.key_in(one, marks(asked, mark, training=3), by=centre.agent)
    result = surveys.close(asked, by=centre.cs_director).results.get(low=True)
    with pytest.raises(Refused) as found:
        surveys.improve(result, "培训改为上门", by=centre.sales_manager)
    assert found.value.clauses == {"R5-46"}
    org.set_value("R5-46.owner", "sales.manager", division=centre.division)
    assert (
        surveys.improve(result, "培训改为上门", by=centre.sales_manager).by == centre.sales_manager
    )


def test_a_closed_campaign_takes_nothing_more(centre, asked, marks):
    near = asked.recipients.get(channel="fax")
    response = surveys.key_in(near, marks(asked, 4), by=centre.agent)
    surveys.close(asked, by=centre.cs_director)
    far = asked.recipients.get(channel="email")
    for act in (
        lambda: surveys.answer(far, marks(asked, 4)),
        lambda: surveys.key_in(far, marks(asked, 4), by=centre.agent),
        lambda: surveys.correct(response, marks(asked, 3), "录错", by=centre.agent),
        lambda: surveys.close(asked, by=centre.cs_director),
    ):
        with pytest.raises(Refused):
            act()
