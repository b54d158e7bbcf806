"""Where everything lies and listens. Nothing is written beside these files."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("BENCH_HOME", "~/.cache/shouwen-bench")).expanduser()
PG_PORT = int(os.environ.get("BENCH_PG_PORT", "55432"))
FIRST_PORT = int(os.environ.get("BENCH_FIRST_PORT", "8190"))
"""Web servers listen on the ports from here on, on loopback only."""
HOST = "127.0.0.1"
SIZES = (10_000, 100_000, 1_000_000)
RESULTS = HOME / "results.jsonl"
DOCUMENT = ROOT / "docs" / "performance.md"
EMBEDDED = ROOT / "docs" / "performance-sqlite.md"
CHART = ROOT / "docs" / "performance.svg"


def folder(*names: str) -> Path:
    """A folder of the bench, made when it is missing."""
    path = HOME.joinpath(*names)
    path.mkdir(parents=True, exist_ok=True)
    return path


def database_of(system: str, size: int, *, skew: bool = False) -> str:
    """The name of a system's database with so many cases."""
    return f"bench_{system}_{size}{'_skew' if skew else ''}"
