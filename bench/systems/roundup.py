"""Roundup: its REST API for lists, its web forms and pages for the rest; native full-text index."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bench import cluster, places, processes, rows
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import COMMENT, PAGE, System, environment, installed, pg_environment

PACKAGES = ("roundup==2.6.0", "psycopg2-binary", "gunicorn")
PASSWORD = "admin"
WSGI = """
import os
from roundup.cgi.wsgi_handler import RequestDispatcher
application = RequestDispatcher(os.environ["ROUNDUP_HOME"])
"""
CLASSES = """queue = Class(db, "queue", name=String())
queue.setkey("name")
issue = IssueClass(db, "issue", queue=Link("queue"), customer=String(), due=Date(),"""
PEOPLE = f"""
for number in range(1, {rows.UNITS} + 1):
    db.getclass("queue").create(name="queue %d" % number)
user.create(username="agent", password=adminpw, address="agent@example.org", roles="User,Admin")
"""
AGENT, NEW, DONE, CHATTING = 3, 1, 8, 5
LOAD = """
TRUNCATE _issue, _msg, issue_messages, issue_nosy, issue__journal, msg__journal, __fts;
CREATE TEMP TABLE m AS
  SELECT n AS id, n, created AS at, body FROM source.rows UNION ALL
  SELECT {size} + (n - 1) * {followups} + k, n, created + k * interval '1 hour', body
    FROM source.rows, generate_series(1, {followups}) k WHERE n <= {followed};
INSERT INTO _issue(id, _activity, _actor, _creation, _creator, _customer, _due, _priority, _queue,
    _status, _title, _assignedto)
  SELECT n, created, {agent}, created, {agent}, 'c' || customer, due, severity, unit,
    CASE opn WHEN 1 THEN {new} ELSE {done} END, title, CASE mine WHEN 1 THEN {agent} END
  FROM source.rows ORDER BY n;
INSERT INTO _msg(id, _activity, _actor, _author, _creation, _creator, _date, _summary)
  SELECT id, at, {agent}, {agent}, at, {agent}, at, left(body, 40) FROM m ORDER BY id;
INSERT INTO issue_messages(linkid, nodeid) SELECT id, n FROM m ORDER BY id;
INSERT INTO issue_nosy(linkid, nodeid) SELECT {agent}, n FROM source.rows;
INSERT INTO issue__journal
  SELECT n, created, {agent}::text, 'create', '{{}}' FROM source.rows ORDER BY n;
INSERT INTO msg__journal SELECT id, at, {agent}::text, 'create', '{{}}' FROM m ORDER BY id;
INSERT INTO __fts SELECT 'msg', id::text, 'content', to_tsvector('simple', body) FROM m;
INSERT INTO __fts SELECT 'issue', n::text, 'title', to_tsvector('simple', title) FROM source.rows;
SELECT setval('_issue_ids', {size}), setval('_msg_ids', (SELECT max(id) FROM m));
CREATE TABLE source.messages AS SELECT id, body FROM m WHERE n <= {followed};
"""
HITS = re.compile(rb"<strong[^>]*>[^<]*</strong>\s*\.\.\s*[^<]*out of[^0-9]*(\d+)|of\s+(\d+)")


def configure(path: Path, **values: dict[str, str]) -> None:
    """Set values in a tracker's config.ini, keeping everything else as it was made."""
    text = path.read_text()
    for section, wanted in values.items():
        head, mark, rest = text.partition(f"\n[{section}]\n")
        body, sep, tail = rest.partition("\n[")
        for key, value in wanted.items():
            body, count = re.subn(
                rf"(?m)^#?\s?{key} =.*$", f"{key} = {value}", f"\n{body}", count=1
            )
            assert count, (section, key)
        text = head + mark + body.lstrip("\n") + sep + tail
    path.write_text(text)


class Roundup(System):
    """gunicorn, two processes with four threads each."""

    key, title, place = "roundup", "Roundup", 2
    interface = "REST (lists), its web forms and pages (create, case, search, step)"
    first_page_path = "/issue?@template=item"
    pages = {
        "list": "/issue?@columns=id,title,due&@sort=due&@filter=status,queue&status=1&queue=1"
        "&@pagesize=25",
        "case": "/issue7",
    }
    absent = {"statistics": "it has no statistics", "sweep": "it has no due clocks"}

    @property
    def _tracker(self) -> Path:
        return self.home / f"tracker-{self.size}{'-skew' if self.skew else ''}"

    def install(self) -> None:
        commands = environment(self.key, *PACKAGES)
        shutil.rmtree(self.home)
        (self.home / "roundup_wsgi.py").write_text(WSGI)
        tracker = self.home / "tracker"
        cluster.drop(self.base)
        admin: list[str | Path] = [commands / "roundup-admin", "-i", tracker]
        processes.run([*admin, "install", "classic", "postgresql"])
        self._configure(tracker, self.base)
        schema = tracker / "schema.py"
        head = 'issue = IssueClass(db, "issue",'
        assert head in schema.read_text()
        schema.write_text(schema.read_text().replace(head, CLASSES, 1))
        with (tracker / "initial_data.py").open("a") as file:
            file.write(PEOPLE)
        processes.run([*admin, "initialise", PASSWORD], stdin="y\n", log="roundup-initialise")

    def _configure(self, tracker: Path, database: str) -> None:
        configure(
            tracker / "config.ini",
            rdbms={
                "backend": "postgresql",
                "name": database,
                "host": places.HOST,
                "port": str(places.PG_PORT),
                "user": cluster.ROLE,
                "password": "bench",
            },
            main={"indexer": "native-fts", "indexer_language": "simple"},
            mail={"domain": "example.org", "host": "localhost", "debug": "mail.out"},
            tracker={"web": f"http://{places.HOST}:{self.port}/"},
            web={"login_attempts_min": "0"},
        )

    def version(self) -> str:
        return installed(environment(self.key, *PACKAGES), "roundup")

    def load(self) -> None:
        cluster.fresh(self.database, self.base)
        rows.copy_into(self.database, self.size, skew=self.skew)
        cluster.script(
            self.database, LOAD, size=self.size, followups=rows.FOLLOWUPS, followed=rows.FOLLOWED,
            agent=AGENT, new=NEW, done=DONE,
        )  # fmt: skip
        shutil.rmtree(self._tracker, ignore_errors=True)
        shutil.copytree(self.home / "tracker", self._tracker)
        self._configure(self._tracker, self.database)
        self._write_messages()
        cluster.script(self.database, "DROP SCHEMA source CASCADE")
        cluster.settle(self.database)

    def _write_messages(self) -> None:
        """Bodies are files here; those of the cases that are opened are written."""
        folder = self._tracker / "db" / "files" / "msg"
        with cluster.cursor(self.database) as cursor:
            cursor.execute("SELECT id, body FROM source.messages")
            for number, body in cursor:
                path = folder / str(number // 1000) / f"msg{number}"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(body, encoding="utf-8")

    def start(self) -> Server:
        env = {
            **pg_environment(self.database),
            "ROUNDUP_HOME": str(self._tracker),
            "PYTHONPATH": str(self.home),
        }
        words = ["-w", "2", "-k", "gthread", "--threads", "4", "--keep-alive", "75"]
        words += ["-b", f"{places.HOST}:{self.port}", "roundup_wsgi"]
        commands = environment(self.key, *PACKAGES)
        return Server.start(self.key, self.port, [commands / "gunicorn", *words], env)

    async def sign_in(self, session: Session) -> None:
        origin = f"http://{places.HOST}:{self.port}"
        session.headers |= {
            "Referer": f"{origin}/",
            "Origin": origin,
            "X-Requested-With": "rest",
        }
        await session.send(
            self._form("/", "login", __login_name="agent", __login_password=PASSWORD)
        )
        assert session.cookies

    @staticmethod
    def _form(path: str, action: str, **values: object) -> Request:
        return Request.form(path, **{"@action": action, **values})

    def create(self, row: Row) -> Call:
        made = {
            "title": row.title,
            "@note": row.body,
            "status": NEW,
            "queue": row.unit,
            "customer": f"c{row.customer}",
            "priority": row.severity,
            "due": row.due[:10],
        }
        return (self._form("/issue", "new", **made),)

    def first_page(self, unit: int) -> Call:
        return self._list(f"queue={unit}&status={NEW}")

    def deep_page(self, page: int) -> Call:
        return self._list("", page)

    def desk(self) -> Call:
        return self._list(f"assignedto={AGENT}&status={NEW}")

    @staticmethod
    def _list(wanted: str, page: int = 1) -> Call:
        fields = "@sort=due&@fields=title,status,priority,due,customer,assignedto&@pretty=false"
        place = f"@page_size={PAGE}&@page_index={page}"
        return (Request.get(f"/rest/data/issue?{wanted}&{fields}&{place}"),)

    def search(self, word: str) -> Call:
        asked = f"@search_text={quote(word)}&@columns=id,title,due&@sort=due&@pagesize={PAGE}"
        return (Request.get(f"/issue?{asked}"),)

    def detail(self, number: int) -> Call:
        return (Request.get(f"/issue{number}"),)

    def step(self, number: int) -> Call:
        made = {"@note": COMMENT, "status": CHATTING, "assignedto": AGENT}
        return (self._form(f"/issue{number}", "edit", **made),)

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        if any(b"error_message" in answer.body[:4000] for answer in answers):
            return f"refused: {answers[-1].body[:4000]!r}"
        return super().check(work, answers)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        body = answers[0].body
        if work in ("first_page", "deep_page", "desk"):
            return len(json.loads(body)["data"]["collection"])
        if work.startswith("search"):
            hits = HITS.search(body)
            listed = len(set(re.findall(rb'href="issue(\d+)"', body)))
            return int(hits[1] or hits[2]) if hits else listed
        if work == "detail":
            return body.count(b'<th><a href="msg') - 1  # the first is the complaint itself
        return None
