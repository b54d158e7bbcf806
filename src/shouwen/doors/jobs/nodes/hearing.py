"""Hear from the broker that a row waits, and have the sweep that works it off look at once."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from . import lines

PAUSE = 5.0
"""Seconds before a broker that is away is tried again."""

log = logging.getLogger(__name__)


class Ear(threading.Thread):
    """Listens until told to stop; a broker that is away or dies is waited for."""

    def __init__(self, url: str, heard: Callable[[str], None], stop: threading.Event) -> None:
        super().__init__(name="broker", daemon=True)
        self.url, self.heard, self.stop = url, heard, stop
        self.is_open = threading.Event()
        """Set while the broker would reach us."""

    def run(self) -> None:
        """Listen, and listen anew."""
        said = False
        while not self.stop.is_set():
            try:
                self._listen()
            except Exception as error:
                if self.is_open.is_set() or not said:
                    log.warning("the broker is away, sweeps go on without it: %s", error)
                said = True
                self.is_open.clear()
                self.stop.wait(PAUSE)

    def _listen(self) -> None:
        with lines.connection(self.url, heartbeat=10) as line:
            line.ensure_connection(max_retries=1, timeout=lines.PATIENCE)
            consumer = line.Consumer(
                lines.queue(), callbacks=[self._take], accept=["json"], no_ack=True
            )
            with consumer:
                self.is_open.set()
                while not self.stop.is_set():
                    self._drain(line)

    def _drain(self, line: Any) -> None:
        try:
            line.drain_events(timeout=1.0)
        except TimeoutError:
            line.heartbeat_check()

    def _take(self, body: object, message: object) -> None:
        if isinstance(body, str):
            self.heard(body)
