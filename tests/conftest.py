"""What every test may rely on: a database of its own, no network, no memory of the test before."""

import gc
import hashlib
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation
from emptying import empty, without_triggers
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from shouwen.doors.jobs.catalogues import compile_all
from shouwen.engines.limits import actions as limits
from shouwen.ground.org import roster
from shouwen.ground.policy import queries as policy
from shouwen.ground.policy.loading import load_all
from shouwen.ground.policy.models import Edition, Regulation

ROOT = Path(__file__).parents[1]

# A shared machine makes a first example slow, which is no fault of the rule under test.
hypothesis_settings.register_profile("shouwen", deadline=None)
hypothesis_settings.load_profile("shouwen")


def pytest_configure(config: pytest.Config) -> None:
    """Test the English of the catalogues as they stand; the main process compiles for all."""
    if not hasattr(config, "workerinput"):
        compile_all(settings.PACKAGE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what only one of the two databases can show."""
    for item in items:
        for marker, vendor in (("pg_only", "postgresql"), ("sqlite_only", "sqlite")):
            if item.get_closest_marker(marker) and connection.vendor != vendor:
                item.add_marker(pytest.mark.skip(reason=f"for {vendor} only"))


def pytest_collection_finish() -> None:
    """What was imported stays: it need not be gone through for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def laid_tables(request: pytest.FixtureRequest) -> Path:
    """Where an SQLite file with these very migrations applied is kept from one run to the next."""
    state = hashlib.sha256((ROOT / "requirements-dev.lock").read_bytes())
    for path in sorted(settings.PACKAGE.rglob("migrations/*.py")):
        state.update(path.read_bytes())
    return request.config.cache.mkdir("tables") / f"{state.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(
    laid_tables: Path, django_db_modify_db_settings: None, request: pytest.FixtureRequest
) -> bool:
    """Begin with a copy of the laid tables; laying them takes ten seconds of every run."""
    if connection.vendor != "sqlite" or not laid_tables.exists():
        return bool(request.config.getvalue("reuse_db"))
    shutil.copy(laid_tables, settings.DATABASES["default"]["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    laid_tables: Path,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Keep freshly laid tables for the next run."""
    if connection.vendor != "sqlite" or laid_tables.exists():
        return
    with django_db_blocker.unblock():
        fresh = laid_tables.with_suffix(f".{os.getpid()}")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
    for old in laid_tables.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    fresh.replace(laid_tables)


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that would leave this machine fails and says where it wanted to go."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            if not (host.startswith("127.") or host in ("localhost", "::1")):
                raise AssertionError(f"tests do not reach the network: {host}")
        return real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(autouse=True, scope="session")
def _emptied_where_rows_are() -> Iterator[None]:
    """After a transactional test, empty the tables it used, those too that otherwise only grow."""

    def empty_all(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            empty(connections[alias])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_all)
        yield


@pytest.fixture
def keyless():
    """`with keyless(): …` changes what only somebody with the keys of the database can."""
    return lambda: without_triggers(connection)


@pytest.fixture(autouse=True)
def _no_memory_of_the_test_before() -> None:
    """What a process remembers of its tables is untrue once a test's rows are gone.

    Nor does a page that was asked for in English leave its language behind.
    """
    translation.deactivate()
    policy.forget()
    roster.forget()
    limits.forget_parts()


@pytest.fixture(autouse=True)
def _counts_know_no_haste(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether somebody else wrote is looked up again after a second; not in a test of one thread.

    Else a slow machine counts one statement more than a fast one.
    """
    if "transactional_db" not in request.fixturenames:
        monkeypatch.setattr(policy, "CHECK_EVERY", 3600.0)
        monkeypatch.setattr(roster, "CHECK_EVERY", 3600.0)


@pytest.fixture
def regulations(db: None) -> None:
    """The regulations of the tree, published; read from their folders once per process."""
    if _published:
        Regulation.objects.bulk_create([edition.regulation for edition in _published])
        Edition.objects.bulk_create(_published)
        policy.forget()
    else:
        load_all()
        _published.extend(Edition.objects.select_related("regulation").order_by("pk"))


_published: list[Edition] = []
