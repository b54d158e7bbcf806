"""Sweeps run beside each other; one that fails or hangs disturbs no other."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, OperationalError
from doors.jobs.killing import until

from shouwen.doors.jobs import sweeps, worker
from shouwen.doors.jobs.models import Worker
from shouwen.doors.jobs.sweeps import Sweep
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal


@pytest.mark.parametrize(
    ("every", "failures", "seconds"),
    [(1, 0, 1), (1, 1, 2), (1, 3, 8), (1, 50, 300), (0.1, 1, 2), (60, 2, 240), (3600, 9, 3600)],
)
def test_failures_make_the_wait_longer_up_to_a_limit(every, failures, seconds):
    assert worker.wait_after(every, failures) == seconds


@pytest.mark.django_db(transaction=True)
def test_a_failing_and_a_hanging_sweep_leave_the_others_alone(working, caplog):
    good, release = [], threading.Event()

    def fail(now):
        raise ValueError("broken row")

    work = working(
        Sweep("good", 0.01, lambda now: good.append(now) or 1),
        Sweep("failing", 0.01, fail),
        Sweep("hanging", 0.01, lambda now: release.wait(30) or 0),
    )
    until(lambda: len(good) > 5)
    release.set()
    last = {keeper.name: keeper.last for keeper in work.keepers}
    assert (last["good"].did, last["good"].failures) == (1, 0)
    assert (last["failing"].failures, last["failing"].error) == (1, "ValueError: broken row")
    assert "sweep failing failed" in caplog.text


def test_a_database_that_is_busy_is_waited_for_in_one_line(monkeypatch):
    def look(now):
        raise OperationalError("database is locked")

    lines, traces = [], []
    monkeypatch.setattr(worker.log, "warning", lambda *words: lines.append(words))
    monkeypatch.setattr(worker.log, "exception", lambda *words: traces.append(words))
    keeper = worker.Keeper(Sweep("busy", 1, look), threading.Event())
    keeper.look()
    assert (keeper.last.failures, "database is locked" in keeper.last.error) == (1, True)
    assert (len(lines), traces) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_a_worker_signs_on_and_off(working, monkeypatch):
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.02)
    work = working(Sweep("good", 0.01, lambda now: 3))
    until(lambda: Worker.objects.filter(sweeps__good__did=3).exists())
    assert [found.name for found in worker.alive(clock.now())] == [work.name]
    work.stop.set()
    until(lambda: not Worker.objects.exists())


@pytest.mark.django_db
def test_a_worker_that_went_silent_is_dead_and_later_forgotten():
    with rehearsal("2026-03-10 09:00") as time_:
        worker.Work([]).beat()
        assert len(worker.alive(clock.now())) == 1
        time_.wait(minutes=2)
        assert worker.alive(clock.now()) == []
        time_.wait(days=2)
        other = worker.Work([])
        other.name = "elsewhere:1"
        other.beat()
    assert [found.name for found in Worker.objects.all()] == ["elsewhere:1"]


@pytest.mark.django_db
def test_a_database_that_is_away_does_not_end_the_worker(monkeypatch, caplog):
    def away(*args, **values):
        raise DatabaseError("gone")

    monkeypatch.setattr(Worker.objects, "update_or_create", away)
    worker.Work([]).beat()
    assert "no sign of life" in caplog.text


@pytest.fixture
def only(monkeypatch):
    """Only these sweeps are registered."""

    def register(**looks):
        sweeps.registered()  # so that the real ones are not registered into the copy
        registry = {name: Sweep(name, 1, look) for name, look in looks.items()}
        monkeypatch.setattr(sweeps, "_registered", registry)

    return register


@pytest.mark.django_db
def test_tick_takes_each_sweep_once_and_reports_failures(only, capsys):
    def fail(now):
        raise ValueError("broken row")

    only(first=lambda now: 2, second=fail, third=lambda now: 0)
    with pytest.raises(CommandError, match="second"):
        call_command("tick")
    lines = capsys.readouterr().out.split("\n")
    assert [line.split()[:2] for line in lines if line] == [
        ["first", "2"],
        ["second", "ValueError:"],
        ["third", "0"],
    ]
    call_command("tick", "third")
    with pytest.raises(CommandError, match="fourth"):
        call_command("tick", "fourth")


@pytest.mark.django_db
def test_the_product_sweeps_find_nothing_in_an_empty_database():
    names = {one.name for one in sweeps.registered()}
    assert {"journal.seal", "search.index"} <= names
    assert [one.look(clock.now()) for one in sweeps.registered()] == [0] * len(names)
