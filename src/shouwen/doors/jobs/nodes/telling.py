"""Tell the workers over the broker that a row waits.

A thread of its own does it: whoever committed goes on at once, whether the broker lives or not.
What is told twice before it left is told once, and what cannot be told is dropped; the sweep that
comes by each second finds the row.
"""

import logging
import os
import threading
from typing import Any

from . import lines

PAUSE = 5.0
"""Seconds without a try after the broker was found to be away."""

log = logging.getLogger(__name__)


class Teller:
    """Collects names and sends them on; starts its thread with the first word of a process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._names: set[str] = set()
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._pid = 0
        self._away = False

    def tell(self, name: str) -> None:
        """Have a name sent. Never waits, never fails."""
        with self._lock:
            self._names.add(name)
            if self._pid != os.getpid():  # a thread does not come along when a process forks
                self._pid = os.getpid()
                self._some = threading.Event()
                threading.Thread(target=self._run, name="broker", daemon=True).start()
        self._some.set()

    def _run(self) -> None:
        while True:
            try:
                self._send_on()
            except Exception as error:
                if not self._away:
                    log.warning("the broker cannot be told, sweeps go on without it: %s", error)
                self._away = True
                threading.Event().wait(PAUSE)
                self._take()

    def _send_on(self) -> None:
        """Send until the line breaks, which throws."""
        with lines.connection(self.url) as line:
            line.ensure_connection(max_retries=1, timeout=lines.PATIENCE)
            producer = line.Producer(
                exchange=lines.exchange(), serializer="json", auto_declare=True
            )
            while True:
                self._some.wait()
                self._some.clear()
                for name in self._take():
                    self._send(producer, name)

    def _send(self, producer: Any, name: str) -> None:
        producer.publish(name, delivery_mode="transient", expiration=lines.KEPT)
        if self._away:
            log.info("the broker is told again")
        self._away = False

    def _take(self) -> set[str]:
        with self._lock:
            names, self._names = self._names, set()
        return names
