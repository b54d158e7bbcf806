"""A row that is announced over the broker is worked off at once; without it, by and by."""

import os
import sys
import threading
import time

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from doors.jobs.killing import until

from shouwen.doors.jobs import sweeps, worker
from shouwen.doors.jobs.nodes import hearing, lines, telling
from shouwen.doors.jobs.sweeps import Sweep
from shouwen.engines.notices import actions as notices
from shouwen.engines.notices import sending
from shouwen.engines.notices.models import Mail
from shouwen.ground import waiting
from shouwen.ground.org.models import Person

BROKER = os.environ.get("TEST_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
NOBODY = "amqp://guest:guest@127.0.0.1:9//"


@pytest.fixture
def broker():
    try:
        lines.reach(BROKER)
    except Exception as error:
        pytest.skip(f"no broker answers at {lines.shown(BROKER)}: {error}")
    return BROKER


@pytest.mark.django_db(transaction=True)
def test_a_word_has_every_worker_look_at_once(broker, working):
    looks = {"one": [], "two": []}
    slow = [Sweep("slow", 3600, lambda now, n=n: looks[n].append(now) or 0, "a.b") for n in looks]
    other = Sweep("other", 3600, lambda now: looks.setdefault("other", []).append(now) or 0, "c.d")
    both = [working(slow[0], other, broker=broker), working(slow[1], broker=broker)]
    until(lambda: all(work.ear.is_open.is_set() for work in both) and len(looks["other"]) == 1)
    until(lambda: len(looks["one"]) == len(looks["two"]) == 1)
    teller = telling.Teller(broker)
    teller.tell("a.b")
    until(lambda: len(looks["one"]) == len(looks["two"]) == 2)
    began = time.monotonic()
    teller.tell("a.b")
    until(lambda: len(looks["one"]) == len(looks["two"]) == 3)
    assert time.monotonic() - began < 1.0
    assert len(looks["other"]) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_at_once_though_its_sweep_comes_once_an_hour(broker, working, monkeypatch):
    monkeypatch.setattr(hearing, "PAUSE", 0.05)
    work = working(Sweep("letters", 3600, sending.send_mail, "notices.mail"), broker=broker)
    until(work.ear.is_open.is_set)
    user = get_user_model().objects.create(username="wang")
    person = Person.objects.create(user=user, name_zh="王", email="wang@example.com")
    stop, took = waiting.listen(telling.Teller(broker).tell), []
    try:
        for number in range(5):
            began = time.monotonic()
            notices.tell([person], "到期", about=person, key=f"{number}")
            until(lambda number=number: len(mail.outbox) == number + 1)
            took.append(f"{1000 * (time.monotonic() - began):.0f} ms")
    finally:
        stop()
    sys.stdout.write(f"from the notice to the letter: {', '.join(took)}\n")
    until(lambda: not Mail.objects.filter(sent_at__isnull=True).exists())


@pytest.mark.django_db(transaction=True)
def test_without_its_broker_a_worker_sweeps_on(working, monkeypatch):
    monkeypatch.setattr(hearing, "PAUSE", 0.05)
    looks = []
    work = working(Sweep("fast", 0.02, lambda now: looks.append(now) or 0, "a.b"), broker=NOBODY)
    until(lambda: len(looks) > 3)
    assert not work.ear.is_open.is_set()


def test_whoever_tells_a_dead_broker_waits_for_nothing(monkeypatch):
    monkeypatch.setattr(telling, "PAUSE", 0.01)
    teller = telling.Teller(NOBODY)
    began = time.monotonic()
    for _each in range(1000):
        teller.tell("a.b")
    assert time.monotonic() - began < 1.0
    until(lambda: teller._away and not teller._names)


def test_what_is_told_often_before_it_leaves_is_told_once():
    teller = telling.Teller(NOBODY)
    teller._pid = os.getpid()  # no thread takes them
    for name in ("a.b", "c.d", "a.b"):
        teller.tell(name)
    assert teller._take() == {"a.b", "c.d"}


def test_a_failing_sweep_is_not_hurried(monkeypatch):
    keeper = worker.Keeper(Sweep("busy", 1, lambda now: 0), threading.Event())
    keeper.last.failures = 1
    keeper.nudge.set()
    began = time.monotonic()
    keeper.rest(0.1)
    assert time.monotonic() - began >= 0.1


def test_every_table_that_is_announced_has_its_sweep():
    rows = {one.rows for one in sweeps.registered()} - {""}
    assert rows == {
        "notices.mail", "search.searchwaiting", "mail.outgoing", "mail.rawmail",
        "surveys.recipient",
    }  # fmt: skip


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "kombu", None)
    with pytest.raises(lines.NoKombu, match=r"shouwen\[broker\]"):
        lines.connection(NOBODY)


def test_a_password_is_not_shown():
    assert lines.shown("amqp://me:secret@mq.example/one") == "mq.example:5672/one"
