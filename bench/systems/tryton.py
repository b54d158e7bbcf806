"""Tryton with sale_complaint: JSON-RPC, the calls its own client makes.

A complaint's type plays the unit (it has none) and its date the due date (it has none).
"""

import base64
import json
from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from pathlib import Path
from typing import Any

from bench import cluster, places, processes, rows
from bench.measuring.client import Answer, Request, Session
from bench.measuring.loop import Call
from bench.processes import Server
from bench.rows import Row
from bench.systems.base import PAGE, System, environment, installed, pg_environment
from bench.wording import FOUR, TWO

PACKAGES = (
    "trytond==8.2.1", "trytond-sale-complaint==8.2.0", "psycopg[binary,pool]", "gunicorn",
)  # fmt: skip
PASSWORD = "admin"
CONFIGURATION = """[database]
uri = postgresql://{role}@{host}:{pg_port}/
path = {home}/files
[web]
listen = {host}:{port}
[session]
max_attempt = 100000
max_attempt_ip_network = 100000
"""
COMPANY = """
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
pool = Pool("{database}")
pool.init()
with Transaction().start("{database}", 1) as transaction:
    get = pool.get
    currency, = get("currency.currency").create([dict(name="CNY", symbol="Y", code="CNY")])
    party, agent = get("party.party").create([dict(name="ACME"), dict(name="Agent")])
    company, = get("company.company").create([dict(party=party.id, currency=currency.id)])
    employee, = get("company.employee").create([dict(party=agent.id, company=company.id)])
    users = get("res.user")
    admin, = users.search([("login", "=", "admin")])
    users.write([admin], dict(companies=[("add", [company.id])], company=company.id,
        employees=[("add", [employee.id])], employee=employee.id))
    model, = get("ir.model").search([("name", "=", "sale.sale")])
    get("sale.complaint.type").create(
        [dict(name="type %d" % n, origin=model.id) for n in range(1, {units} + 1)])
    get("party.party").create([dict(name="customer %d" % n) for n in range(1, {customers} + 1)])
    transaction.commit()
"""
LOAD = """
CREATE TEMP TABLE p AS SELECT id, substr(name, 10)::int AS k FROM party_party
  WHERE name LIKE 'customer %';
INSERT INTO sale_complaint(id, create_date, create_uid, company, customer, date, description,
    number, reference, state, type, submitted_by)
  SELECT s.n, s.created, 1, 1, p.id, s.due::date, body, s.n::text, title,
    CASE opn WHEN 1 THEN 'draft' ELSE 'done' END, unit,
    CASE mine WHEN 1 THEN (SELECT min(id) FROM company_employee) END
  FROM source.rows s JOIN p ON p.k = customer ORDER BY s.n;
INSERT INTO ir_note(create_date, create_uid, message, resource)
  SELECT created + k * interval '1 hour', (SELECT id FROM res_user WHERE login = 'admin'), body,
    'sale.complaint,' || n
  FROM source.rows, generate_series(1, {followups}) k WHERE n <= {followed};
SELECT setval('sale_complaint_id_seq', {size});
UPDATE ir_sequence SET number_next_internal = {size} + 1 WHERE name ILIKE '%complaint%';
DROP SCHEMA source CASCADE;
"""
COLUMNS = ["number", "reference", "date", "state", "customer.rec_name", "type.rec_name"]
MORE = ["description", "origin", "actions", "submitted_by", "approved_by"]
DRAFTS = 4_000
WHOLE_TEXT = {"sale.complaint.description.search_full_text": False}
"""Otherwise words are searched, and a run of Chinese is one word: nothing is found."""


class Tryton(System):
    """gunicorn, two processes with four threads each."""

    key, title, place = "tryton", "Tryton sale_complaint", 3
    interface = "JSON-RPC, as its client calls it"
    absent = {
        "statistics": "it has no statistics of complaints",
        "sweep": "it has no due clocks",
    }

    def __init__(self, size: int, *, skew: bool = False) -> None:
        super().__init__(size, skew=skew)
        self.context: dict[str, Any] = {}
        self.parties: list[int] = []
        self.moves: Iterator[int] = iter(())

    def install(self) -> None:
        commands = environment(self.key, *PACKAGES)
        (self.home / "password").write_text(f"{PASSWORD}\n")
        (self.home / "trytond.conf").write_text(
            CONFIGURATION.format(
                role=cluster.ROLE, host=places.HOST, pg_port=places.PG_PORT, port=self.port,
                home=self.home,
            )
        )  # fmt: skip
        cluster.fresh(self.base)
        admin: list[str | Path] = [
            commands / "trytond-admin",
            "-c",
            self.home / "trytond.conf",
            "-d",
            self.base,
        ]
        env = {"TRYTONPASSFILE": str(self.home / "password")}
        processes.run([*admin, "--all", "--email", "agent@example.org"], env=env)
        processes.run([*admin, "-u", "sale_complaint", "--activate-dependencies"], env=env)
        code = COMPANY.format(database=self.base, units=rows.UNITS, customers=rows.CUSTOMERS)
        processes.run([commands / "python", "-c", code], env=self._env)

    @property
    def _env(self) -> dict[str, str]:
        own = {
            "TRYTOND_CONFIG": str(self.home / "trytond.conf"),
            "TRYTOND_DATABASE_NAMES": self.database,
        }
        return {**pg_environment(self.database), **own}

    def version(self) -> str:
        return installed(environment(self.key, *PACKAGES), "trytond-sale-complaint")

    def load(self) -> None:
        self.spread(LOAD)

    def start(self) -> Server:
        words = ["-w", "2", "-k", "gthread", "--threads", "4", "--keep-alive", "75"]
        words += ["-b", f"{places.HOST}:{self.port}", "trytond.application:app"]
        commands = environment(self.key, *PACKAGES)
        return Server.start(self.key, self.port, [commands / "gunicorn", *words], self._env)

    def _call(self, method: str, *params: Any) -> Request:
        body = json.dumps({"id": 1, "method": method, "params": params}).encode()
        return Request("POST", f"/{self.database}/rpc/", body)

    def _model(self, method: str, *params: Any) -> Request:
        return self._call(f"model.{method}", *params, self.context)

    async def sign_in(self, session: Session) -> None:
        login = self._call("common.db.login", "admin", {"password": PASSWORD})
        user, token = _result(await session.send(login))[:2]
        word = base64.b64encode(f"admin:{user}:{token}".encode()).decode()
        session.headers["Authorization"] = f"Session {word}"

    async def prepare(self, session: Session) -> None:
        asked = self._call("model.res.user.get_preferences", True, {})
        self.context = _result(await session.send(asked))
        wanted = [["state", "=", "draft"], ["id", ">", rows.FOLLOWED]]
        order = [["id", "ASC"]]
        drafts = self._model("sale.complaint.search", wanted, 0, DRAFTS, order)
        found = _result(await session.send(drafts))
        self.moves = cycle(chain(found, (-number for number in found)))
        named = [["name", "like", "customer %"]]
        parties = self._model("party.party.search", named, 0, rows.CUSTOMERS, None)
        self.parties = _result(await session.send(parties))

    def create(self, row: Row) -> Call:
        made = {
            "customer": self.parties[row.customer - 1],
            "type": row.unit,
            "reference": row.title,
            "description": row.body,
        }
        return (self._model("sale.complaint.create", [made]),)

    def first_page(self, unit: int) -> Call:
        return self._list([["state", "=", "draft"], ["type", "=", unit]])

    def deep_page(self, page: int) -> Call:
        return self._list([], (page - 1) * PAGE)

    def desk(self) -> Call:
        return self._list(
            [["state", "=", "draft"], ["submitted_by", "=", self.context["employee"]]]
        )

    def search(self, word: str) -> Call:
        return (self._read([["description", "ilike", f"%{word}%"]], 0, **WHOLE_TEXT),)

    def proof(self, work: str) -> Call | None:
        if not work.startswith("search"):
            return None
        word = TWO if work == "search_two" else FOUR
        wanted = [["description", "ilike", f"%{word}%"]]
        context = self.context | WHOLE_TEXT
        return (self._call("model.sale.complaint.search_count", wanted, 0, None, context),)

    def _list(self, wanted: list[Any], start: int = 0) -> Call:
        return (self._read(wanted, start),)

    def _read(self, wanted: list[Any], start: int, **more: Any) -> Request:
        place: list[Any] = [start, PAGE, [["date", "ASC"]], COLUMNS]
        context = self.context | more
        return self._call("model.sale.complaint.search_read", wanted, *place, context)

    def detail(self, number: int) -> Call:
        notes = [["resource", "=", f"sale.complaint,{number}"]]
        shown = ["message", "create_date", "create_uid.rec_name"]
        return (
            self._model("sale.complaint.read", [number], COLUMNS + MORE),
            self._model("ir.note.search_read", notes, 0, 100, None, shown),
        )

    def steps(self, turn: int) -> Iterator[int]:
        """Drafts are sent on, then taken back; a negative number is taken back."""
        return self.moves

    def step(self, number: int) -> Call:
        move = "wait" if number > 0 else "draft"
        return (self._model(f"sale.complaint.{move}", [abs(number)]),)

    def check(self, work: str, answers: Sequence[Answer]) -> str:
        for answer in answers:
            if answer.body.startswith(b'{"status"') or b'"error"' in answer.body[:200]:
                return f"refused: {answer.body[:300]!r}"
        return super().check(work, answers)

    def found(self, work: str, answers: Sequence[Answer]) -> int | None:
        if work.startswith("search"):
            return int(_result(answers[0]))
        if work in ("first_page", "deep_page", "desk"):
            return len(_result(answers[0]))
        return len(_result(answers[1])) if work == "detail" else None


def _result(answer: Answer) -> Any:
    """What a call gave back; some versions wrap it."""
    found = json.loads(answer.body)
    return found["result"] if isinstance(found, dict) and "result" in found else found
