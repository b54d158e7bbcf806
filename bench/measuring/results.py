"""Results as JSON lines: one line a figure, kept for ever; the report reads the newest."""

import json
import platform
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import cluster, places

Line = dict[str, Any]


def keep(kind: str, **values: Any) -> Line:
    """Add a line and say it."""
    line = {"kind": kind, "at": int(time.time()), **values}
    with places.RESULTS.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
    said = " ".join(
        f"{name}={value}" for name, value in line.items() if name not in ("at", "plans")
    )
    print(said, flush=True)
    return line


def now() -> float:
    """Seconds that only grow."""
    return time.monotonic()


def read(path: Path = places.RESULTS) -> Iterator[Line]:
    """Every line in the order of their writing."""
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if line.strip())


def keep_machine() -> None:
    """What this was measured on."""
    cpu = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    memory = Path("/proc/meminfo").read_text().split()[1]
    keep(
        "machine",
        cpu=cpu[0] if cpu else platform.machine(),
        cores=len(cpu),
        memory_gib=round(int(memory) / 1024**2),
        system=_release(),
        kernel=platform.release(),
        python=platform.python_version(),
        postgresql=cluster.version(),
        commit=_commit(),
    )


def _release() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _commit() -> str:
    words = ["git", "-C", str(places.ROOT), "describe", "--always", "--dirty"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
