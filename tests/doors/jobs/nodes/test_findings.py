"""What `doctor` says where several machines run one installation."""

import pytest
from django.core.files.storage import InMemoryStorage

from shouwen.doors.jobs import finding, worker
from shouwen.doors.jobs.models import Worker
from shouwen.doors.jobs.nodes import findings, lines
from shouwen.ground.foundation import clock

pytestmark = pytest.mark.django_db


def levels(checkup):
    return [one.level for one in checkup(clock.now())]


def test_one_machine_of_its_own_has_nothing_to_say_of_others():
    worker.Work([]).beat()
    for checkup in (findings.broker, findings.replica, findings.store, findings.agreement):
        assert levels(checkup) == []


def test_a_broker_that_is_away_is_weak_and_never_bad(settings, monkeypatch):
    settings.BROKER_URL = "amqp://me:secret@127.0.0.1:9//"
    (found,) = findings.broker(clock.now())
    assert found.level == finding.WEAK
    assert "secret" not in str(found.facts)
    monkeypatch.setattr(lines, "reach", lambda url: None)
    assert levels(findings.broker) == [finding.GOOD]


def test_a_replica_is_as_old_as_the_newest_sign_of_life(monkeypatch, settings):
    monkeypatch.setattr(findings, "is_configured", lambda: True)
    monkeypatch.setattr(findings, "REPORTS", "default")
    assert levels(findings.replica) == [finding.WEAK]
    worker.Work([]).beat()
    assert levels(findings.replica) == [finding.GOOD]
    settings.REPORTS_OLDEST = -1
    assert levels(findings.replica) == [finding.WEAK]


def test_a_bucket_is_tried(monkeypatch):
    bucket = InMemoryStorage()
    monkeypatch.setattr(findings, "default_storage", bucket)
    assert levels(findings.store) == [finding.GOOD]
    assert bucket.listdir("doctor") == ([], [])

    def refuse(name, content):
        raise PermissionError("AccessDenied")

    monkeypatch.setattr(bucket, "save", refuse)
    assert levels(findings.store) == [finding.BAD]


def test_machines_that_disagree_are_named():
    worker.Work([]).beat()
    now = clock.now()
    Worker.objects.create(
        name="other:7", started_at=now, beat_at=now, key="another", version="0.0.1"
    )
    assert levels(findings.agreement) == [finding.BAD, finding.WEAK, finding.WEAK]
