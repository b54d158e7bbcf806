"""A node says whether it can serve, and whether what waits is worked off."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from shouwen.doors.jobs import worker
from shouwen.doors.jobs.models import Worker
from shouwen.doors.jobs.nodes import health
from shouwen.engines.notices import actions as notices
from shouwen.engines.notices.models import Mail
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal.models import Entry
from shouwen.ground.org.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(health, "_known", set())


@pytest.fixture
def day():
    with rehearsal("2026-03-10 09:00") as time:
        yield time


def test_a_node_that_can_serve_says_so():
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (
        200, {"ok": True, "database": "ok", "tables": "ok"},
    )  # fmt: skip


def test_old_tables_are_said_and_newer_ones_serve():
    MigrationRecorder(connection).record_unapplied("jobs", "0002_worker_key_version")
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()["tables"]) == (503, "behind")
    recorder = MigrationRecorder(connection)
    recorder.record_applied("jobs", "0002_worker_key_version")
    recorder.record_applied("jobs", "9999_of_the_next_version")
    assert Client().get("/health/ready").status_code == 200


def test_a_database_that_is_away_makes_no_page_of_error(monkeypatch):
    def away():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "ensure_connection", away)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ok": False, "database": "DatabaseError"})
    assert Client().get("/health/live").json() == {"ok": True}


def test_a_probe_needs_no_host_no_https_and_leaves_no_session(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["shouwen.example"]
    answer = Client().get("/health/live", headers={"host": "10.0.0.7:8000"})
    assert answer.status_code == 200
    assert not answer.cookies
    # Nothing else is open to a host that is none of ours.
    assert Client().get("/sign-in/", headers={"host": "10.0.0.7"}).status_code == 400


def test_work_is_well_while_a_worker_lives_and_nothing_waits_long(day):
    assert Client().get("/health/work").json()["workers"] == "silent"
    worker.Work([]).beat()
    answer = Client().get("/health/work")
    assert (answer.status_code, answer.json()["workers"]) == (200, "ok")
    user = get_user_model().objects.create(username="wang")
    person = Person.objects.create(user=user, name_zh="王", email="wang@example.com")
    notices.tell([person], "到期", about=person, key="one")
    day.wait(seconds=50)
    assert Client().get("/health/work").json()["oldest"]["letters"] == 50
    assert health.working(clock.now()).ok
    day.wait(minutes=11)
    worker.Work([]).beat()
    late = health.working(clock.now())
    assert (late.ok, late.found["oldest"]["letters"]) == (False, 710)
    Mail.objects.update(sent_at=clock.now())
    assert health.working(clock.now()).ok


def test_heaps_that_nobody_works_off_are_said(day, monkeypatch):
    monkeypatch.setattr(health, "TOO_MANY", 2)
    worker.Work([]).beat()
    long_ago = clock.now() - timedelta(days=400)
    Entry.objects.create(at=long_ago, event="a.b", subject_id=1, matter_id=1)
    assert health.working(clock.now()).ok
    Entry.objects.create(at=long_ago, event="a.b", subject_id=1, matter_id=1)
    assert not health.working(clock.now()).ok


def test_the_command_answers_where_no_web_server_runs(day, capsys):
    call_command("health")
    assert json.loads(capsys.readouterr().out)["tables"] == "ok"
    with pytest.raises(CommandError):
        call_command("health", "--worker")
    worker.Work([]).beat()
    call_command("health", "--worker")
    call_command("health", "--work")
    assert '"workers": "ok"' in capsys.readouterr().out


def test_a_worker_tells_its_key_and_version(day):
    worker.Work([]).beat()
    row = Worker.objects.get()
    assert (row.key, bool(row.version)) == (worker.fingerprint(), True)
