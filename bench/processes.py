"""Servers as groups of processes: start, stop, and what they use."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import places

TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 20.0


class MissingError(Exception):
    """What a step needs is not to be had here; the text says what and how it is got."""


def run(
    words: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str = "",
    log: str = "",
    timeout: float | None = None,
) -> str:
    """Run a command to its end; its output, which is kept in a log when that has a name."""
    done = subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        input=stdin,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=timeout,
        check=False,
    )
    if log:
        (places.folder("logs") / f"{log}.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-15:])
        raise RuntimeError(f"{words[0]} ended with {done.returncode}:\n{tail}")
    return done.stdout


def needs(*commands: str, package: str) -> None:
    """Say in plain words which Debian packages are missing."""
    for command in commands:
        if not shutil.which(command, path=f"{os.environ['PATH']}:/usr/sbin:/sbin"):
            raise MissingError(f"{command} is missing: apt-get install {package}")


def install_debian(*packages: str) -> None:
    """Install Debian packages without their questions; needs root and apt."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MissingError(
            f"only root of a Debian machine can: apt-get install {' '.join(packages)}"
        )
    # RUNLEVEL=1: the services that a package would start by itself are not wanted.
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    run(["apt-get", "update", "-q"], env=quiet, log="apt-update")
    words = ["apt-get", "install", "-qy", "--no-install-recommends", *packages]
    run(words, env=quiet, log=f"apt-{packages[0]}")


@dataclass
class Server:
    """One system's processes: everything in the session of the one that was started."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls,
        name: str,
        port: int,
        words: Sequence[str | Path],
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> "Server":
        """Start it and return at once; see `wait`."""
        if is_open(port):
            raise RuntimeError(f"{name}: port {port} is taken already")
        with (places.folder("logs") / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [str(word) for word in words],
                env={**os.environ, **(env or {})},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return cls(name, port, process)

    def wait(self, seconds: float = 90.0) -> None:
        """Wait until its port is open."""
        until = time.monotonic() + seconds
        while not is_open(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                log = places.folder("logs") / f"{self.name}.log"
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-10:])
                raise RuntimeError(f"{self.name} did not open port {self.port}:\n{tail}")
            time.sleep(0.02)

    def members(self) -> list[int]:
        """Its processes, whatever groups they made for themselves."""
        return [pid for pid in _pids() if _stat(pid, SESSION) == self.process.pid]

    def stop(self) -> None:
        """Ask it to finish; what is still there after a while is killed."""
        if self.process.poll() is None:
            self.process.terminate()
        until = time.monotonic() + PATIENCE
        while (left := self.members()) and time.monotonic() < until:
            self.process.poll()
            time.sleep(0.05)
        for pid in left:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return sum(cpu_seconds(pid) for pid in self.members())

    def memory(self) -> dict[str, float]:
        """MB in all, and of its largest process, counting shared pages by their share (PSS)."""
        each = sorted(pss(pid) for pid in self.members())
        return {"all_mb": sum(each), "largest_mb": each[-1] if each else 0.0}


def is_open(port: int) -> bool:
    """Whether something listens there."""
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex((places.HOST, port)) == 0


SESSION, PARENT = 5, 3
USER, CHILDREN_END = 13, 17
"""Places in /proc/PID/stat, counted from nought."""


def _pids() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def _fields(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it has just ended
        return []
    head, _, rest = text.rpartition(")")
    return ["", head, *rest.split()]


def _stat(pid: int, place: int) -> int:
    fields = _fields(pid)
    return int(fields[place]) if fields else -1


def children(pid: int) -> list[int]:
    """The processes that one started."""
    return [one for one in _pids() if _stat(one, PARENT) == pid]


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and of those of its children that have ended."""
    fields = _fields(pid)
    return sum(int(one) for one in fields[USER:CHILDREN_END]) / TICKS if fields else 0.0


def pss(pid: int) -> float:
    """Proportional memory of a process in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
