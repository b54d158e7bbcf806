"""`shouwen serve`: the web server, and a worker beside it."""

import socket
import sys
import threading
import time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from shouwen.doors.jobs.preparing import tables_are_behind
from shouwen.doors.jobs.speaking import OperatorCommand
from shouwen.doors.jobs.supervisor import Child, keep


class Command(OperatorCommand):
    """Everything a small company needs in one command; `--no-worker` where workers run apart."""

    help = "Serve the product: the web server and one worker beside it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen and how many hands."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--threads", type=int, default=4, help="requests at once in each")
        parser.add_argument("--no-worker", action="store_true", help="workers run elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until SIGTERM or Ctrl-C."""
        self._refuse_old_tables()
        self._refuse_taken_port(options["host"], options["port"])
        children = [Child("web", self._web(options), essential=True)]
        if not options["no_worker"]:
            children.append(Child("worker", [sys.executable, "-m", "shouwen", "work"], False))
        self._say(_("网页服务启动中 …"))
        host, port = options["host"], options["port"]
        there = _("首问在 %(address)s ；按 Ctrl-C 结束") % {"address": f"http://{host}:{port}"}
        threading.Thread(target=self._say_when_up, args=(host, port, there), daemon=True).start()
        if code := keep(children):
            raise CommandError(_("网页服务意外结束"), returncode=code)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _say_when_up(self, host: str, port: int, there: str) -> None:
        """Whoever follows the address at once shall find somebody there."""
        while not _answers(host, port):
            time.sleep(0.2)
        self._say(there)

    def _web(self, options: dict[str, Any]) -> list[str]:
        words = [sys.executable, "-m", "granian", "shouwen.config.wsgi:application"]
        words += ["--interface", "wsgi", "--no-ws", "--log-level", "warning"]
        words += ["--host", options["host"], "--port", str(options["port"])]
        words += ["--workers", str(options["workers"])]
        words += ["--blocking-threads", str(options["threads"])]
        # A process that dies is replaced; one that hangs while stopping is not waited for.
        return [*words, "--respawn-failed-workers", "--workers-kill-timeout", "15"]

    def _refuse_old_tables(self) -> None:
        if tables_are_behind():
            raise CommandError(_("数据库还不是这一版的；先运行 shouwen prepare"))
        connection.close()
        if getattr(connection, "pool", None):  # it would keep a connection that nobody uses
            connection.close_pool()  # type: ignore[attr-defined]

    def _refuse_taken_port(self, host: str, port: int) -> None:
        """The server would share a port with an older one and answer every other request."""
        if _answers(host, port):
            taken = _("端口 %(port)s 已被别的程序占用；用 --port 换一个") % {"port": port}
            raise CommandError(taken)


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
