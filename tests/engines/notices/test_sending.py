"""Letters through a real mail server."""

import email
import email.policy
import threading
from datetime import time, timedelta

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection

from shouwen.engines.notices import actions as notices
from shouwen.engines.notices import leaving, queries
from shouwen.engines.notices.models import Mail
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.words import Words
from shouwen.ground.journal.models import Entry


def tell(house, *people, key="k", **more):
    notices.tell(
        people,
        "%(what)s",
        about=house.sales,
        key=key,
        link="/cases/7/",
        clause="R4-14",
        what=more.pop("what", Words(zh="客诉已逾期", en="Complaint overdue")),
        **more,
    )


def read(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_everybody_gets_one_letter_in_his_language(house, post):
    tell(house, house.chen, house.kate, house.silent)
    assert notices.send_mail() == 2
    assert notices.send_mail() == 0
    chinese, english = (read(letter) for letter in post.letters)
    assert chinese["Subject"] == "客诉已逾期"
    assert chinese["To"] == "chen@example.cn"
    assert "首问" in chinese["From"]
    assert chinese["Auto-Submitted"] == "auto-generated"
    body = chinese.get_content()
    assert "依据：R4-14" in body
    assert "https://sw.example/cases/7/" in body
    assert english["Subject"] == "Complaint overdue"
    assert "Under R4-14" in english.get_content()
    sent = Mail.objects.get(notice__person=house.chen)
    assert chinese["Message-ID"] == sent.message_id
    assert sent.message_id.endswith("@factory.example>")
    assert sent.sent_at == house.now.at


def test_a_line_break_in_a_fact_does_not_make_a_header(house, post):
    tell(house, house.chen, what="one\r\nBcc: spy@example.com")
    assert notices.send_mail() == 1
    letter = read(post.letters[0])
    assert letter["Bcc"] is None
    assert letter["Subject"] == "one Bcc: spy@example.com"


def test_quiet_hours_hold_back_what_is_not_urgent(house, post):
    notices.set_quiet_hours(house.factory, time(22), time(7), by=None)
    house.now.move(house.now.at.replace(hour=23))
    notices.tell([house.chen], "甲", about=Division(house), key="a")
    notices.tell([house.chen], "乙", about=Division(house), key="b", urgent=True)
    assert notices.send_mail() == 1
    assert read(post.letters[0])["Subject"] == "乙"
    house.now.wait(hours=7, minutes=59)
    assert notices.send_mail() == 0
    house.now.wait(minutes=1)
    assert notices.send_mail() == 1


class Division:
    """Something of the factory."""

    class _meta:  # noqa: N801
        model_name = "case"

    def __init__(self, house):
        self.pk, self.division_id = 1, house.factory.pk


def test_a_letter_that_fails_steps_aside_and_is_given_up_in_the_open(house, post):
    post.answers["chen@example.cn"] = "451 try later"
    tell(house, house.chen, house.kate)
    assert notices.send_mail() == 1, "the other letter leaves"
    for wait in (1, 5, 30, 120, 360):
        assert notices.send_mail() == 0
        assert not queries.undelivered().exists()
        house.now.wait(minutes=wait)
        notices.send_mail()
    failed = queries.undelivered().get()
    assert failed.notice.person == house.chen
    assert failed.attempts == 6
    assert "451" in failed.error
    entry = Entry.objects.get(event="notice.undelivered")
    assert (entry.matter_kind, entry.matter_id) == ("unit", house.sales.pk)
    house.now.wait(days=1)
    assert notices.send_mail() == 0


def test_a_letter_that_fails_for_a_while_arrives(house, post):
    post.answers["DATA"] = "452 disk full"
    tell(house, house.chen)
    assert notices.send_mail() == 0
    post.answers.clear()
    assert notices.send_mail() == 0
    house.now.wait(minutes=1)
    assert notices.send_mail() == 1


def test_an_address_nobody_has_is_given_up_at_once(house, post):
    post.answers["chen@example.cn"] = "550 no such user"
    tell(house, house.chen)
    assert notices.send_mail() == 0
    assert queries.undelivered().get().attempts == 1


def test_without_a_mail_server_letters_wait_for_it(house, post):
    tell(house, house.chen)
    post.stop()
    for _hour in range(24):
        assert notices.send_mail() == 0
        house.now.wait(hours=1)
    assert Mail.objects.get().attempts == 0
    post.start()
    assert notices.send_mail() == 1


def test_a_worker_that_died_leaves_its_letter_with_the_same_id(house, post, monkeypatch):
    tell(house, house.chen)

    def dies(self, letters):
        real(self, letters)
        raise KeyboardInterrupt

    real = EmailBackend.send_messages
    monkeypatch.setattr(EmailBackend, "send_messages", dies)
    with pytest.raises(KeyboardInterrupt):
        notices.send_mail()
    monkeypatch.undo()
    assert notices.send_mail() == 0
    house.now.wait(minutes=11)
    assert notices.send_mail() == 1
    first, second = (read(letter)["Message-ID"] for letter in post.letters)
    assert first == second


def test_the_line_going_dead_ends_the_sweep_and_loses_nothing(house, post, monkeypatch):
    tell(house, house.chen, house.kate)
    real, calls = EmailBackend.send_messages, []

    def cut(self, letters):
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionResetError("gone")
        return real(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", cut)
    assert notices.send_mail() == 0
    assert len(calls) == 1
    assert notices.send_mail() == 1
    house.now.wait(minutes=1)
    assert notices.send_mail() == 1


def test_only_one_worker_gets_a_letter(house):
    tell(house, house.chen)
    pk = Mail.objects.get().pk
    assert leaving.claim(Mail.objects.all(), pk, house.now.at)
    assert leaving.claim(Mail.objects.all(), pk, house.now.at) is None
    assert leaving.claim(Mail.objects.all(), pk, house.now.at + timedelta(minutes=10))


@pytest.mark.pg_only
@pytest.mark.django_db(transaction=True)
def test_workers_that_race_send_each_letter_once(house, post):
    for number in range(30):
        tell(house, house.chen, key=str(number))
    moment, sent = house.now.at, []

    def work():
        try:
            with rehearsal(moment):
                sent.append(notices.send_mail())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(sent) == len(post.letters) == 30
    assert len({read(letter)["Message-ID"] for letter in post.letters}) == 30
