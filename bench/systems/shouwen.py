"""Shouwen itself: `shouwen serve` with two web workers and its worker, signed in by its form."""

import base64
import importlib.util
import json
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from typing import Any
from urllib.parse import urlencode

from bench import cluster, places, processes
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import PAGE, System
from bench.wording import FOUR, TWO

AGENT, PASSWORD = "meiruohan", "agent-of-the-bench"
"""A supervisor of sales: takes calls, sends proposals on, has a full desk."""
LOADER = "bench.shouwen_loader"
DEMO_COMPLAINTS = 60
MOVE = "proposed"
"""The step that is measured: whoever took it may take it back, and the section stands already."""
OVERDUE = (
    "UPDATE dues_due SET next_wake_at = now() - interval '1 minute',"
    " due_at = now() - interval '1 minute', missed_at = NULL, escalated_at = NULL"
    " WHERE id IN (SELECT id FROM dues_due WHERE settled_at IS NULL AND paused_at IS NULL"
    " ORDER BY id LIMIT {cases})"
)
LISTS = ("first_page", "deep_page", "search_two", "search_four")
LET_IN = f"""
from shouwen.doors.api import actions, models
from shouwen.ground.org.models import Person
agent = Person.objects.select_related("user").get(user__username={AGENT!r})
agent.user.set_password({PASSWORD!r})
agent.user.save()
from shouwen.work.cases.models import Case
division = Case.objects.filter(kind="quality_complaint").latest("pk").division
keeper = Person.objects.get(user__username="jimingfa")
for client in models.ApiClient.objects.filter(name="bench", revoked_at=None):
    actions.revoke_client(client, by=keeper)
issued = actions.create_client(division, "bench", ["contacts:write", "cases:read"], by=keeper)
print("token", issued.token)
"""
MOVED = (
    "SELECT c.id FROM cases_case c JOIN flows_run r ON r.subject_kind = 'case'"
    " AND r.subject_id = c.id JOIN org_person p ON p.id = r.changed_by_id"
    " JOIN auth_user u ON u.id = p.user_id"
    " WHERE c.state = 'open' AND u.username = '" + AGENT + "' AND c.stage = '{}'"
    " ORDER BY c.id LIMIT 4000"
)
DEEP = (
    "SELECT c.id FROM cases_case c JOIN api_apiclient a ON a.division_id = c.division_id"
    " WHERE a.name = 'bench' AND a.revoked_at IS NULL ORDER BY c.id DESC LIMIT 1 OFFSET %s"
)
HOLDING = (
    "SELECT count(*) FROM cases_casetext t JOIN cases_case c ON c.id = t.case_id"
    " JOIN api_apiclient a ON a.division_id = c.division_id"
    " WHERE a.name = 'bench' AND a.revoked_at IS NULL AND t.description LIKE %s"
)
QUERIES = {
    "cases": "SELECT id FROM cases_case WHERE kind = 'quality_complaint' ORDER BY id LIMIT 2000",
    "numbers": "SELECT number FROM cases_case WHERE kind = 'quality_complaint'"
    " AND number IS NOT NULL ORDER BY id LIMIT 2000",
    "units": "SELECT u.code FROM cases_case c JOIN org_unit u ON u.id = c.unit_id"
    " WHERE c.state = 'open' AND c.kind = 'quality_complaint'"
    " GROUP BY u.code ORDER BY count(*) DESC LIMIT 10",
    "customers": "SELECT id FROM customers_customer c WHERE EXISTS (SELECT 1 FROM cases_case"
    " WHERE customer_id = c.id AND kind = 'quality_complaint') ORDER BY id LIMIT 2000",
    "codes": "SELECT code FROM customers_customer c WHERE EXISTS (SELECT 1 FROM cases_case"
    " WHERE customer_id = c.id AND kind = 'quality_complaint') ORDER BY id LIMIT 2000",
    "sent": MOVED.format("first_opinion"),
    "taken_back": MOVED.format("proposal"),
}


class Shouwen(System):
    """granian, two processes with four threads each, and the worker that `serve` keeps up."""

    key, title, role, place = "shouwen", "Shouwen 首问", "ours", 0
    interface = (
        "its interface for other systems (lists, case, search), its forms and pages (create, step,"
        " statistics, desk); page 1,000 is of the newest first"
    )
    first_page_path = "/sign-in/"
    WAITING = (
        "SELECT count(*) FROM dues_due"
        " WHERE settled_at IS NULL AND next_wake_at < CURRENT_TIMESTAMP"
    )

    def __init__(self, size: int, *, skew: bool = False) -> None:
        super().__init__(size, skew=skew)
        self.known: dict[str, list[Any]] = {}
        self.moves: Iterator[int] = iter(())
        self.deep = self.token = ""
        self.hits: dict[str, int] = {}

    @property
    def has_pages(self) -> bool:
        return True

    @property
    def pages(self) -> dict[str, str]:  # type: ignore[override]
        """Pages that a browser visits."""
        return {"list": "/cases/", "case": f"/cases/{self.known['cases'][0]}/"}

    @property
    def _env(self) -> dict[str, str]:
        return {
            "DATABASE_URL": cluster.url(self.database),
            "SHOUWEN_HOME": str(places.folder(self.key, self.database)),
            "API_RATE": "1000000000",
            "EMAIL_URL": "dummymail://",
        }

    def _shouwen(self, *words: str, **more: str) -> str:
        command = [sys.executable, "-m", "shouwen", *words]
        return processes.run(command, env={**self._env, **more}, log=f"shouwen-{words[0]}")

    def install(self) -> None:
        cluster.fresh(self.base)
        home = str(places.folder(self.key, self.base))
        self._shouwen("prepare", DATABASE_URL=cluster.url(self.base), SHOUWEN_HOME=home)

    def version(self) -> str:
        words = ["git", "-C", str(places.ROOT), "describe", "--always"]
        return processes.run(words).strip()

    def load(self) -> None:
        cluster.fresh(self.database, self.base)
        self._shouwen("prepare")
        if importlib.util.find_spec(LOADER):
            words = ["--cases", str(self.size), *(["--skew"] if self.skew else [])]
            command = [sys.executable, "-m", LOADER, *words]
            processes.run(command, env=self._env, cwd=places.ROOT, log="shouwen-loader")
        else:
            some = ["--all", "--limit", str(DEMO_COMPLAINTS)]
            self._shouwen("demo", *some, SHOUWEN_DEMO="1")
        self.let_in()
        cluster.settle(self.database)

    def let_in(self) -> None:
        """Give the agent a password, and a system of the bench a token."""
        said = self._shouwen("shell", "-c", LET_IN).split()
        token = said[said.index("token") + 1]
        (places.folder(self.key) / f"{self.database}.token").write_text(token)

    def start(self) -> Server:
        return self._serve()

    def start_silent(self) -> Server:
        return self._serve("--no-worker")

    def _serve(self, *more: str) -> Server:
        words = ["serve", "--host", places.HOST, "--port", str(self.port), "--workers", "2"]
        command = [sys.executable, "-m", "shouwen", *words, *more]
        return Server.start(self.key, self.port, command, self._env)

    async def sign_in(self, session: Session) -> None:
        await session.send(Request.get("/sign-in/"))
        form = {
            "username": AGENT,
            "password": PASSWORD,
            "csrfmiddlewaretoken": session.cookies["csrftoken"],
        }
        answer = await session.send(Request.form("/sign-in/", **form))
        assert answer.status == 302, f"not signed in: {answer.status}"
        session.headers["X-CSRFToken"] = session.cookies["csrftoken"]

    async def prepare(self, session: Session) -> None:
        for name, query in QUERIES.items():
            self.known[name] = [row[0] for row in self.ask(query)]
        before = self.ask(DEEP, (self.page_number() - 1) * PAGE)
        key = json.dumps([before[0][0]] if before else [2**60]).encode()
        self.deep = base64.urlsafe_b64encode(key).decode().rstrip("=")
        self.token = (places.folder(self.key) / f"{self.database}.token").read_text()
        for word in (TWO, FOUR):
            self.hits[word] = await self._walk(session, word)
        back, sent = self.known["taken_back"], self.known["sent"]
        found = [*sent, *back]
        # Taken back (a negative number), then sent on again; each is a whole step of the flow.
        both = cycle(chain((-number for number in found), found))
        self.moves = chain(back, both)  # where an earlier run ended in between

    def _read(self, what: str, **asked: object) -> Request:
        """A question of another system, in JSON."""
        words = f"?{urlencode(asked)}" if asked else ""
        headers = {"Authorization": f"Bearer {self.token}"}
        return Request("GET", f"/api/v1/{what}{words}", headers=headers)

    async def _walk(self, session: Session, word: str) -> int:
        """All hits of a word, page by page: a page alone would not show that none is missing."""
        after, hits = "", 0
        while after is not None:
            answer = await session.send(self._read("search", q=word, limit=PAGE, after=after))
            page = json.loads(answer.body)
            hits, after = hits + len(page["items"]), page["next"]
        return hits

    def _nth(self, name: str, number: int) -> Any:
        found = self.known[name]
        return found[(number - 1) % len(found)]

    def create(self, row: Row) -> Call:
        form = {
            "customer": self._nth("customers", row.customer),
            "caller": "王采购",
            "phone": "13800138000",
            "channel": "phone",
            "category": "product_quality",
            "severity": min(row.severity, 3),
            "causes_loss": "yes",
            "title": row.title,
            "description": row.body,
        }
        return (Request.form("/intake/", **form),)

    def contact(self, row: Row) -> Call:
        made = {
            "customer": self._nth("codes", row.customer),
            "name": "王采购",
            "subject": row.title,
            "body": row.body,
        }
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid.uuid4().hex}
        body = json.dumps(made, ensure_ascii=False).encode()
        return (Request("POST", "/api/v1/contacts", body, headers=headers),)

    def first_page(self, unit: int) -> Call:
        return (self._read("cases", view="open", unit=self._nth("units", unit), limit=PAGE),)

    def deep_page(self, page: int) -> Call:
        return (self._read("cases", view="all", after=self.deep, limit=PAGE),)

    def detail(self, number: int) -> Call:
        return (self._read(f"cases/{self._nth('numbers', number)}"),)

    def search(self, word: str) -> Call:
        return (self._read("search", q=word, limit=PAGE),)

    def steps(self, turn: int) -> Iterator[int]:
        return self.moves

    def step(self, number: int) -> Call:
        path = f"/cases/{abs(number)}/acts/"
        if number > 0:
            return (Request.form(path, kind="move", target=MOVE),)
        return (Request.form(path, kind="withdraw", target="", reason="再核对一次"),)

    def statistics(self) -> Call:
        return (Request.get("/reports/"),)

    def desk(self) -> Call:
        return (Request.get("/"),)

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        answer = answers[-1]
        if work in ("create", "step") and answer.status != 302:
            return f"refused: {answer.status} {answer.body[-3000:]!r}"
        return "asked to sign in" if "sign-in" in answer.location else super().check(work, answers)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        body = answers[0].body
        if work in LISTS:
            listed = len(json.loads(body)["items"])
            if work.startswith("search") and listed == PAGE:
                return self.hits[TWO if work == "search_two" else FOUR]
            return listed
        if work == "desk":
            return body.count(b'<li class="desk-line"')
        return None

    def expected(self, work: str) -> int | None:
        """A system reads one division alone; what the others hold is not for it to find."""
        if work not in ("search_two", "search_four"):
            return super().expected(work)
        found = self.ask(HOLDING, f"%{TWO if work == 'search_two' else FOUR}%")
        return int(found[0][0])

    def sweep(self, cases: int) -> tuple[float, int]:
        url = self.open_copy(cases)
        taken = self.waiting(url)
        began = time.perf_counter()
        # One look ends after fifty slices of a thousand; the worker's next one goes on.
        looks = ["dues.sweep"] * (taken // 50_000 + 1)
        self._shouwen("tick", *looks, DATABASE_URL=url)
        seconds = time.perf_counter() - began
        left = self.waiting(url)
        assert not left, f"{left} dues still wait"
        return seconds, taken

    def open_copy(self, cases: int) -> str:
        """The address of a database in which so many dues wait to be swept."""
        name = super().open_copy(cases)
        cluster.script(name, OVERDUE, cases=cases)
        cluster.settle(name)
        return cluster.url(name)

    def waiting(self, url: str) -> int:
        """How many dues wait there to be looked at."""
        with cluster.cursor(url.rpartition("/")[2]) as cursor:
            cursor.execute(self.WAITING)
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def ask(self, query: str, *values: Any) -> list[Sequence[Any]]:
        """The rows of a query to its database."""
        with cluster.cursor(self.database) as cursor:
            cursor.execute(query, values)
            return list(cursor)
