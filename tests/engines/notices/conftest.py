"""Two people who are told things, and a real mail server on the loopback."""

import socket
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import actions as org
from shouwen.ground.org import roster


@pytest.fixture
def now():
    with rehearsal("2026-03-10 10:00") as time:
        yield time


@pytest.fixture
def house(db, now):
    """A factory with one department, a reader of Chinese, one of English, one without mail."""
    roster.forget()
    c = SimpleNamespace(now=now)
    c.factory = org.add_unit("factory", name_zh="工厂", function="management", division=True)
    c.sales = org.add_unit("sales", name_zh="业务部", function="sales", parent=c.factory)
    c.chen = org.hire("chen", name_zh="陈晨", email="chen@example.cn")
    c.kate = org.hire("kate", name_zh="凯特", email="kate@example.com", language="en")
    c.silent = org.hire("silent", name_zh="默言")
    yield c
    roster.forget()


class Post:
    """Keeps what it receives; answers as it is told to."""

    def __init__(self):
        self.letters, self.answers = [], {}

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if answer := self.answers.get("DATA"):
            return answer
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def post(settings):
    """The server; `post.letters` is what arrived."""
    made = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made.port = port
    made.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "首问 <shouwen@factory.example>"
    settings.BASE_URL = "https://sw.example/"
    yield made
    made.stop()
