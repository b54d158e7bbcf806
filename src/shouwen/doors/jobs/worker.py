"""The process that takes the sweeps: a thread for each, so that a slow one delays no other."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, OperationalError, close_old_connections, connections

from shouwen.ground.foundation import clock

from .models import Worker
from .sweeps import Sweep

BEAT_EVERY = 5.0
"""Seconds between two signs of life."""
DEAD_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_WAIT = 300.0
"""Seconds a sweep that keeps failing waits at most; it is never given up."""

log = logging.getLogger(__name__)


@dataclass
class Last:
    """How the last look of a sweep went."""

    at: str = ""
    did: int = 0
    failures: int = 0
    error: str = ""


class Keeper(threading.Thread):
    """Takes one sweep again and again until told to stop."""

    def __init__(self, sweep: Sweep, stop: threading.Event) -> None:
        super().__init__(name=sweep.name, daemon=True)
        self.sweep, self.stop, self.last = sweep, stop, Last()

    def run(self) -> None:
        """Look, wait, look again; a failure makes the wait longer."""
        while not self.stop.is_set():
            began = time.monotonic()
            close_old_connections()  # a server that was restarted meanwhile is asked anew
            self.look()
            spent = time.monotonic() - began
            self.stop.wait(max(0.0, wait_after(self.sweep.every, self.last.failures) - spent))
        connections.close_all()

    def look(self) -> None:
        """One look. Whatever goes wrong is logged and never reaches another sweep."""
        now = clock.now()
        try:
            did = self.sweep.look(now)
        except OperationalError as error:
            # The database is away, or another writer held it too long: the next look tries again.
            self._failed(now, error)
            log.warning("sweep %s waits for the database: %s", self.sweep.name, error)
        except Exception as error:
            self._failed(now, error)
            log.exception("sweep %s failed (%d in a row)", self.sweep.name, self.last.failures)
        else:
            self.last = Last(now.isoformat(), did)

    def _failed(self, now: datetime, error: Exception) -> None:
        said = f"{type(error).__name__}: {error}"[:500]
        self.last = Last(now.isoformat(), 0, self.last.failures + 1, said)


def wait_after(every: float, failures: int) -> float:
    """Seconds until the next look: doubled for each failure in a row, up to a limit."""
    if not failures:
        return every
    return max(every, min(max(every, 1.0) * 2.0 ** min(failures, 20), LONGEST_WAIT))


class Work:
    """All sweeps side by side, and the sign of life that `doctor` looks for."""

    def __init__(self, sweeps: Iterable[Sweep]) -> None:
        self.stop = threading.Event()
        self.keepers = [Keeper(sweep, self.stop) for sweep in sweeps]
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at = clock.now()

    def run(self) -> None:
        """Work until `stop` is set, then finish what was begun."""
        for keeper in self.keepers:
            keeper.start()
        try:
            while not self.stop.is_set():
                close_old_connections()
                self.beat()
                self.stop.wait(BEAT_EVERY)
        finally:
            self.finish()

    def beat(self) -> None:
        """Say that this worker lives; a database that is away for a while ends nothing."""
        now = clock.now()
        state = {keeper.name: asdict(keeper.last) for keeper in self.keepers}
        try:
            Worker.objects.update_or_create(
                name=self.name,
                defaults={"beat_at": now, "sweeps": state},
                create_defaults={
                    "beat_at": now, "sweeps": state, "started_at": self.started_at
                },
            )  # fmt: skip
            Worker.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()
        except DatabaseError as error:
            log.warning("no sign of life could be written: %s", error)

    def finish(self, patience: float = 20.0) -> None:
        """Let every sweep end its look, then sign off."""
        self.stop.set()
        until = time.monotonic() + patience
        for keeper in self.keepers:
            keeper.join(max(0.0, until - time.monotonic()))
        try:
            Worker.objects.filter(name=self.name).delete()
        except DatabaseError as error:
            log.warning("the worker could not sign off: %s", error)
        connections.close_all()


def alive(now: datetime) -> list[Worker]:
    """Workers that gave a sign of life lately."""
    return list(Worker.objects.filter(beat_at__gte=now - DEAD_AFTER).order_by("name"))
