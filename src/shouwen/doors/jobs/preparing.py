"""Bring an installation up to date before it serves: only what changed since the last time."""

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shouwen.ground.foundation.refusal import N_
from shouwen.ground.org.models import Person
from shouwen.ground.policy.loading import ROOT
from shouwen.ground.policy.models import Edition

from .catalogues import compile_all, stale

PREPARING = 711602
"""The number of the lock that a node holds while it prepares."""


@dataclass(frozen=True)
class Step:
    """One thing to bring up to date: whether it is needed, and how it is done.

    `do` returns what went wrong when the installation can go on without it.
    """

    title: str
    is_needed: Callable[[], bool]
    do: Callable[[], str]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let nodes that are started together lay the tables one after the other.

    The lock goes with the connection, so that a node that dies meanwhile holds up none.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def steps() -> list[Step]:
    """In the order in which they have to be done."""
    return [
        Step(N_("建立或更新数据表"), tables_are_behind, _migrate),
        Step(N_("编译英文词条"), lambda: bool(stale(settings.PACKAGE)), _compile),
        Step(N_("读入并发布制度"), _regulations_changed, _load),
        Step(N_("收集样式与脚本"), _static_files_changed, _collect),
        Step(N_("建立演示公司"), _wants_demo, _demo),
    ]


def tables_are_behind() -> bool:
    """Whether a migration waits, or the tables are of a version that this one does not know."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return bool(waiting or _foreign(executor.loader))


def _foreign(loader: MigrationLoader) -> list[str]:
    """Migrations that the database has seen and this version does not have."""
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    return sorted(f"{app}.{name}" for app, name in unknown)


def _migrate() -> str:
    if foreign := _foreign(MigrationLoader(connection)):
        raise CommandError(
            _("数据库 %(database)s 由另一版本建立（%(migration)s），未作改动；"
              "请用那个版本运行，或用 DATABASE_URL 指向空库。演示数据可删除该库后重来")
            % {"database": connection.settings_dict["NAME"], "migration": foreign[0]}
        )  # fmt: skip
    call_command("migrate", interactive=False, verbosity=0)
    return ""


def _compile() -> str:
    compile_all(settings.PACKAGE)
    return ""


def _regulations_changed() -> bool:
    return not Edition.objects.exists() or not _is_done("regulations", ROOT)


def _load() -> str:
    """A folder that contradicts its published edition is no reason to stop serving that edition."""
    try:
        call_command("load", stdout=io.StringIO())
    except CommandError as error:
        if not Edition.objects.exists():
            raise
        return str(error)
    _note("regulations", ROOT)
    return ""


def _static_files_changed() -> bool:
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return not collected.exists() or not _is_done("static", *_static_folders())


def _collect() -> str:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    _note("static", *_static_folders())
    return ""


def _wants_demo() -> bool:
    return settings.DEMO and "demo" in get_commands() and not Person.objects.exists()


def _demo() -> str:
    call_command("demo", verbosity=0)
    return ""


def _static_folders() -> list[Path]:
    storages = [s for finder in get_finders() for s in getattr(finder, "storages", {}).values()]
    return [Path(storage.location) for storage in storages]


def _is_done(name: str, *folders: Path) -> bool:
    """Whether a step was done for these files, as they are now."""
    return _notes().get(name) == _fingerprint(folders)


def _note(name: str, *folders: Path) -> None:
    notes = {**_notes(), name: _fingerprint(folders)}
    _notebook().write_text(json.dumps(notes))


def _notes() -> dict[str, str]:
    try:
        return dict(json.loads(_notebook().read_text()))
    except (OSError, ValueError):
        return {}


def _notebook() -> Path:
    return Path(settings.HOME) / "prepared.json"


def _fingerprint(folders: Iterable[Path]) -> str:
    """Names, sizes and times: reading some hundred names takes a few milliseconds."""
    lines = sorted(line for folder in folders for line in _lines(folder))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _lines(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".pyc", ".mo"):
            state = path.stat()
            yield f"{path} {state.st_size} {state.st_mtime_ns}"
