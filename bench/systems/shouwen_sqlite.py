"""Shouwen on its embedded default: the same rows in one SQLite file, served the same way."""

import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from bench import cluster, places, processes
from bench.systems.shouwen import Shouwen

OVERDUE = (
    "UPDATE dues_due SET next_wake_at = datetime('now', '-1 minute'),"
    " due_at = datetime('now', '-1 minute'), missed_at = NULL, escalated_at = NULL"
    " WHERE id IN (SELECT id FROM dues_due WHERE settled_at IS NULL AND paused_at IS NULL"
    " ORDER BY id LIMIT ?)"
)


class ShouwenOnSqlite(Shouwen):
    """The rows of the loaded PostgreSQL, moved; measured in runs with `shouwen` beside it."""

    key, title, role, place = "shouwen_sqlite", "Shouwen 首问, SQLite", "embedded", 10

    @property
    def file(self) -> Path:
        """Its database."""
        return places.folder(self.key, self.database) / "shouwen.sqlite3"

    @property
    def is_installed(self) -> bool:
        return Shouwen(self.size).is_installed

    @property
    def is_loaded(self) -> bool:
        return self.file.exists()

    @property
    def _env(self) -> dict[str, str]:
        return {**super()._env, "DATABASE_URL": f"sqlite:///{self.file}"}

    def install(self) -> None:
        """Nothing beside what `shouwen` installs."""

    def load(self) -> None:
        rows = Shouwen(self.size, skew=self.skew)
        if not rows.is_loaded:
            raise RuntimeError("load `shouwen` first: its rows are moved")
        self.unload()
        self._shouwen("migrate")
        command = [sys.executable, "-m", "bench.shouwen_loader.moving", cluster.url(rows.database)]
        processes.run(command, env=self._env, cwd=places.ROOT, log="shouwen-moving")
        self._shouwen("prepare")
        self.let_in()

    def unload(self) -> None:
        for name in self.file.parent.glob("shouwen.sqlite3*"):
            name.unlink()

    def ask(self, query: str, *values: Any) -> list[Sequence[Any]]:
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query.replace("%s", "?"), values).fetchall()

    def open_copy(self, cases: int) -> str:
        """A file of its own to sweep in; gives its address."""
        copy = self.file.with_name("sweep.sqlite3")
        with closing(sqlite3.connect(self.file)) as source, closing(sqlite3.connect(copy)) as into:
            source.backup(into)
            into.execute(OVERDUE, [cases])
            into.commit()
        return f"sqlite:///{copy}"

    def waiting(self, url: str) -> int:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            found: int = connection.execute(self.WAITING).fetchone()[0]
        return found

    def close_copy(self) -> None:
        for name in self.file.parent.glob("sweep.sqlite3*"):
            name.unlink()
