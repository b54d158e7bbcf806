"""Keep the web server and the worker beside it running, and stop both together."""

import ctypes
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
PATIENCE = 25.0
"""Seconds a process may take to finish before it is killed."""
PR_SET_PDEATHSIG = 1
SHORTEST_LIFE = 2.0
"""A process that lived shorter is started again only after a pause."""


def end_with_parent() -> None:
    """On Linux, let this process be asked to finish when its parent dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process to keep up."""

    name: str
    command: Sequence[str]
    essential: bool
    """When it ends by itself everything ends; the others are started again."""
    process: subprocess.Popen[bytes] | None = None
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start it, in its own process group: a Ctrl-C reaches it through us alone."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            self.command, process_group=0, preexec_fn=end_with_parent
        )

    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self.process.poll() if self.process else None

    def end(self) -> None:
        """Ask it to finish."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait for its end, and enforce it when patience is over."""
        if not self.process:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s does not finish; killed", self.name)
            self.process.kill()
            self.process.wait()


def keep(children: Sequence[Child]) -> int:
    """Run until a signal or until an essential process ends; returns the exit code."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    for child in children:
        child.start()
    try:
        return _watch(children, stop)
    finally:
        for child in children:
            child.end()
        until = time.monotonic() + PATIENCE
        for child in children:
            child.wait(until)


def _watch(children: Sequence[Child], stop: threading.Event) -> int:
    while not stop.wait(0.5):
        for child in children:
            code = child.ended()
            if code is None:
                continue
            if child.essential:
                log.error("%s ended with %s", child.name, code)
                return code or 1
            _again(child, code, stop)
    return 0


def _again(child: Child, code: int, stop: threading.Event) -> None:
    lived = time.monotonic() - child.started
    log.warning("%s ended with %s after %.0f s; starting it again", child.name, code, lived)
    if lived < SHORTEST_LIFE and stop.wait(SHORTEST_LIFE):
        return
    child.start()
