"""Each thing that goes wrong in an installation is a finding, and a healthy one has no bad ones."""

import json
import socket
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from shouwen.doors.jobs import doctor, finding, worker
from shouwen.doors.jobs.models import Worker
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.journal import anchor, chain
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.ground.policy.models import Edition
from shouwen.work.mail import actions as mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def healthy(regulations, tmp_path, monkeypatch):
    """An installation with regulations, a worker and a chain."""
    monkeypatch.setattr(doctor, "ANCHOR", tmp_path / "journal.anchor")
    with rehearsal("2026-03-10 09:00") as time:
        worker.Work([]).beat()
        Entry.objects.create(at=clock.now(), event="a.b", subject_id=1, matter_id=1)
        chain.seal_all()
        anchor.keep(doctor.ANCHOR)
        yield time


def found(level=None):
    return [one.what for one in doctor.examine(clock.now()) if level in (None, one.level)]


def test_a_healthy_installation_has_nothing_bad(healthy, capsys):
    assert found(finding.BAD) == []
    call_command("doctor")
    assert "✓" in capsys.readouterr().out


def test_bad_findings_fail_the_command(healthy, capsys):
    Worker.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("doctor", "--json")
    lines = json.loads(capsys.readouterr().out)
    assert [one["text"] for one in lines if one["level"] == "bad"] == [
        "没有工作进程：到期、通知、搜索都停着"
    ]


def test_a_failing_sweep_is_named(healthy):
    Worker.objects.update(sweeps={"notices.mail": {"failures": 3, "error": "OSError: no"}})
    assert found(finding.BAD) == ["“%(name)s”连续失败 %(failures)s 次：%(error)s"]


def test_facts_outside_the_chain_and_a_cut_off_tail_are_bad(healthy, keyless):
    Entry.objects.create(at=clock.now(), event="a.b", subject_id=1, matter_id=1)
    assert found(finding.BAD) == []  # the sealer has a moment
    healthy.wait(minutes=3)
    worker.Work([]).beat()
    assert found(finding.BAD) == ["%(count)s 条记录还未封存"]
    chain.seal_all()
    anchor.write(anchor.Anchor(9, "f" * 64), doctor.ANCHOR)
    assert len(found(finding.BAD)) == 1
    assert "链尾被截去" in found(finding.BAD)[0]


def test_a_clock_set_back_is_bad(healthy):
    healthy.wait(hours=-2)
    worker.Work([]).beat()
    assert "最新的记录在 %(at)s，晚于本机时间" in found(finding.BAD)


@pytest.mark.parametrize(
    ("name", "value", "level"),
    [
        ("DEBUG", True, finding.BAD),
        ("BASE_URL", "http://shouwen.example", finding.WEAK),
        ("BASE_URL", "https://shouwen.example", None),
        ("ALLOWED_HOSTS", ["10.0.0.7"], finding.WEAK),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"], None),
    ],
)
def test_what_is_unsafe_on_a_network(healthy, settings, name, value, level):
    before = found(finding.BAD), found(finding.WEAK)
    setattr(settings, name, value)
    more = [len(found(finding.BAD)) - len(before[0]), len(found(finding.WEAK)) - len(before[1])]
    assert more == [level == finding.BAD, level == finding.WEAK]


def test_demo_sign_in_is_for_this_machine_alone(healthy, settings):
    settings.DEMO = True
    assert found(finding.BAD) == []
    settings.ALLOWED_HOSTS = ["shouwen.example"]
    assert any("任何人都能登录" in what for what in found(finding.BAD))


def test_a_mail_server_that_does_not_answer_is_bad(healthy, settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = closed.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert any("连不上邮件服务器" in what for what in found(finding.BAD))


def test_a_mail_server_that_answers_is_good(healthy, settings):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            line, _ = server.accept()
            with line:
                line.sendall(b"220 here\r\n")
                line.recv(1000)
                line.sendall(b"250 here\r\n")
                line.recv(1000)

        threading.Thread(target=greet, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        assert "邮件服务器 %(host)s 可用" in found(finding.GOOD)


def test_a_folder_that_cannot_be_written_is_bad(healthy, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    options = {"location": str(tmp_path / "file" / "files")}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options},
    }
    assert any("写不进去" in what for what in found(finding.BAD))


def test_an_edition_changed_in_the_database_is_bad(healthy, keyless):
    edition = Edition.objects.first()
    with keyless():
        Edition.objects.filter(pk=edition.pk).update(body=edition.body.replace("的", "底", 1))
    assert "已发布的 %(code)s 第 %(number)s 版在数据库里被改动" in found(finding.BAD)


def test_a_year_without_holidays_is_weak(healthy):
    healthy.move(clock.local(clock.today().replace(year=2031)))
    worker.Work([]).beat()
    assert any("放假安排" in what for what in found(finding.WEAK))


def test_what_cannot_be_looked_at_is_a_finding(healthy, monkeypatch):
    def broken(now):
        raise DatabaseError("no such table")
        yield

    monkeypatch.setattr(doctor, "CHECKUPS", [broken, *doctor.CHECKUPS])
    assert found(finding.BAD) == ["查不了“%(name)s”：%(error)s"]


def test_a_demo_mailbox_without_a_server_is_not_fetched_and_said_to_be_one(healthy, settings):
    division = org.add_unit("house", name_zh="物业", name_en="House", division=True)
    draft = mail.BoxDraft("demo", "fuwu@house.example")
    box = mail.open_box(division, draft, by=None)
    assert "收不到邮箱 %(box)s 的来信：%(error)s" in found(finding.BAD)
    settings.DEMO = True
    assert "收不到邮箱 %(box)s 的来信：%(error)s" not in found()
    assert "演示邮箱 %(box)s 没有收信服务器" in found(finding.WEAK)
    mail.fetch_all(clock.now())
    box.refresh_from_db()
    assert (box.error, box.looked_at) == ("", None)
