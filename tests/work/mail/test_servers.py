"""Against real servers: what is fetched over IMAP, answered over SMTP, and answered again."""

import email
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings as product
from django.db import connection
from work.mail import servers
from work.mail.conftest import letter

from shouwen.doors.jobs import doctor
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail

pytestmark = pytest.mark.skipif(
    not servers.dovecot() and not os.environ.get("CI"), reason=servers.MISSING
)


@pytest.fixture
def imap(settings, house):
    """A server with an empty box, which the environment names.

    Its folder is not one of pytest's: those are closed to the user under whom the server reads.
    """
    home = Path(tempfile.mkdtemp(prefix="shouwen-imap-"))
    home.chmod(0o755)
    box = servers.start(home)
    settings.MAILBOX_SECRETS = {"service": box.url}
    yield box
    box.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def smtp(settings):
    """A server that collects what it is sent."""
    controller, kept = servers.smtp()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield kept
    controller.stop()


def test_letters_are_fetched_once_kept_raw_and_marked_read(house, imap):
    data = [letter(f"第 {n} 封来信的内容", Message_ID=f"<n{n}@kehu.cn>") for n in range(3)]
    # All but NUL, which IMAP itself has no way to send.
    data.append(b"Subject: \xff\xfe\r\n\r\n\x01\x80 odd bytes")
    for one in data:
        imap.deliver(one)
    assert mail.fetch_all(house.now.at) == 4
    assert mail.fetch_all(house.now.at) == 0
    kept = [keeping.bytes_of(row) for row in RawMail.objects.order_by("uid")]
    assert sorted(kept) == sorted(data)
    assert imap.seen() == 4
    assert all(RawMail.objects.values_list("marked", flat=True))
    house.box.refresh_from_db()
    assert (house.box.error, house.box.looked_at) == ("", house.now.at)


def test_a_letter_larger_than_one_piece_comes_whole(house, imap, monkeypatch):
    monkeypatch.setattr("shouwen.work.mail.coming.fetching.PIECE", 1000)
    for size in (0, 400, 1000, 5000):
        imap.deliver(letter("长" * size, Message_ID=f"<s{size}@kehu.cn>"))
    mail.fetch_all(house.now.at)
    sizes = sorted(len(keeping.bytes_of(row)) for row in RawMail.objects.all())
    assert sizes == sorted(RawMail.objects.values_list("size", flat=True))
    assert sizes[-1] > 15000


def test_a_stop_before_marking_is_made_good(house, imap, monkeypatch):
    imap.deliver(letter())
    with monkeypatch.context() as patch:
        patch.setattr("shouwen.work.mail.coming.fetching._mark", lambda *args: None)
        mail.fetch_all(house.now.at)
    assert imap.seen() == 0
    assert mail.fetch_all(house.now.at) == 0
    assert imap.seen() == 1


def test_a_box_counted_anew_gives_nothing_twice(house, imap):
    imap.deliver(letter())
    mail.fetch_all(house.now.at)
    mail.process_waiting(house.now.at)
    for table in (Mailbox, RawMail):
        table.objects.update(uidvalidity=1)
    assert mail.fetch_all(house.now.at) == 1
    mail.process_waiting(house.now.at)
    assert RawMail.objects.count() == 2
    assert Interaction.objects.count() == 1


def test_the_doctor_names_what_is_wrong(house, imap, settings):
    def said():
        return [(one.level, one.what) for one in doctor.mailboxes(house.now.at)]

    assert said() == [("good", "邮箱 %(box)s 可收信")]
    house.take(letter(sender=None))
    assert ("weak", "%(count)s 封来信在隔离中") in said()
    settings.MAILBOX_SECRETS = {"service": imap.url.replace(servers.PASSWORD, "wrong")}
    assert said()[0] == ("bad", "收不到邮箱 %(box)s 的来信：%(error)s")
    mail.fetch_all(house.now.at)
    house.box.refresh_from_db()
    assert house.box.error
    assert "wrong" not in house.box.error
    settings.MAILBOX_SECRETS = {}
    assert said()[0][0] == "bad"


def test_a_password_is_not_sent_in_the_clear_over_a_network(house, settings):
    settings.MAILBOX_SECRETS = {"service": "imap://a:b@mail.example.com"}
    mail.fetch_all(house.now.at)
    house.box.refresh_from_db()
    assert "in the clear" in house.box.error


def test_there_and_back_again(house, imap, smtp):
    """A customer writes, gets a receipt and an answer, answers by it: all in one thread."""
    imap.deliver(letter())
    mail.fetch_all(house.now.at)
    mail.process_waiting(house.now.at)
    first = Interaction.objects.get()
    answer = mail.reply(first, "周五发货。", by=house.cast.agent)
    assert mail.send_waiting(house.now.at) == 2
    receipt, sent = (email.message_from_bytes(one.data, policy=default) for one in smtp.letters)
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert first.number in receipt.get_content()
    assert sent["Auto-Submitted"] is None
    assert sent["In-Reply-To"] == "<a1@kehu.cn>"
    assert "周五发货" in sent.get_content()
    assert str(sent["From"]) == "首问客服 <service@shouwen.cn>"
    imap.deliver(letter("太好了,谢谢你们。", "Re: 交货期", Message_ID="<z@kehu.cn>",
                        In_Reply_To=str(sent["Message-ID"])))  # fmt: skip
    mail.fetch_all(house.now.at)
    mail.process_waiting(house.now.at)
    back = RawMail.objects.get(message_id="<z@kehu.cn>")
    assert back.follows == answer


def test_what_the_server_refuses_for_good_is_seen_on_the_answer(house, smtp):
    first = house.take(letter(sender="x <nobody@kehu.cn>")).interaction
    Outgoing.objects.all().delete()
    row = mail.reply(first, "这封信寄不到。", by=house.cast.agent)
    mail.send_waiting(house.now.at)
    sent = row.outgoing_mails.get()
    assert sent.given_up_at
    assert "550" in sent.error
    mail.resend(sent, by=house.cast.agent)
    sent.refresh_from_db()
    assert sent.given_up_at is None


SOURCE = product.PACKAGE.parent
FETCH = """
import django; django.setup()
from shouwen.work.mail import actions as mail
print("go", flush=True)
while True:
    mail.fetch_all(); mail.process_waiting()
"""


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_nothing_is_lost_or_doubled(house, imap, tmp_path):
    """A worker over a copy of the database is killed again and again while letters come in."""
    path = tmp_path / "shouwen.sqlite3"
    _copy_to(path)
    environment = os.environ | {
        "SHOUWEN_HOME": str(tmp_path), "DATABASE_URL": f"sqlite:///{path}",
        "MAILBOX_SERVICE": imap.url, "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings", "SECRET_KEY": "x" * 50,
    }  # fmt: skip
    for wave in range(4):
        for number in range(5):
            imap.deliver(letter(f"第 {wave}-{number} 封来信", Message_ID=f"<{wave}.{number}@k.cn>"))
        worker = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", FETCH], env=environment, stdout=subprocess.PIPE
        )
        assert worker.stdout.readline() == b"go\n"
        time.sleep(0.05 + wave * 0.1)
        end = time.monotonic() + 60
        while wave == 3 and _counted(path) != (20, 20, 20) and time.monotonic() < end:
            time.sleep(0.1)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(10)
        _leases_run_out(path)
    assert _counted(path) == (20, 20, 20)


def _copy_to(path):
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])


def _leases_run_out(path):
    """What a killed worker had in hand is free again."""
    with sqlite3.connect(path) as kept:
        kept.execute("UPDATE mail_mailbox SET claimed_until = NULL")
        kept.execute("UPDATE mail_rawmail SET after = stored_at WHERE state = 'stored'")


def _counted(path):
    with sqlite3.connect(path) as kept:
        one = kept.execute("SELECT COUNT(*) FROM mail_rawmail").fetchone()[0]
        two = kept.execute("SELECT COUNT(*) FROM interactions_interaction").fetchone()[0]
        three = kept.execute(
            "SELECT COUNT(DISTINCT external_id) FROM interactions_interaction"
        ).fetchone()[0]
    return one, two, three
