"""Two web nodes and two workers on one database and one broker; one of each is killed under load.

Nothing that was answered is lost, nothing is done twice. What cannot be promised by anybody: a
worker that is killed between the mail server's yes and its own note of it leaves a letter that is
sent again. That is one letter a killed sweep at most, under the same Message-ID.

`NODE_ROUNDS=30 NODE_SEED=7 make nodes` goes on longer; the seed stands in what is printed.
"""

import json
import os
import random
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from casting import company
from django.conf import settings
from doors.jobs.killing import copied, until
from doors.jobs.nodes.cluster import PATIENCE, Client, Letters, Node, Web, say

from shouwen.doors.api.actions import create_client
from shouwen.doors.jobs.nodes import lines
from shouwen.engines.dues import actions as dues
from shouwen.engines.notices.leaving import new_message_id
from shouwen.ground.foundation import clock
from shouwen.ground.org.models import Person
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Direction
from shouwen.work.mail.models import Mailbox, Outgoing, Purpose

pytestmark = [pytest.mark.pg_only, pytest.mark.django_db(transaction=True)]
BROKER = os.environ.get("TEST_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
ROUNDS = int(os.environ.get("NODE_ROUNDS", 1))
SEED = int(os.environ.get("NODE_SEED", 1))
CLIENTS = 3
POOL = 3
LETTERS = 40
HERE = Path(__file__).parent
SOURCE = HERE.parents[3] / "src"


@pytest.fixture
def world(regulations):
    """A factory, a system that reports contacts, and duties and answers that wait."""
    made, now = company(), clock.now()
    Person.objects.filter(pk=made.sales.pk).update(email="sales@shouwen.example")
    later = now + timedelta(days=3)
    for number in range(LETTERS):
        dues.open_due(
            f"到期{number}", subject=made.division, division=made.division, person=made.sales,
            key=f"kill:{number}", due_at=later, clause="R4-36",
        )  # fmt: skip
    box = Mailbox.objects.create(
        division=made.division, key="service", address="service@shouwen.example", active=False,
        answers_per_hour=5, letters_per_hour=5,
    )  # fmt: skip
    for number in range(LETTERS):
        draft = interactions.Draft(
            division=made.division, body="已答复。", direction=Direction.OUT, source="test",
            external_id=str(number),
        )  # fmt: skip
        Outgoing.objects.create(
            mailbox=box, purpose=Purpose.REPLY, to="wang@customer.example", subject="答复",
            interaction=interactions.record_interaction(draft, by=made.sales), body="已答复。",
            queued_at=now, after=later,
            message_id=new_message_id(f"i{number}"),
        )  # fmt: skip
    # In a division of its own, so that the numbers of what it reports begin with one.
    system = create_client(made.sister, "工单系统", ["contacts:write"], by=None)
    return SimpleNamespace(token=system.token)


def broker_url():
    try:
        lines.reach(BROKER)
    except Exception as error:
        return "", f"without a broker: none answers at {lines.shown(BROKER)} ({error})"
    return BROKER, f"with the broker at {lines.shown(BROKER)}"


@pytest.fixture
def nodes(world, tmp_path):
    """Web, web, worker, worker, each with its own home; what they share is said once."""
    broker, said = broker_url()
    say(f"seed {SEED}, {ROUNDS} rounds, {said}")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "TEST_DATABASE"))}
    with Letters() as letters, copied(tmp_path) as database:
        shared = kept | {
            "DATABASE_URL": f"{database}?pool={POOL}", "SECRET_KEY": settings.SECRET_KEY,
            "EMAIL_URL": letters.url, "BROKER_URL": broker, "API_RATE": "1000000",
            "PYTHONPATH": f"{SOURCE}:{HERE.parent}", "DJANGO_SETTINGS_MODULE": "settings_killed",
        }  # fmt: skip
        webs = [Web(name, shared, tmp_path) for name in ("web-a", "web-b")]
        workers = [Node(name, shared, tmp_path, ["work"]) for name in ("worker-a", "worker-b")]
        for node in (*webs, *workers):
            node.start()
        try:
            until(lambda: all(web.is_ready() for web in webs), PATIENCE)
            until(lambda: webs[0].ask("/health/work")[1]["workers"] == "ok", PATIENCE)
            yield SimpleNamespace(webs=webs, workers=workers, letters=letters, shared=shared)
        finally:
            for node in (*webs, *workers):
                if node.process.poll() is None:
                    node.stop()


def test_a_node_and_a_worker_die_under_load_and_nothing_is_lost_or_done_twice(world, nodes):
    chance, stop = random.Random(SEED), threading.Event()
    clients = [Client(n, nodes.webs, world.token, stop, SEED + n) for n in range(CLIENTS)]
    began = time.monotonic()
    held = connections_held(nodes.shared["DATABASE_URL"])
    assert 0 < held <= POOL * 4
    let_it_begin(nodes.shared["DATABASE_URL"])
    for client in clients:
        client.start()
    for _round in range(ROUNDS):
        time.sleep(chance.uniform(0.5, 2.0))
        doomed = [chance.choice(nodes.webs), chance.choice(nodes.workers)]
        for node in doomed:
            say(f"{time.monotonic() - began:5.1f} s: kill -9 {node.name}")
            node.kill()
            time.sleep(chance.uniform(0.0, 0.5))
        for node in doomed:
            node.start()
        # The next one dies only when this one is back: two of two at once is no node left.
        until(doomed[0].is_ready, PATIENCE)
    if ROUNDS > 1:
        renew(chance.choice(nodes.webs), clients)
    stop.set()
    for client in clients:
        client.join(PATIENCE)
    seconds = time.monotonic() - began
    until(lambda: not nodes.webs[0].ask("/health/work")[1]["waiting"]["search"], PATIENCE)
    assert [client.error for client in clients] == [""] * CLIENTS
    told = {key: number for client in clients for key, number in client.told.items()}
    ends = [node.stop() for node in (*nodes.webs, *nodes.workers)]
    assert ends == [0, 0, 0, 0]
    killed = sum(node.killed for node in nodes.workers)
    repeats, tries = (sum(getattr(c, name) for c in clients) for name in ("repeats", "tries"))
    say(f"{len(told)} contacts in {seconds:.0f} s, {tries} requests, {repeats} sent again, "
          f"{sum(nodes.letters.left.values())} letters")  # fmt: skip
    assert repeats
    assert faults(nodes, told, killed) == []


@pytest.mark.skipif(ROUNDS == 1, reason="make nodes; the suite has it without processes")
def test_a_worker_that_dies_at_the_servers_yes_sends_that_letter_again_and_no_other(nodes):
    """The worst moment there is: the server has the letter, and nobody noted it."""
    for worker in nodes.workers:
        worker.kill()
    last = nodes.workers[0]
    nodes.letters.trap_at, nodes.letters.last_word = 5, last.kill
    let_it_begin(nodes.shared["DATABASE_URL"])
    last.start()
    until(lambda: last.killed == 2, PATIENCE)
    before = dict(nodes.letters.left)
    # Another takes what is left, but not what the dead one holds for ten minutes: one of each kind.
    nodes.workers[1].start()
    until(lambda: not waiting(nodes.shared["DATABASE_URL"]), PATIENCE)
    assert set(nodes.letters.left.values()) == {1}
    nodes.workers[1].stop()
    assert faults(nodes, {}, killed=1) == []
    twice = [name for name, times in nodes.letters.left.items() if times > 1]
    assert len(twice) == 1
    assert twice[0] in before
    say(f"of {len(nodes.letters.left)} letters one left twice, as {twice[0]}")


WAITING = """
    SELECT (SELECT count(*) FROM dues_due WHERE title LIKE '到期%' AND missed_at IS NULL)
        + (SELECT count(*) FROM notices_mail WHERE sent_at IS NULL AND claimed_until IS NULL)
        + (SELECT count(*) FROM mail_outgoing WHERE sent_at IS NULL AND claimed_until IS NULL)
    """


def waiting(database):
    """Duties and letters that nobody has in hand."""
    with psycopg.connect(database.partition("?")[0]) as line:
        return line.execute(WAITING).fetchone()[0]


def connections_held(database):
    """A worker has more sweeps than its pool has connections."""
    with psycopg.connect(database.partition("?")[0]) as line:
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        return line.execute(count).fetchone()[0] - 1


BEGIN = (
    """
    WITH at AS (SELECT id AS one,
        clock_timestamp() + row_number() OVER (ORDER BY id) * interval '250 ms' AS moment
        FROM dues_due WHERE title LIKE '到期%')
    UPDATE dues_due SET due_at = moment, next_wake_at = moment FROM at WHERE id = one
    """,
    """
    WITH at AS (SELECT id AS one,
        clock_timestamp() + row_number() OVER (ORDER BY id) * interval '250 ms' AS moment
        FROM mail_outgoing)
    UPDATE mail_outgoing SET after = moment FROM at WHERE id = one
    """,
)


def let_it_begin(database):
    """From now on four duties and four answers a second fall due."""
    with psycopg.connect(database.partition("?")[0]) as line:
        for statement in BEGIN:
            line.execute(statement)


def renew(web, clients):
    """One node after the other gets a new version while the others serve."""
    broken = sum(client.broken for client in clients)
    assert web.stop() == 0
    broken = sum(client.broken for client in clients) - broken
    say(f"{web.name} was renewed; it cut off {broken} requests")
    assert broken == 0
    web.start()
    until(web.is_ready, PATIENCE)


def faults(nodes, told, killed):
    """What the database and the mail server say once everything came to rest.

    A killed worker has two kinds of letters in hand, one of each.
    """
    looking = subprocess.Popen(  # noqa: S603
        [sys.executable, HERE / "counted.py"], text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, env=nodes.shared | {"SHOUWEN_HOME": str(nodes.workers[0].home)},
    )  # fmt: skip
    assert looking.stdout.readline() == "rested\n"
    left = dict(nodes.letters.left)  # what left while coming to rest is among them
    given = {"told": told, "left": left, "killed": 2 * killed}
    found, _nothing = looking.communicate(json.dumps(given), PATIENCE)
    return json.loads(found)
