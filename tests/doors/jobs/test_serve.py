"""The real server with its real worker, as a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from doors.jobs.killing import children_of, until

SOURCE = Path(__file__).parents[3] / "src"


@pytest.fixture
def environment(tmp_path):
    """A home of its own, so that nothing here touches the database of the tests."""
    return environment_of(tmp_path)


def environment_of(home):
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TEST_DATABASE_URL")}
    kept |= {"SHOUWEN_HOME": str(home), "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1"}
    kept["DJANGO_SETTINGS_MODULE"] = "shouwen.config.settings"
    return kept


def shouwen(environment, *words, **options):
    command = [sys.executable, "-m", "shouwen", *words]
    return subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        **options,
    )  # fmt: skip


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The style sheets, scripts and fonts, collected once for all who serve."""
    home = tmp_path_factory.mktemp("collected")
    done = shouwen(environment_of(home), "collectstatic", "--noinput", "-v0")
    assert done.wait(300) == 0
    return home / "static"


@pytest.fixture
def served(environment, port, tmp_path, laid_tables, collected):
    """`shouwen serve` over a migrated database."""
    if laid_tables.exists():
        shutil.copy(laid_tables, tmp_path / "shouwen.sqlite3")
    else:
        assert shouwen(environment, "migrate", "-v0").wait(300) == 0
    shutil.copytree(collected, tmp_path / "static", copy_function=os.link, dirs_exist_ok=True)
    process = shouwen(environment, "serve", "--port", str(port), "--workers", "1")
    process.port = port
    try:
        until(lambda: answers(port))
        yield process
    finally:
        process.terminate()
        process.wait(40)


def answers(port):
    try:
        return urlopen(f"http://127.0.0.1:{port}/", timeout=2).status
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return None


def worker_of(process):
    return next((p for p, words in children_of(process.pid).items() if "shouwen work" in words), 0)


def gone(*pids):
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_it_answers_restarts_its_worker_and_stops_with_everything_it_started(served):
    assert answers(served.port) in (200, 302)
    first = until(lambda: worker_of(served))
    os.kill(first, signal.SIGKILL)
    second = until(lambda: worker_of(served) not in (0, first) and worker_of(served))
    everything = [second, *children_of(served.pid)]
    served.send_signal(signal.SIGTERM)
    assert served.wait(30) == 0
    until(lambda: gone(*everything))
    assert answers(served.port) is None
    assert f"http://127.0.0.1:{served.port}" in served.stdout.read()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process of such a death")
def test_nothing_stays_behind_when_it_is_killed(served):
    everything = list(children_of(served.pid))
    served.kill()
    until(lambda: gone(*everything))


def test_it_refuses_a_taken_port_and_an_old_database(served, environment, port, tmp_path):
    second = shouwen(environment, "serve", "--port", str(served.port))
    assert second.wait(20) == 1
    assert str(served.port) in second.stdout.read()
    environment["SHOUWEN_HOME"] = str(tmp_path / "new")
    other = shouwen(environment, "serve", "--port", str(port))
    assert other.wait(20) == 1
    assert "shouwen prepare" in other.stdout.read()
