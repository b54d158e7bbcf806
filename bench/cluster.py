"""The bench's own PostgreSQL: durable commits, loopback, a data folder and a port of its own."""

import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from bench import places, processes

ROLE = "bench"
SETTINGS = """
port = {port}
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
shared_buffers = 1GB
effective_cache_size = 8GB
work_mem = 16MB
maintenance_work_mem = 512MB
max_wal_size = 8GB
fsync = on
synchronous_commit = on
full_page_writes = on
random_page_cost = 1.1
max_connections = 200
timezone = 'UTC'
log_destination = 'stderr,jsonlog'
logging_collector = on
log_rotation_age = 0
log_rotation_size = 0
log_filename = 'bench.log'
log_min_duration_statement = -1
"""


def _data() -> Path:
    """Below the bench's home, or, where user postgres may not enter that, below his own."""
    wanted = Path(os.environ.get("BENCH_PG_HOME", places.HOME / "pg"))
    if os.geteuid() == 0:
        closed = [one for one in wanted.parents if one.exists() and not one.stat().st_mode & 1]
        if closed and "BENCH_PG_HOME" not in os.environ:
            return Path(pwd.getpwnam("postgres").pw_dir) / "shouwen-bench"
    return wanted


def binaries() -> Path:
    """Where initdb and pg_ctl lie."""
    processes.needs("pg_config", package="postgresql postgresql-server-dev-all")
    return Path(processes.run(["pg_config", "--bindir"]).strip())


def _as_owner(words: list[str | Path]) -> None:
    """As root by way of user postgres: the server refuses to run as root."""
    prefix: list[str | Path] = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    # Without a log of its own pg_ctl's output pipe would be held open by the server.
    processes.run([*prefix, *words], cwd=Path("/"))


def set_up() -> None:
    """Make the cluster once, and start it."""
    data, tools = _data(), binaries()
    if not (data / "PG_VERSION").exists():
        data.parent.mkdir(parents=True, exist_ok=True)
        data.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(data, "postgres", "postgres")
        words: list[str | Path] = [
            "-D",
            data,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "-U",
            ROLE,
        ]
        _as_owner([tools / "initdb", *words])
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(SETTINGS.format(port=places.PG_PORT))
    start()


def start() -> None:
    """Start the cluster when it does not run."""
    if not processes.is_open(places.PG_PORT):
        data = _data()
        _as_owner([binaries() / "pg_ctl", "-D", data, "-l", data / "start.log", "-w", "start"])


def stop() -> None:
    """Stop the cluster when it runs."""
    if processes.is_open(places.PG_PORT):
        _as_owner([binaries() / "pg_ctl", "-D", _data(), "-m", "fast", "-w", "stop"])


def log_file() -> Path:
    """What the server says, as JSON lines."""
    return _data() / "log" / "bench.json"


def url(database: str) -> str:
    """The address of a database as Django's settings take it."""
    return f"postgres://{ROLE}@{places.HOST}:{places.PG_PORT}/{database}"


def connect(database: str = "postgres") -> psycopg.Connection:
    """A connection that commits each statement."""
    found = {"host": places.HOST, "port": places.PG_PORT, "user": ROLE, "dbname": database}
    return psycopg.connect(autocommit=True, **found)  # type: ignore[arg-type]


@contextmanager
def cursor(database: str) -> Iterator[psycopg.Cursor]:
    """A cursor that commits each statement."""
    with connect(database) as connection, connection.cursor() as found:
        yield found


def script(database: str, text: str, **values: object) -> None:
    """Run statements one after another; `{name}` is replaced by a quoted value."""
    made = sql.SQL(text).format(**{name: sql.Literal(value) for name, value in values.items()})
    with cursor(database) as found:
        for statement in made.as_string(found).split(";\n"):
            if statement.strip():
                found.execute(statement)


def exists(database: str) -> bool:
    """Whether there is such a database."""
    with cursor("postgres") as found:
        found.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        return found.fetchone() is not None


def drop(database: str) -> None:
    """Throw a database away."""
    with cursor("postgres") as found:
        name = sql.Identifier(database)
        found.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def fresh(database: str, template: str = "template0") -> None:
    """An empty database, or a copy of another one."""
    drop(database)
    with cursor("postgres") as found:
        names = sql.Identifier(database), sql.Identifier(template)
        found.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(*names))


def settle(database: str) -> None:
    """Vacuum, analyse and write everything out, so that no figure pays for the loading."""
    with cursor(database) as found:
        found.execute("VACUUM ANALYZE")
        found.execute("CHECKPOINT")


def cpu_seconds() -> float:
    """Processor time of the server and all its processes so far."""
    owner = int((_data() / "postmaster.pid").read_text().split()[0])
    return sum(processes.cpu_seconds(pid) for pid in (owner, *processes.children(owner)))


def version() -> str:
    """Which PostgreSQL this is."""
    with cursor("postgres") as found:
        found.execute("SHOW server_version")
        row = found.fetchone()
        return str(row[0]) if row else ""
