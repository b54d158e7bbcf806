"""The process that takes the sweeps: a thread for each, so that a slow one delays no other."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

from django.db import DatabaseError, OperationalError, close_old_connections, connections
from django.utils.crypto import salted_hmac

from shouwen.ground.foundation import clock

from .models import Worker
from .nodes.hearing import Ear
from .sweeps import Sweep

BEAT_EVERY = 5.0
"""Seconds between two signs of life."""
DEAD_AFTER = timedelta(seconds=60)
FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_WAIT = 300.0
"""Seconds a sweep that keeps failing waits at most; it is never given up."""

SHORTEST_REST = 0.02
"""Seconds between two looks of a sweep at least, however many rows are announced."""

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
        self.nudge = threading.Event()
        """Set when a row was announced: look now, not when the interval is over."""

    def run(self) -> None:
        """Look, wait, look again; a failure makes the wait longer."""
        while not self.stop.is_set():
            self.nudge.clear()
            began = time.monotonic()
            close_old_connections()  # a server that was restarted meanwhile is asked anew
            self.look()
            close_old_connections()  # a pool lends to one who looks, not to one who waits
            spent = time.monotonic() - began
            self.rest(max(0.0, wait_after(self.sweep.every, self.last.failures) - spent))
        connections.close_all()

    def rest(self, seconds: float) -> None:
        """Wait for the next look, or for a word; after a failure no word shortens the wait."""
        if self.last.failures:
            self.stop.wait(seconds)
            return
        # A row a millisecond is worked off by one look in twenty milliseconds.
        self.stop.wait(min(seconds, SHORTEST_REST))
        if not self.stop.is_set():
            self.nudge.wait(max(0.0, seconds - SHORTEST_REST))

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
    """All sweeps side by side, and the sign of life that `doctor` looks for.

    With a broker each sweep looks as soon as a row of its table is announced.
    """

    def __init__(self, sweeps: Iterable[Sweep], broker: str = "") -> None:
        self.stop = threading.Event()
        self.keepers = [Keeper(sweep, self.stop) for sweep in sweeps]
        self.ear = Ear(broker, self.nudge, self.stop) if broker else None
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.started_at = clock.now()

    def run(self) -> None:
        """Work until `stop` is set, then finish what was begun."""
        for keeper in self.keepers:
            keeper.start()
        if self.ear:
            self.ear.start()
        try:
            while not self.stop.is_set():
                close_old_connections()
                self.beat()
                close_old_connections()
                self.stop.wait(BEAT_EVERY)
        finally:
            self.finish()

    def nudge(self, rows: str) -> None:
        """Have the sweeps look that work off the rows of this table."""
        for keeper in self.keepers:
            if keeper.sweep.rows == rows:
                keeper.nudge.set()

    def beat(self) -> None:
        """Say that this worker lives; a database that is away for a while ends nothing."""
        now = clock.now()
        state = {keeper.name: asdict(keeper.last) for keeper in self.keepers}
        told = {
            "beat_at": now, "sweeps": state, "key": fingerprint(), "version": version("shouwen"),
        }  # fmt: skip
        try:
            Worker.objects.update_or_create(
                name=self.name,
                defaults=told,
                create_defaults=told | {"started_at": self.started_at},
            )
            Worker.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()
        except DatabaseError as error:
            log.warning("no sign of life could be written: %s", error)

    def finish(self, patience: float = 20.0) -> None:
        """Let every sweep end its look, then sign off."""
        self.stop.set()
        for keeper in self.keepers:
            keeper.nudge.set()
        until = time.monotonic() + patience
        for keeper in self.keepers:
            keeper.join(max(0.0, until - time.monotonic()))
        try:
            Worker.objects.filter(name=self.name).delete()
        except DatabaseError as error:
            log.warning("the worker could not sign off: %s", error)
        connections.close_all()


def fingerprint() -> str:
    """By which two machines see whether they have the same key; it says nothing of the key."""
    return salted_hmac("shouwen.doors.jobs.worker", "key", algorithm="sha256").hexdigest()[:16]


def alive(now: datetime) -> list[Worker]:
    """Workers that gave a sign of life lately."""
    return list(Worker.objects.filter(beat_at__gte=now - DEAD_AFTER).order_by("name"))
