"""django-helpdesk: JSON create and follow-up by its REST API, its UI's JSON table for lists."""

import base64
import json
import time
from collections.abc import Sequence
from typing import Any

from bench import cluster, processes, rows
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import COMMENT, PAGE, System, environment, installed, pg_environment

PACKAGES = ("django-helpdesk==2.6.1", "psycopg[binary]", "gunicorn")
SETTINGS = """
import os
SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib." + name for name in (
    "auth", "contenttypes", "sessions", "messages", "staticfiles", "sites", "humanize", "admin",
)] + ["rest_framework", "helpdesk"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "helpdesk_urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": ["django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages"]}}]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql",
    "NAME": os.environ["BENCH_DB"], "USER": os.environ["PGUSER"], "HOST": os.environ["PGHOST"],
    "PORT": os.environ["PGPORT"], "CONN_MAX_AGE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_PUBLIC_TICKET_QUEUE = "q1"
SITE_ID = 1
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = os.path.join(os.path.dirname(__file__), "static")
LOGIN_URL = "/login/"
"""
URLS = """
from django.contrib.staticfiles.views import serve
from django.urls import include, path
urlpatterns = [path("static/<path:path>", serve, {"insecure": True}),
    path("", include("helpdesk.urls", namespace="helpdesk"))]
"""
WSGI = """
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""
PEOPLE = """
from django.contrib.auth import get_user_model
from helpdesk.models import Queue
get_user_model().objects.create_superuser("agent", "agent@example.org", "agent")
for number in range(1, {units} + 1):
    Queue.objects.create(title=f"queue {{number}}", slug=f"q{{number}}", escalate_days=3)
"""
LOAD = """
INSERT INTO helpdesk_ticket(id, title, queue_id, created, modified, submitter_email, status,
    on_hold, description, priority, due_date, secret_key, assigned_to_id)
  SELECT n, title, (SELECT id FROM helpdesk_queue WHERE slug = 'q' || unit), created, created,
    'c' || customer || '@example.org', CASE opn WHEN 1 THEN 1 ELSE 4 END, false, body, severity,
    due, gen_random_uuid()::text,
    CASE mine WHEN 1 THEN (SELECT id FROM auth_user WHERE username = 'agent') END
  FROM source.rows ORDER BY n;
SELECT setval(pg_get_serial_sequence('helpdesk_ticket', 'id'),
  (SELECT max(id) FROM helpdesk_ticket));
INSERT INTO helpdesk_followup(ticket_id, date, title, comment, public, user_id)
  SELECT n, created + k * interval '1 hour', '回访 ' || k, body, false,
    (SELECT id FROM auth_user WHERE username = 'agent')
  FROM source.rows, generate_series(1, {followups}) k WHERE n <= {followed};
DROP SCHEMA source CASCADE;
"""
OPEN, REOPENED = 1, 2


class DjangoHelpdesk(System):
    """gunicorn, two processes with four threads each."""

    key, title, place = "helpdesk", "django-helpdesk", 1
    interface = (
        "REST API (create, step), its table's JSON (lists, search), pages (case, statistics)"
    )
    first_page_path = "/login/"
    pages = {"list": "/tickets/", "case": "/tickets/7/"}

    @property
    def _env(self) -> dict[str, str]:
        own = {"PYTHONPATH": str(self.home), "DJANGO_SETTINGS_MODULE": "helpdesk_settings"}
        return {**pg_environment(self.database), **own}

    def _manage(self, *words: str, database: str, **more: Any) -> str:
        commands = environment(self.key, *PACKAGES)
        env = {**self._env, "BENCH_DB": database}
        return processes.run([commands / "django-admin", *words], env=env, **more)

    def install(self) -> None:
        environment(self.key, *PACKAGES)
        for name, text in (("settings", SETTINGS), ("urls", URLS), ("wsgi", WSGI)):
            (self.home / f"helpdesk_{name}.py").write_text(text)
        cluster.fresh(self.base)
        self._manage("migrate", "-v0", database=self.base)
        self._manage("loaddata", "-v0", "emailtemplate.json", database=self.base)
        self._manage("shell", "-c", PEOPLE.format(units=rows.UNITS), database=self.base)

    def version(self) -> str:
        return installed(environment(self.key, *PACKAGES), "django-helpdesk")

    def load(self) -> None:
        cluster.fresh(self.database, self.base)
        rows.copy_into(self.database, self.size, skew=self.skew)
        cluster.script(self.database, LOAD, followups=rows.FOLLOWUPS, followed=rows.FOLLOWED)
        cluster.settle(self.database)

    def start(self) -> Server:
        words = ["-w", "2", "-k", "gthread", "--threads", "4", "--keep-alive", "75"]
        words += ["-b", f"127.0.0.1:{self.port}", "helpdesk_wsgi"]
        commands = environment(self.key, *PACKAGES)
        return Server.start(self.key, self.port, [commands / "gunicorn", *words], self._env)

    async def sign_in(self, session: Session) -> None:
        await session.send(Request.get("/login/"))
        token = session.cookies["csrftoken"]
        await session.send(
            Request.form("/login/", username="agent", password="agent", csrfmiddlewaretoken=token)
        )
        session.headers["X-CSRFToken"] = session.cookies["csrftoken"]

    def create(self, row: Row) -> Call:
        made = {
            "queue": row.unit,
            "title": row.title,
            "description": row.body,
            "submitter_email": f"c{row.customer}@example.org",
            "priority": row.severity,
            "due_date": row.due,
        }
        return (Request("POST", "/api/tickets/", json.dumps(made).encode()),)

    def first_page(self, unit: int) -> Call:
        return self._table(queue__id__in=[unit], status__in=[OPEN, REOPENED])

    def deep_page(self, page: int) -> Call:
        return self._table(start=(page - 1) * PAGE)

    def search(self, word: str) -> Call:
        return self._table(words=word)

    def desk(self) -> Call:
        return self._table(assigned_to__id__in=[1], status__in=[OPEN, REOPENED])

    def _table(self, *, words: str = "", start: int = 0, **filtering: Any) -> Call:
        asked = {"filtering": filtering, "sorting": "due_date", "search_string": words}
        query = base64.b64encode(json.dumps(asked).encode()).decode()
        place = f"start={start}&length={PAGE}&order[0][column]=6&order[0][dir]=asc"
        return (Request.get(f"/datatables_ticket_list/{query}?draw=1&{place}"),)

    def detail(self, number: int) -> Call:
        return (Request.get(f"/tickets/{number}/"),)

    def step(self, number: int) -> Call:
        made = {
            "ticket": number,
            "user": 1,
            "title": "assign",
            "comment": COMMENT,
            "public": False,
            "new_status": REOPENED,
        }
        return (Request("POST", "/api/followups/", json.dumps(made).encode()),)

    def statistics(self) -> Call:
        return (Request.get("/reports/queuemonth/"),)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        if work in ("first_page", "deep_page", "desk"):
            return len(json.loads(answers[0].body)["data"])
        if work.startswith("search"):
            return int(json.loads(answers[0].body)["recordsFiltered"])
        if work == "detail":
            return answers[0].body.count("回访 ".encode())
        return None

    def sweep(self, cases: int) -> tuple[float, int]:
        name = self.open_copy(cases)
        cluster.script(
            name,
            "UPDATE helpdesk_ticket SET status = CASE WHEN id <= {cases} THEN 1 ELSE 4 END,"
            " priority = 4, on_hold = false, last_escalation = NULL",
            cases=cases,
        )
        cluster.settle(name)
        began = time.perf_counter()
        self._manage("escalate_tickets", database=name)
        seconds = time.perf_counter() - began
        with cluster.cursor(name) as cursor:
            cursor.execute("SELECT count(*) FROM helpdesk_ticket WHERE last_escalation IS NOT NULL")
            row = cursor.fetchone()
        assert row is not None
        assert row[0] == cases, f"{row[0]} of {cases} escalated"
        return seconds, cases
