"""What one piece of work costs the database: its statements, the rows they read, their plans.

PostgreSQL itself tells: `auto_explain` writes every plan of the system's database with what it
really did, and the lines between two moments are those of one request.
"""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from psycopg import sql

from bench import cluster
from bench.measuring import results
from bench.measuring.client import Session
from bench.systems.base import System

TOLD = {
    "session_preload_libraries": "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_buffers": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_format": "json",
}
WARM = 3
QUIET = 0.4
"""Seconds after which the server has written what it had to say."""
FEW = 20
"""A scan of a whole table is worth telling when it reads more rows than these."""


def measure(system: System, works: Sequence[str]) -> None:
    """Start the system anew with a talking database, and let one user do each work once."""
    _talk(system.database, on=True)
    try:
        server = system.start_silent()
        try:
            server.wait()
            asyncio.run(_works(system, works))
        finally:
            server.stop()
    finally:
        _talk(system.database, on=False)


def _talk(database: str, *, on: bool) -> None:
    with cluster.cursor("postgres") as cursor:
        for name, value in TOLD.items():
            key = sql.SQL(".").join(sql.Identifier(part) for part in name.split("."))
            words = [sql.SQL("ALTER DATABASE"), sql.Identifier(database)]
            change = [sql.SQL("SET"), key, sql.SQL("="), sql.Literal(value)]
            cursor.execute(
                sql.SQL(" ").join([*words, *(change if on else [sql.SQL("RESET"), key])])
            )


async def _works(system: System, works: Sequence[str]) -> None:
    session = Session(system.port)
    await system.sign_in(session)
    await system.prepare(session)
    for work in works:
        if system.why_not(work):
            continue
        make = system.maker(work, 77)
        for _ in range(WARM):
            for request in make():
                await session.send(request)
        time.sleep(QUIET)
        place = cluster.log_file().stat().st_size
        answers = [await session.send(request) for request in make()]
        time.sleep(QUIET)
        plans = list(_plans(place, system.database))
        results.keep(
            "cost", system=system.key, size=system.size, skew=system.skew, work=work,
            requests=len(answers), bytes=sum(len(answer.body) for answer in answers),
            wrong=system.check(work, answers)[:200], **summary(plans),
        )  # fmt: skip
    session.close()


def _plans(place: int, database: str) -> Iterator[dict[str, Any]]:
    """The plans that were written since a place of the log."""
    with cluster.log_file().open("rb") as file:
        file.seek(place)
        for line in file:
            said = json.loads(line)
            _, mark, text = said.get("message", "").partition("plan:\n")
            if mark and said.get("dbname") == database and " backend" in f" {said['backend_type']}":
                yield json.loads(text)


def summary(plans: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Statements, rows that were read, pages that were touched, whole tables, and the dearest."""
    read = [(plan, sum(_rows(node) for node in nodes(plan["Plan"]))) for plan in plans]
    read.sort(key=lambda pair: -pair[1])
    return {
        "statements": len(plans),
        "rows_read": round(sum(count for _, count in read)),
        "pages": sum(_pages(plan["Plan"]) for plan in plans),
        "scans": whole_tables(plans),
        "plans": [shape(plan, count) for plan, count in read[:3]],
    }


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan and everything below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def _rows(node: dict[str, Any]) -> float:
    """Rows that a scan looked at, also those it then threw away."""
    if "Relation Name" not in node or node["Node Type"] == "ModifyTable":
        return 0
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node.get("Actual Rows", 0) + thrown) * node.get("Actual Loops", 1))


def _pages(plan: dict[str, Any]) -> int:
    return int(plan.get("Shared Hit Blocks", 0) + plan.get("Shared Read Blocks", 0))


def whole_tables(plans: Sequence[dict[str, Any]]) -> dict[str, int]:
    """Tables that were read from end to end, with the rows that were read."""
    found: dict[str, int] = {}
    for plan in plans:
        for node in nodes(plan["Plan"]):
            count = round(_rows(node))
            if node["Node Type"] == "Seq Scan" and count > FEW:
                name = node["Relation Name"]
                found[name] = found.get(name, 0) + count
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def shape(plan: dict[str, Any], count: float) -> dict[str, Any]:
    """A plan in few words: its statement, and which table is reached by which index."""
    steps = []
    for node in nodes(plan["Plan"]):
        if "Relation Name" in node or "Index Name" in node:
            way = node.get("Index Name", "")
            place = node.get("Relation Name", "")
            words = [node["Node Type"], place, *(["by", way] if way else [])]
            steps.append(f"{' '.join(word for word in words if word)} ({round(_rows(node))})")
    text = " ".join(plan.get("Query Text", "").split())
    return {"statement": text[:200], "rows": round(count), "steps": steps[:8]}
