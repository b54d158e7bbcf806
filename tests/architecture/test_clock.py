"""Nothing but foundation/clock.py reads the wall clock, so every day can be rehearsed."""

import ast
import re

from .conftest import SOURCE

CLOCK = "ground/foundation/clock.py"
READS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
    "timezone": {"now", "localtime", "localdate"},
}
"""`time.monotonic` measures how long something took; it is no clock of the company."""


def test_nothing_else_reads_the_wall_clock(modules):
    found = [
        f"{module.at(node)} {node.value.id}.{node.attr}"
        for module in modules
        if module.name != CLOCK
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.attr in READS.get(node.value.id, ())
    ]
    assert found == []


def test_no_field_or_query_reads_it_either(modules):
    automatic = re.compile(r"\bauto_now(?:_add)?\b|\bfunctions import [^\n]*\bNow\b")
    found = [module.name for module in modules if automatic.search(module.text)]
    assert found == []


def test_no_template_reads_it():
    now = re.compile(r"{%\s*now\b")
    pages = SOURCE.rglob("*.html")
    assert [page.name for page in pages if now.search(page.read_text(encoding="utf-8"))] == []
