"""Redmine: its JSON REST API throughout; statistics are its issue report (no months in it)."""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from bench import cluster, places, processes, rows
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import COMMENT, PAGE, System, pg_environment

PACKAGES = ("redmine", "redmine-pgsql", "puma")
LIBRARY = Path("/usr/share/redmine")
FOLDERS = ("config", "files", "log", "tmp/pids", "tmp/sockets", "tmp/cache", "public", "db")
KEY = "00112233445566778899aabbccddeeff00112233"
PASSWORD = "agent-of-the-bench"
DATABASE = """production:
  adapter: postgresql
  host: {host}
  port: {port}
  username: {role}
  database: <%= ENV['BENCH_DB'] %>
  pool: 10
"""
SET_UP = """
INSERT INTO settings(name, value, updated_on)
  VALUES ('rest_api_enabled', '1', now()), ('notified_events', '--- []', now());
UPDATE users SET must_change_passwd = false, language = 'en',
    salt = {salt}, hashed_password = {hashed}
  WHERE login = 'admin';
INSERT INTO tokens(user_id, action, value, created_on, updated_on)
  SELECT id, 'api', {key}, now(), now() FROM users WHERE login = 'admin';
INSERT INTO projects(name, identifier, is_public, status, lft, rgt, created_on, updated_on)
  SELECT 'queue ' || i, 'q' || i, true, 1, 2 * i - 1, 2 * i, now(), now()
  FROM generate_series(1, {units}) i;
INSERT INTO projects_trackers SELECT p.id, t.id FROM projects p, trackers t;
INSERT INTO enabled_modules(project_id, name) SELECT id, 'issue_tracking' FROM projects;
"""
LOAD = """
CREATE TEMP TABLE k AS SELECT (SELECT id FROM users WHERE login = 'admin') u,
  (SELECT min(id) FROM trackers) t,
  (SELECT min(id) FROM issue_statuses WHERE NOT is_closed) op,
  (SELECT min(id) FROM issue_statuses WHERE is_closed) cl,
  (SELECT min(id) - 1 FROM enumerations WHERE type = 'IssuePriority') pr;
INSERT INTO issues(id, tracker_id, project_id, subject, description, due_date, status_id,
    priority_id, author_id, assigned_to_id, lock_version, created_on, updated_on, start_date,
    done_ratio, root_id, lft, rgt, is_private, closed_on)
  SELECT n, t, unit, title, body, due::date, CASE opn WHEN 1 THEN op ELSE cl END, pr + severity,
    u, CASE mine WHEN 1 THEN u END, 0, created, created, created::date, 0, n, 1, 2, false,
    CASE opn WHEN 1 THEN NULL ELSE due END
  FROM source.rows, k ORDER BY n;
INSERT INTO journals(journalized_id, journalized_type, user_id, notes, created_on, private_notes)
  SELECT n, 'Issue', u, body, created + j * interval '1 hour', false
  FROM source.rows, k, generate_series(1, {followups}) j WHERE n <= {followed};
SELECT setval('issues_id_seq', {size});
DROP SCHEMA source CASCADE;
"""
MEND_GEMS = "Gem::Specification.each { |gem| FileUtils.mkdir_p(gem.full_gem_path) }"
"""In a slim image gems without files have no folder, and bundler takes them for missing."""


class Redmine(System):
    """puma, two workers with four threads each."""

    key, title, place = "redmine", "Redmine", 5
    interface = "REST API (JSON); its page for statistics, which knows no months"
    first_page_path = "/login"
    pages = {
        "list": "/projects/q1/issues?set_filter=1&sort=due_date&per_page=25",
        "case": "/issues/7",
    }
    absent = {"sweep": "it only reminds by mail"}

    @property
    def _tree(self) -> Path:
        return self.home / "tree"

    @property
    def _env(self) -> dict[str, str]:
        # Ruby of the machine, whatever other one stands before it on the path.
        own = {
            "REDMINE_INSTANCE": "bench",
            "RAILS_ENV": "production",
            "REDMINE_LANG": "en",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        }
        return {**pg_environment(self.database), **own}

    def install(self) -> None:
        if not LIBRARY.exists():
            processes.install_debian(*PACKAGES)
        processes.run(["/usr/bin/ruby", "-rfileutils", "-e", MEND_GEMS])
        self._lay_out()
        cluster.fresh(self.base)
        self._bundle("install", "--local")
        for task in ("db:migrate", "redmine:load_default_data"):
            self._bundle("exec", "rake", task)
        salt = secrets.token_hex(16)
        hashed = _sha1(salt + _sha1(PASSWORD))
        cluster.script(self.base, SET_UP, key=KEY, salt=salt, hashed=hashed, units=rows.UNITS)

    def _lay_out(self) -> None:
        tree, instance = self._tree, self._tree / "instances" / "bench"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(LIBRARY, tree, symlinks=True)
        for name in ("instances", "Gemfile.lock", "config/database.yml"):
            (tree / name).unlink(missing_ok=True)
        (tree / "Gemfile.local").write_text('gem "puma"\n')
        for name in FOLDERS:
            (instance / name).mkdir(parents=True, exist_ok=True)
        configured = instance / "config" / "database.yml"
        configured.write_text(
            DATABASE.format(host=places.HOST, port=places.PG_PORT, role=cluster.ROLE)
        )
        (instance / "config" / "secret_key.txt").write_text(secrets.token_hex(64))
        (tree / "config" / "database.yml").symlink_to(configured)

    def _bundle(self, *words: str) -> None:
        env = {**self._env, "BENCH_DB": self.base, "SCHEMA": os.devnull}
        name = f"redmine-{words[-1].replace(':', '-')}"
        processes.run(["/usr/bin/bundle", *words], env=env, cwd=self._tree, log=name)

    def version(self) -> str:
        return processes.run(["dpkg-query", "-W", "-f", "${Version}", PACKAGES[0]]).split("-")[0]

    def load(self) -> None:
        self.spread(LOAD)

    def start(self) -> Server:
        words = ["exec", "puma", "-e", "production", "-w", "2", "-t", "4:4", "--preload"]
        words += ["-b", f"tcp://{places.HOST}:{self.port}"]
        return Server.start(
            self.key, self.port, ["/usr/bin/bundle", *words], self._env, cwd=self._tree
        )

    async def sign_in(self, session: Session) -> None:
        session.headers["X-Redmine-API-Key"] = KEY

    async def sign_in_pages(self, session: Session) -> None:
        page = await session.send(Request.get("/login"))
        token = re.search(rb'name="authenticity_token" value="([^"]+)"', page.body)
        assert token, "no form to sign in by"
        form = {"username": "admin", "password": PASSWORD, "authenticity_token": token[1].decode()}
        answer = await session.send(Request.form("/login", **form))
        assert answer.status == 302, f"not signed in: {answer.status}"

    def create(self, row: Row) -> Call:
        made = {
            "project_id": row.unit,
            "tracker_id": 1,
            "subject": row.title,
            "description": row.body,
            "priority_id": row.severity,
            "due_date": row.due[:10],
        }
        return (self._send("POST", "/issues.json", made),)

    def step(self, number: int) -> Call:
        made = {"status_id": 2, "notes": COMMENT}
        return (self._send("PUT", f"/issues/{number}.json", made),)

    @staticmethod
    def _send(method: str, path: str, made: dict[str, object]) -> Request:
        return Request(method, path, json.dumps({"issue": made}, ensure_ascii=False).encode())

    def first_page(self, unit: int) -> Call:
        return self._list(f"project_id={unit}&status_id=open")

    def deep_page(self, page: int) -> Call:
        return self._list(f"status_id=*&offset={(page - 1) * PAGE}")

    def desk(self) -> Call:
        return self._list("assigned_to_id=me&status_id=open")

    @staticmethod
    def _list(wanted: str) -> Call:
        return (Request.get(f"/issues.json?{wanted}&sort=due_date&limit={PAGE}"),)

    def search(self, word: str) -> Call:
        return (Request.get(f"/search.json?q={quote(word)}&issues=1&limit={PAGE}"),)

    def detail(self, number: int) -> Call:
        return (Request.get(f"/issues/{number}.json?include=journals"),)

    def statistics(self) -> Call:
        return (Request.get("/projects/q1/issues/report"),)

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        if any(b'"errors"' in answer.body[:200] for answer in answers):
            return f"refused: {answers[-1].body[:300]!r}"
        return super().check(work, answers)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        if work in ("first_page", "deep_page", "desk"):
            return len(json.loads(answers[0].body)["issues"])
        if work.startswith("search"):
            return int(json.loads(answers[0].body)["total_count"])
        if work == "detail":
            return len(json.loads(answers[0].body)["issue"]["journals"])
        return None


def _sha1(text: str) -> str:
    """Its own way of keeping passwords, not ours."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
