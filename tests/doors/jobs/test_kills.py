"""Web and worker are killed at random moments while people work: nothing is lost or half done.

`KILL_ROUNDS=50 KILL_SEED=7 pytest tests/doors/jobs/test_kills.py` goes on longer, and again.
"""

import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from doors.jobs.killing import children_of, copied, kill_hard, until
from founding import demo_company
from posting import Poster, Unanswered, form_of, typed
from work.cases.conftest import supplied

from shouwen.doors.jobs.pictures import session_of
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.regulations.r04_quality_complaints.rehearse import WRITTEN, Story

ROUNDS = int(os.environ.get("KILL_ROUNDS", 3))
SEED = int(os.environ.get("KILL_SEED", 1))
VICTIMS = ("worker", "web", "everything")
HANDS = 2
WAY = [
    ("dingyiming", "draft", "intake", "submit"),
    ("heyunshu", "acceptance", "acceptance", "accept"),
    ("peiwenxuan", "investigation", "investigation", "investigated"),
]
HERE = Path(__file__).parent
SOURCE = HERE.parents[2] / "src"
PLENTY = 60.0


@pytest.fixture
def world(transactional_db):
    """The company with a customer, its people signed in, and duties that fall due meanwhile."""
    firm = demo_company()
    seller = firm.people["dingyiming"]
    shipment = supplied(firm, "A1", "domestic", quantity=1_000_000, seller=seller)
    for quarter in range(20):
        dues.open_due(
            f"到期{quarter}", subject=firm.division, division=firm.division,
            person=seller, key=f"kill:{quarter}",
            due_at=clock.now() + timedelta(seconds=quarter / 4), clause="R4-36",
        )  # fmt: skip
    sessions = {name: session_of(name) for name in {who for who, *_rest in WAY}}
    return SimpleNamespace(firm=firm, shipment=shipment, sessions=sessions)


@pytest.fixture
def database(world, tmp_path):
    """A copy of it all that processes of their own may work on; the address is its URL."""
    with copied(tmp_path) as url:
        yield url


@pytest.fixture
def environment(database, tmp_path):
    """An installation of its own over that copy; its letters are files."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "TEST_DATABASE"))}
    (tmp_path / "letters").mkdir()
    return kept | {
        "SHOUWEN_HOME": str(tmp_path),
        "DATABASE_URL": database,
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_URL": f"filemail:///{tmp_path / 'letters'}",
        "PYTHONPATH": f"{SOURCE}:{HERE}",
        "DJANGO_SETTINGS_MODULE": "settings_killed",
    }


class Served:
    """`shouwen serve` that is started again whenever all of it was killed."""

    def __init__(self, environment):
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.killed = 0
        self.start()

    def start(self):
        command = [sys.executable, "-m", "shouwen", "serve", "--workers", "1"]
        log = (Path(self.environment["SHOUWEN_HOME"]) / "serve.log").open("ab")
        self.process = subprocess.Popen(  # noqa: S603
            [*command, "--port", str(self.port)], env=self.environment, stdout=log, stderr=log
        )
        until(self.answers, PLENTY)

    def answers(self):
        try:
            return urlopen(f"{self.address}/sign-in/", timeout=2).status == 200  # noqa: S310
        except (HTTPError, URLError, OSError):
            return False

    def kill(self, victim):
        """End a process as a power cut would."""
        below = children_of(self.process.pid)
        worker = [pid for pid, words in below.items() if "shouwen work" in words]
        granian = [pid for pid in below if pid not in worker]
        web = [pid for pid, _words in children_of(granian[0]).items()] if granian else []
        doomed = {"worker": worker, "web": web}.get(victim) or [
            self.process.pid, *granian, *web, *worker
        ]  # fmt: skip
        for pid in doomed:
            kill_hard(pid)
        self.killed += 1
        if self.process.pid in doomed:
            self.process.wait(10)
            until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in doomed), 10)
            self.start()

    def stop(self):
        self.process.terminate()
        self.process.wait(40)


class Hand(threading.Thread):
    """Somebody who takes complaint after complaint to quality, whatever dies meanwhile."""

    def __init__(self, number, served, world, stop):
        super().__init__(name=f"hand-{number}", daemon=True)
        self.number, self.stop = number, stop
        self.posters = {who: Poster(served.address, s) for who, s in world.sessions.items()}
        self.world, self.told, self.error = world, {}, ""

    def run(self):
        try:
            while not self.stop.is_set():
                self.one(f"划伤 {self.number}-{len(self.told) + 1}")
        except Exception as error:  # shown by the test: a thread that dies would be overlooked
            self.error = repr(error)

    def one(self, title):
        path = self.take_the_call(title)
        self.told[title] = "draft"
        stages = [stage for _who, stage, _section, _move in WAY[1:]] + ["production"]
        for (who, stage, section, move), reached in zip(WAY, stages, strict=True):
            action = f"{path}sections/{section}/"
            page = self.patiently(lambda who=who: self.posters[who].get(path))
            fields = form_of(page, f'action="{action}') | typed(self.words(stage)) | {"move": move}
            assert self.send(who, action, fields) == path
            self.told[title] = reached

    def take_the_call(self, title):
        customer = self.world.shipment.order_line.order.customer_id
        poster = self.posters["dingyiming"]
        page = self.patiently(lambda: poster.get(f"/intake/?customer={customer}"))
        sent = self.world.shipment.pk
        fields = form_of(page, 'id="intake"') | {
            "customer": customer, "caller": "王采购", "phone": "13800138000", "channel": "phone",
            "category": "product_quality", "severity": "1", "causes_loss": "yes", "title": title,
            "description": "表面划伤。", "shipment": sent, f"defective-{sent}": "10",
        }  # fmt: skip
        return self.send("dingyiming", "/intake/", fields)

    def words(self, stage):
        """What is typed at a stage, as the rehearsal writes it."""
        seller = self.world.firm.people["dingyiming"]
        case = SimpleNamespace(
            opened_at=clock.now() - timedelta(minutes=1), salesperson_id=seller.pk,
            division=self.world.firm.division,
        )  # fmt: skip
        return WRITTEN[stage](case, Story(self.world.shipment))

    def send(self, who, path, fields):
        """The same form, until somebody answers; then it must have been taken."""
        status, where, page = self.patiently(lambda: self.posters[who].post(path, fields))
        assert status == 302, f"{path} {status} {page}"
        again = self.patiently(lambda: self.posters[who].post(path, fields))
        assert again[:2] == (status, where), f"{path} sent again: {again[:2]}"
        return where

    def patiently(self, act):
        end = time.monotonic() + PLENTY
        while True:
            try:
                return act()
            except Unanswered:
                assert time.monotonic() < end, "nobody answers any more"
                time.sleep(0.1)


def test_whatever_dies_nothing_is_lost_or_half_done(world, environment, tmp_path):
    chance, stop = random.Random(SEED), threading.Event()
    served = Served(environment)
    hands = [Hand(number, served, world, stop) for number in range(HANDS)]
    try:
        for hand in hands:
            hand.start()
        for number in range(ROUNDS):
            time.sleep(chance.uniform(0.3, 1.5))
            served.kill(VICTIMS[number % 3] if number < 3 else chance.choice(VICTIMS))
        time.sleep(0.5)
        stop.set()
        for hand in hands:
            hand.join(PLENTY)
        assert [hand.error for hand in hands] == [""] * HANDS
        assert all(hand.told for hand in hands)
    finally:
        stop.set()
        served.stop()
    told = {title: stage for hand in hands for title, stage in hand.told.items()}
    assert faults(environment, told, tmp_path, served.killed) == []


def faults(environment, told, home, killed):
    """What the database says once everything came to rest."""
    looked = subprocess.run(  # noqa: S603
        [sys.executable, HERE / "standing.py", home / "letters"],
        env={**environment, "KILLED": str(killed)}, input=json.dumps(told), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert looked.returncode == 0, looked.stderr
    return json.loads(looked.stdout)
