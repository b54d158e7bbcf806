"""A database that processes of a test's own work on, and how those processes die."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.db import connection, connections


@contextmanager
def copied(folder: Path) -> Iterator[str]:
    """A copy of the test's database; its URL. It is dropped afterwards."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "shouwen.sqlite3")])
        yield f"sqlite:///{folder / 'shouwen.sqlite3'}"
        return
    known = connection.settings_dict
    parts = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"],
             "password": known["PASSWORD"]}  # fmt: skip
    name = f"{known['NAME']}_killed"
    connections.close_all()
    given = {key: value for key, value in parts.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **given) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        # A thread of an earlier test may not have let go of its connection yet.
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [known["NAME"]],
        )
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{known["NAME"]}"')
        user = f"{known['USER']}:{known['PASSWORD']}".rstrip(":")
        yield f"postgres://{user}@{known['HOST']}:{known['PORT'] or 5432}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def kill_hard(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(pid):
    """Command lines of the processes below one, by their id."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        if parent == pid:
            found[int(folder.name)] = words
    return found


def until(condition, seconds=60.0):
    """What the condition finds, as soon as it finds something."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return found


def tree_of(pid: int) -> list[int]:
    """A process and everything below it."""
    return [pid, *(one for child in children_of(pid) for one in tree_of(child))]
