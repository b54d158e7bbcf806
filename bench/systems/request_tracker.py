"""Request Tracker: REST 2 for create, lists, search and step, its own pages for the rest."""

import json
import os
import time
from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from pathlib import Path
from urllib.parse import quote

from bench import cluster, places, processes, rows
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import PAGE, System, pg_environment

PACKAGES = ("request-tracker5", "rt5-db-postgresql", "starman")
LIBRARY = Path("/usr/share/request-tracker5/libexec/rt-server")
TOOLS = Path("/usr/sbin")
CONFIGURATION = """
Set($rtname, 'bench'); Set($Organization, 'example.org');
Set($WebDomain, '{host}'); Set($WebPort, {port});
Set($DatabaseType, 'Pg'); Set($DatabaseHost, '{host}'); Set($DatabasePort, '{pg_port}');
Set($DatabaseRequireSSL, 0); Set($DatabaseName, $ENV{{BENCH_DB}}); Set($DatabaseUser, '{role}');
Set($DatabasePassword, 'bench'); Set($DatabaseAdmin, '{role}');
Set($MailCommand, 'testfile'); Set($LogToSyslog, undef); Set($LogToSTDERR, 'error');
Set(%FullTextSearch, Enable => 1, Indexed => 1, Column => 'ContentIndex',
    Table => 'AttachmentsIndex');
Set($RestrictReferrer, 0); Set($StatementLog, undef);
1;
"""
PEOPLE = """
@Queues = map {{ {{ Name => "queue $_", Description => "q" }} }} 1..{units};
@Users = ({{ Name => 'agent', Password => 'agentpass', Privileged => 1,
    EmailAddress => 'agent@example.org' }},
  map {{ {{ Name => "c$_\\@example.org", EmailAddress => "c$_\\@example.org", Privileged => 0 }} }}
    1..{customers});
@ACL = ({{ UserId => 'agent', Right => 'SuperUser' }});
1;
"""
LOAD = """
CREATE TEMP TABLE k AS SELECT (SELECT max(id) FROM principals) p,
  (SELECT coalesce(max(id), 0) FROM transactions) t,
  (SELECT coalesce(max(id), 0) FROM attachments) a,
  (SELECT id FROM users WHERE name = 'agent') u, 6 nobody,
  (SELECT min(id) - 1 FROM queues WHERE name = 'queue 1') q;
CREATE TEMP TABLE c AS SELECT id, substring(name FROM 'c([0-9]+)@')::int i FROM users
  WHERE name ~ '^c[0-9]+@example.org$';
CREATE TEMP TABLE s AS SELECT n, customer, unit, severity, opn, mine, title, body,
  date_trunc('second', created) created, date_trunc('second', due) due FROM source.rows;
INSERT INTO tickets(id, effectiveid, queue, type, owner, subject, priority, status, starts,
    started, due, resolved, lastupdatedby, lastupdated, creator, created)
  SELECT n, n, q + unit, 'ticket', CASE mine WHEN 1 THEN u ELSE nobody END, title, severity,
    CASE opn WHEN 1 THEN 'new' ELSE 'resolved' END, '1970-01-01', '1970-01-01', due,
    '1970-01-01', u, created, u, created FROM s, k ORDER BY n;
CREATE TEMP TABLE x AS SELECT n, created at, body, 'Create' kind, n id FROM s UNION ALL
  SELECT n, created + j * interval '1 hour', body, 'Correspond', {size} + (n - 1) * {followups} + j
  FROM s, generate_series(1, {followups}) j WHERE n <= {followed};
INSERT INTO transactions(id, objecttype, objectid, type, creator, created)
  SELECT t + id, 'RT::Ticket', n, kind, u, at FROM x, k ORDER BY id;
INSERT INTO attachments(id, transactionid, messageid, subject, contenttype, contentencoding,
    content, headers, creator, created)
  SELECT a + id, t + id, 'm' || id || '@example.org', '', 'text/plain', 'none', body,
    'Content-Type: text/plain; charset="utf-8"' || chr(10), u, at FROM x, k ORDER BY id;
INSERT INTO attachmentsindex(id, contentindex) SELECT a + id, to_tsvector(body) FROM x, k;
CREATE TEMP TABLE r(name text, o int);
INSERT INTO r VALUES ('AdminCc', 1), ('Cc', 2), ('Owner', 3), ('Requestor', 4);
INSERT INTO principals(id, principaltype, disabled)
  SELECT p + (n - 1) * 4 + o, 'Group', 0 FROM s, k, r;
INSERT INTO groups(id, name, domain, instance, creator, created, lastupdatedby, lastupdated)
  SELECT p + (n - 1) * 4 + o, name, 'RT::Ticket-Role', n, u, created, u, created FROM s, k, r;
CREATE TEMP TABLE m AS SELECT p + (n - 1) * 4 + o g, created, u,
    CASE WHEN o = 4 THEN c.id WHEN mine = 1 THEN u ELSE nobody END member
  FROM s JOIN c ON c.i = customer, k, r WHERE o > 2;
INSERT INTO groupmembers(groupid, memberid, creator, created, lastupdatedby, lastupdated)
  SELECT g, member, u, created, u, created FROM m;
INSERT INTO cachedgroupmembers(groupid, memberid, immediateparentid, disabled, via)
  SELECT p + (n - 1) * 4 + o, p + (n - 1) * 4 + o, p + (n - 1) * 4 + o, 0, 0 FROM s, k, r;
INSERT INTO cachedgroupmembers(groupid, memberid, immediateparentid, disabled, via)
  SELECT g, member, g, 0, 0 FROM m;
UPDATE cachedgroupmembers SET via = id WHERE via = 0;
SELECT setval('tickets_id_seq', {size}),
  setval('transactions_id_seq', (SELECT max(id) FROM transactions)),
  setval('attachments_id_seq', (SELECT max(id) FROM attachments)),
  setval('attachmentsindex_id_seq', (SELECT max(id) FROM attachmentsindex)),
  setval('principals_id_seq', (SELECT max(id) FROM principals)),
  setval('groups_id_seq', (SELECT max(id) FROM groups));
DROP SCHEMA source CASCADE;
"""
OPEN = "(Status='new' OR Status='open')"
NUMBERS = "SELECT id FROM tickets WHERE status = %s AND id > %s ORDER BY id LIMIT 4000"
SWEPT = 3_000  # its command works ticket by ticket


class RequestTracker(System):
    """starman, two workers."""

    key, title, place = "rt", "Request Tracker", 4
    interface = "REST 2 (create, lists, search, step), its pages (case, statistics)"
    pages = {
        "list": "/Search/Results.html?Query=Queue%3D'queue%201'%20AND%20Status%3D'new'"
        "&OrderBy=Due&Order=ASC&RowsPerPage=25",
        "case": "/Ticket/Display.html?id=7",
    }

    @property
    def _env(self) -> dict[str, str]:
        own = {
            "RT_SITE_CONFIG": str(self.home / "RT_SiteConfig.pm"),
            "RT_SITE_CONFIG_DIR": str(places.folder(self.key, "none")),
        }
        return {**pg_environment(self.database), **own}

    def install(self) -> None:
        if not LIBRARY.exists():
            processes.install_debian(*PACKAGES)
        (self.home / "RT_SiteConfig.pm").write_text(
            CONFIGURATION.format(
                host=places.HOST, port=self.port, pg_port=places.PG_PORT, role=cluster.ROLE
            )
        )
        people = self.home / "people.data"
        people.write_text(PEOPLE.format(units=rows.UNITS, customers=rows.CUSTOMERS))
        cluster.fresh(self.base)
        self._set_up("rt-setup-database-5", "--action", "init", "--skip-create")
        names = ["--index-type", "GIN", "--table", "AttachmentsIndex", "--column", "ContentIndex"]
        self._set_up("rt-setup-fulltext-index-5", "--noask", *names)
        insert = ["--action", "insert", "--datafile", str(people), "--skip-create"]
        self._set_up("rt-setup-database-5", *insert)

    def _set_up(self, tool: str, *words: str) -> None:
        owner = ["--dba", cluster.ROLE, "--dba-password", "bench"]
        env = {**self._env, "BENCH_DB": self.base}
        processes.run([TOOLS / tool, *words, *owner], env=env, log=tool)

    def version(self) -> str:
        return processes.run(["dpkg-query", "-W", "-f", "${Version}", PACKAGES[0]]).split("+")[0]

    def load(self) -> None:
        self.spread(LOAD)

    def start(self) -> Server:
        words = ["-s", "Starman", "--workers", "2", "-E", "deployment"]
        # A worker would keep waiting for its client's next request while others wait for a worker.
        words += ["--disable-keepalive"]
        words += ["-l", f"{places.HOST}:{self.port}", str(LIBRARY)]
        return Server.start(self.key, self.port, ["plackup", *words], self._env)

    async def sign_in(self, session: Session) -> None:
        session.headers["Referer"] = f"http://{places.HOST}:{self.port}/"
        await session.send(Request.get("/"))
        user = {"user": "agent", "pass": "agentpass"}
        await session.send(Request.form("/NoAuth/Login.html", **user))

    def create(self, row: Row) -> Call:
        made = {
            "Queue": f"queue {row.unit}",
            "Subject": row.title,
            "Content": row.body,
            "Priority": row.severity,
            "Requestor": f"c{row.customer}@example.org",
            "Due": f"{row.due[:10]} 00:00:00",
        }
        body = json.dumps(made, ensure_ascii=False).encode()
        return (Request("POST", "/REST/2.0/ticket", body),)

    def first_page(self, unit: int) -> Call:
        return self._list(f"Queue='queue {unit}' AND {OPEN}")

    def deep_page(self, page: int) -> Call:
        return self._list("id > 0", page)

    def desk(self) -> Call:
        return self._list(f"Owner='agent' AND {OPEN}")

    def search(self, word: str) -> Call:
        return self._list(f"Content LIKE '{word}'")

    @staticmethod
    def _list(query: str, page: int = 1) -> Call:
        order = f"orderby=Due&order=ASC&per_page={PAGE}&page={page}"
        fields = "fields=Subject,Status,Due,Priority,Owner"
        return (Request.get(f"/REST/2.0/tickets?query={quote(query)}&{order}&{fields}"),)

    def detail(self, number: int) -> Call:
        # The page fetches what happened by a second request.
        history = Request.get(f"/Helpers/TicketHistory?id={number}")
        return (Request.get(f"/Ticket/Display.html?id={number}"), history)

    async def prepare(self, session: Session) -> None:
        # Ended ones, so that no list of open ones changes its length.
        done, undone = (self._numbers(status) for status in ("resolved", "rejected"))
        both = cycle(chain(done, (-number for number in done)))
        self.moves = chain((-number for number in undone), both)

    def _numbers(self, status: str) -> list[int]:
        with cluster.cursor(self.database) as cursor:
            cursor.execute(NUMBERS, [status, rows.FOLLOWED])
            return [row[0] for row in cursor]

    def steps(self, turn: int) -> Iterator[int]:
        """Tickets are given another status, then (a negative number) the former one."""
        return self.moves

    def step(self, number: int) -> Call:
        body = json.dumps({"Status": "rejected" if number > 0 else "resolved"}).encode()
        return (Request("PUT", f"/REST/2.0/ticket/{abs(number)}", body),)

    def statistics(self) -> Call:
        groups = "GroupBy=Created.Monthly&GroupBy=Queue&GroupBy=Status&ChartFunction=COUNT"
        return (Request.get(f"/Search/Chart.html?Query=id%3E0&{groups}"),)

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        if any(b"NoAuth/Login" in answer.body[:6000] for answer in answers):
            return "asked to sign in"
        if work == "step" and b"changed from" not in answers[0].body:
            return f"nothing was changed: {answers[0].body!r}"
        return super().check(work, answers)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        body = answers[0].body
        if work in ("first_page", "deep_page", "desk"):
            return len(json.loads(body)["items"])
        if work.startswith("search"):
            return int(json.loads(body)["total"])
        if work == "detail":
            # The first is the ticket's own text.
            return answers[1].body.count(b'class="transaction Ticket-transaction message') - 1
        return None

    def sweep(self, cases: int) -> tuple[float, int]:
        name = self.open_copy(cases)
        taken = min(SWEPT, cases)
        cluster.script(
            name,
            "UPDATE tickets SET status = CASE WHEN id <= {cases} THEN 'open' ELSE 'resolved' END,"
            " priority = 1, finalpriority = 100, starts = created",
            cases=cases,
        )
        cluster.settle(name)
        words = ["--search", "RT::Search::FromSQL", "--search-arg"]
        words += [f"Status = 'open' AND id <= {taken}", "--action", "RT::Action::EscalatePriority"]
        began = time.perf_counter()
        env = {**self._env, "BENCH_DB": name, "PATH": os.environ["PATH"]}
        processes.run(["/usr/bin/rt-crontool-5", *words], env=env, log="rt-sweep")
        seconds = time.perf_counter() - began
        with cluster.cursor(name) as cursor:
            cursor.execute("SELECT count(*) FROM tickets WHERE priority > 1")
            row = cursor.fetchone()
        assert row is not None
        assert row[0] == taken, f"{row[0]} of {taken} escalated"
        return seconds, taken
