"""What a system has to say of itself to be measured. `README.md` shows how one is added."""

import os
import random
import shutil
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, cycle
from pathlib import Path

from bench import cluster, places, processes, rows
from bench.measuring.client import Answer, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.wording import FOUR, TWO, Writer

COMMENT = "已联系客户，安排三日内上门检修。"
PAGE = 25
DEEP = 1_000


class System(ABC):
    """One product under measurement, with one database of one size."""

    key: str
    title: str
    role = "peer"
    """`peer`, `ours`, `embedded` or `limit`."""
    place: int
    """Its port, counted from the first of the bench."""
    absent: Mapping[str, str] = {}
    """Work it does not know, and why."""
    interface = ""
    """Through which of its doors it was measured."""
    first_page_path = "/"
    """What answers first after a cold start."""
    pages: Mapping[str, str] = {}
    """Pages that a browser visits: `list`, `case`."""

    def __init__(self, size: int, *, skew: bool = False) -> None:
        self.size, self.skew = size, skew
        self.database = places.database_of(self.key, size, skew=skew)

    @property
    def port(self) -> int:
        """Where it listens."""
        return places.FIRST_PORT + self.place

    @property
    def base(self) -> str:
        """Its database as it stands after installing, without cases."""
        return f"bench_{self.key}_base"

    @property
    def home(self) -> Path:
        """Its folder."""
        return places.folder(self.key)

    @property
    def is_installed(self) -> bool:
        """Whether its empty database stands."""
        return cluster.exists(self.base)

    @property
    def is_loaded(self) -> bool:
        """Whether its database with the cases stands."""
        return cluster.exists(self.database)

    def unload(self) -> None:
        """Throw its database with the cases away."""
        cluster.drop(self.database)

    @abstractmethod
    def install(self) -> None:
        """Install it and make its empty database. Raises MissingError where that cannot be."""

    @abstractmethod
    def load(self) -> None:
        """Make its database with the cases."""

    def spread(self, script: str) -> None:
        """Copy the rows beside its empty database, spread them into its tables by SQL, settle."""
        cluster.fresh(self.database, self.base)
        rows.copy_into(self.database, self.size, skew=self.skew)
        cluster.script(
            self.database, script, size=self.size, followups=rows.FOLLOWUPS, followed=rows.FOLLOWED
        )
        cluster.settle(self.database)

    @abstractmethod
    def start(self) -> Server:
        """Start its web server with two workers."""

    def start_silent(self) -> Server:
        """Start it without what it does in the background, so that a request is seen alone."""
        return self.start()

    def version(self) -> str:
        """Which version is measured."""
        return ""

    async def prepare(self, session: Session) -> None:
        """Look up what the requests need to know. Called once, signed in."""
        return

    @abstractmethod
    async def sign_in(self, session: Session) -> None:
        """Sign in as an ordinary agent would."""

    async def sign_in_pages(self, session: Session) -> None:
        """Sign in to its pages, where that is another way than that of its interface."""
        await self.sign_in(session)

    @property
    def has_pages(self) -> bool:
        """Whether a browser can visit it."""
        return bool(self.pages)

    @abstractmethod
    def create(self, row: Row) -> Call:
        """W1."""

    @abstractmethod
    def first_page(self, unit: int) -> Call:
        """W2, the first page of a unit's open cases."""

    @abstractmethod
    def deep_page(self, page: int) -> Call:
        """W2, a page far down all cases, counted from one."""

    @abstractmethod
    def detail(self, number: int) -> Call:
        """W3."""

    @abstractmethod
    def search(self, word: str) -> Call:
        """W4."""

    @abstractmethod
    def step(self, number: int) -> Call:
        """W5; `number` comes from `steps`."""

    def contact(self, row: Row) -> Call:
        """W1 of a system that tells contacts and cases apart."""
        raise NotImplementedError

    def statistics(self) -> Call:
        """W6."""
        raise NotImplementedError

    @abstractmethod
    def desk(self) -> Call:
        """W8, what a busy person has open."""

    def why_not(self, work: str) -> str:
        """Why it does not do this work; empty when it does."""
        if work == "contact" and type(self).contact is System.contact:
            return "it tells no contacts from cases"
        return self.absent.get(work, "")

    def steps(self, turn: int) -> Iterator[int]:
        """Cases to move, so that no case is moved twice in one round."""
        low = rows.FOLLOWED + 1
        start = low + (turn * 7919) % max(1, self.size - low)
        return cycle(chain(range(start, self.size), range(low, start)))

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        """What is wrong with the answers to a piece of work; said of every one."""
        for answer in answers:
            if answer.status >= 400 or "login" in answer.location.lower():
                return f"{answer.status} {answer.location} {answer.body[:200]!r}"
        return ""

    def proof(self, work: str) -> Call | None:
        """What tells how much a piece of work finds, where its own answers do not."""
        return None

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        """How many rows a list shows, or how many hits a search tells; None when it does not."""
        return None

    def expected(self, work: str) -> int | None:
        """How many that has to be at least."""
        return {
            "first_page": PAGE,
            "deep_page": PAGE,
            "detail": rows.FOLLOWUPS,
            "search_two": rows.expected_hits(self.size, TWO),
            "search_four": rows.expected_hits(self.size, FOUR),
        }.get(work)

    def page_number(self) -> int:
        """Page 1,000, or the last one of a smaller data set."""
        return min(DEEP, self.size // PAGE - 1)

    def maker(self, work: str, turn: int) -> Callable[[], Call]:
        """Makes the pieces of one kind of work, other ones in every round."""
        chance = random.Random(turn * 1000 + 5)
        if work in ("create", "contact"):
            writer, method = Writer(turn + 100, sentences=2000), getattr(self, work)
            return lambda: method(rows.new_row(chance, writer))
        if work == "step":
            numbers = self.steps(turn)
            return lambda: self.step(next(numbers))
        return {
            "first_page": lambda: self.first_page(chance.randint(1, rows.UNITS)),
            "deep_page": lambda: self.deep_page(self.page_number()),
            "detail": lambda: self.detail(chance.randint(1, rows.FOLLOWED)),
            "search_two": lambda: self.search(TWO),
            "search_four": lambda: self.search(FOUR),
            "statistics": self.statistics,
            "desk": self.desk,
        }[work]

    def sweep(self, cases: int) -> tuple[float, int]:
        """W7: seconds its own command takes for so many overdue cases, and how many it took."""
        raise NotImplementedError

    def open_copy(self, cases: int) -> str:
        """A database of the same size to sweep in; the system's own statements open the cases."""
        name = f"bench_{self.key}_sweep"
        cluster.fresh(name, self.database)
        return name

    def close_copy(self) -> None:
        """Throw that away."""
        cluster.drop(f"bench_{self.key}_sweep")


def environment(name: str, *packages: str) -> Path:
    """A virtual environment of a system's own; its folder of commands."""
    path = places.folder("environments") / name
    bin_path = path / "bin"
    done = path / "installed.txt"
    wanted = "\n".join(packages)
    if not done.exists() or done.read_text() != wanted:
        shutil.rmtree(path, ignore_errors=True)
        processes.run([sys.executable, "-m", "venv", path])
        processes.run([bin_path / "pip", "install", "-q", *packages], log=f"pip-{name}")
        done.write_text(wanted)
    return bin_path


def installed(bin_path: Path, package: str) -> str:
    """The version of a package in an environment."""
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return processes.run([bin_path / "python", "-c", code]).strip()


def pg_environment(database: str) -> dict[str, str]:
    """What libpq and the systems' configuration files read."""
    found = {"PGHOST": places.HOST, "PGPORT": str(places.PG_PORT), "PGUSER": cluster.ROLE}
    return {**found, "BENCH_DB": database, "PATH": os.environ["PATH"]}
