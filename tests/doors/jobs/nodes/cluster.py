"""Two web nodes and two workers as processes of their own, and a mail server that remembers."""

import asyncio
import http.client
import json
import logging
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from doors.jobs.killing import free_port, kill_hard, tree_of, until

PATIENCE = 180.0


def say(words):
    """What `pytest -s` shows, and what stands beside a failure."""
    sys.stdout.write(f"{words}\n")


class Node:
    """One machine's process: started, killed as a power cut would, started again, or stopped."""

    def __init__(self, name, environment, home, words):
        self.name, self.killed, self.process = name, 0, None
        self.home = home / name
        self.home.mkdir()
        # Each node has a home of its own; what they share stands in the environment.
        self.environment = environment | {"SHOUWEN_HOME": str(self.home)}
        self.command = [sys.executable, "-m", "shouwen", *words]

    def start(self):
        log = (self.home / "log").open("ab")
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env=self.environment, stdout=log, stderr=log
        )

    def kill(self):
        doomed = tree_of(self.process.pid)
        for pid in doomed:
            kill_hard(pid)
        self.process.wait(10)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in doomed), 10)
        self.killed += 1

    def stop(self):
        self.process.terminate()
        return self.process.wait(40)

    def log(self):
        return (self.home / "log").read_text()


class Web(Node):
    """A node with a web server and no worker."""

    def __init__(self, name, environment, home):
        self.port = free_port()
        words = ["serve", "--no-worker", "--workers", "1", "--port", str(self.port)]
        super().__init__(name, environment, home, words)

    def ask(self, path):
        """Status and JSON of an address; None when nobody answers."""
        with suppress(OSError, http.client.HTTPException, ValueError):
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            line.request("GET", path)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())
        return None

    def is_ready(self):
        return (self.ask("/health/ready") or (0,))[0] == 200


class Letters:
    """A mail server that takes its time and notes each letter it said yes to."""

    def __init__(self, seconds=0.01):
        self.left, self.seconds = Counter(), seconds
        self.last_word, self.trap_at = None, 0
        """What happens at the letter of that number, before it is answered."""
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def __enter__(self):
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        self.controller.start()
        return self

    def __exit__(self, *_exception):
        self.controller.stop()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.controller.port}"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.seconds)
        self.left[message_from_bytes(envelope.content)["Message-ID"]] += 1
        if self.left.total() == self.trap_at:
            self.last_word()
        return "250 OK"


class Client(threading.Thread):
    """A system that reports contacts, and asks the other node whenever one does not answer.

    Every third contact it sends again under the same key although it was answered: it lost it.
    """

    def __init__(self, number, nodes, token, stop, seed):
        super().__init__(name=f"client-{number}", daemon=True)
        self.number, self.nodes, self.token, self.stop = number, nodes, token, stop
        self.chance = random.Random(seed)
        self.told, self.tries, self.repeats, self.error = {}, 0, 0, ""
        self.broken = 0
        """Requests that were taken and not answered: the client cannot know whether they count."""

    def run(self):
        try:
            while not self.stop.is_set():
                self.one(f"key-{self.number}-{len(self.told):06}")
        except Exception as error:  # shown by the test: a thread that dies would be overlooked
            self.error = repr(error)

    def one(self, key):
        number = self.patiently(key)
        self.told[key] = number
        if len(self.told) % 3 == 0:
            self.repeats += 1
            again = self.patiently(key)
            assert again == number, f"{key} made {number} and {again}"

    def patiently(self, key):
        """Ask one node after the other until one has answered."""
        end = time.monotonic() + PATIENCE
        which = self.chance.randrange(len(self.nodes))
        while True:
            self.tries += 1
            number = self.send(self.nodes[which], key)
            if number:
                return number
            assert time.monotonic() < end, "nobody answers any more"
            which = (which + 1) % len(self.nodes)
            time.sleep(0.02)

    def send(self, node, key):
        body = json.dumps({"body": f"客户来电,{key}。", "name": "王"}).encode()
        headers = {
            "Authorization": f"Bearer {self.token}", "Idempotency-Key": key,
            "Content-Type": "application/json",
        }  # fmt: skip
        line = http.client.HTTPConnection("127.0.0.1", node.port, timeout=10)
        try:
            line.connect()
        except OSError:
            return ""
        try:
            line.request("POST", "/api/v1/contacts", body, headers)
            answer = line.getresponse()
            found = answer.read()
        except (OSError, http.client.HTTPException):
            self.broken += 1
            return ""
        finally:
            line.close()
        if answer.status >= 500:
            return ""
        assert answer.status == 201, f"{key}: {answer.status} {found[:200]!r}"
        return json.loads(found)["number"]
