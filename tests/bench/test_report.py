"""The page says what was measured, and of everything else that it was not."""

import re
import xml.etree.ElementTree as ET

import pytest

from bench.measuring.costs import summary
from bench.reporting import chart, embedded
from bench.reporting.figures import gather
from bench.reporting.obstacles import WHY
from bench.reporting.page import page
from bench.reporting.tables import SHOWN
from bench.reporting.writing import NOT_MEASURED, number, table, times

from .test_figures import a_round

COST = {
    "kind": "cost", "system": "shouwen", "work": "first_page", "skew": False, "bytes": 20_000,
    "statements": 3, "pages": 40, "scans": {"cases_case": 5000, "org_unit": 29},
    "plans": [{"statement": "SELECT 1", "rows": 25, "steps": ["Index Scan cases_case by x (25)"]}],
}  # fmt: skip


@pytest.fixture(scope="module")
def lines():
    return [
        {"kind": "machine", "cpu": "X1", "cores": 2, "memory_gib": 24, "system": "Debian",
         "kernel": "6", "python": "3.11", "postgresql": "15", "commit": "abc"},
        {"kind": "installed", "system": "redmine", "version": "5.0.4"},
        {"kind": "missing", "system": "rt", "why": "only root of a Debian machine can"},
        {"kind": "absent", "system": "roundup", "work": "statistics", "why": "it has none"},
        a_round(p50=2.0), a_round("redmine", p50=20.0), a_round("hand", p50=1.0),
        a_round("roundup", "search_two", p50=5, found=41, expected=500),
        COST | {"size": 1000, "rows_read": 100}, COST | {"size": 10_000, "rows_read": 130},
    ]  # fmt: skip


@pytest.fixture(scope="module")
def text(lines):
    return page(gather(lines), 1000)


def row(text, start):
    return next(line for line in text.splitlines() if line.startswith(f"| {start}"))


def test_a_row_holds_ours_each_peer_the_goal_and_the_limit(text):
    found = row(text, "W2 首页列表")
    assert "| 2.00 (2.00–2.00) |" in found
    assert "**10.0×** 20.0 (20.0–20.0)" in found
    assert "Redmine: 10.0×, goal of 5× reached" in found
    assert "ours takes 2.00×, goal of 3× reached" in found


def test_only_what_misses_a_goal_is_told_with_its_reason(lines, text):
    assert "Every goal that was measured is reached." in text
    many = {"work": "create", "clients": 4}
    slow = page(gather([*lines, a_round("hand", **many, rate=400), a_round(**many)]), 1000)
    (found,) = (line for line in slow.splitlines() if "journal entry for each fact" in line)
    assert "| – | 2.67× | – |" in found
    assert "W2 首页列表" not in slow.split("## What stands in the way")[1].split("## Growth")[0]


def test_every_work_has_a_word_for_what_stands_in_its_way():
    assert {work.key for work in SHOWN} <= set(WHY)


def test_what_is_missing_is_said(text):
    assert "not installed: only root of a Debian machine can" in row(text, "W2 首页列表")
    assert "none: it has none" in row(text, "W6")
    assert NOT_MEASURED in row(text, "W8")
    assert "**finds 41 of 500**" in row(text, "W4 两字")
    assert "none answers completely" in row(text, "W4 两字")


def test_costs_tell_growth_and_whole_tables(text):
    assert "From 1k to 10k cases (10.0×) ours reads 1.30× the rows" in text
    assert "it reads whole cases_case." in text
    assert "- 25 rows: Index Scan cases_case by x (25)" in text


def test_machine_versions_and_links_are_there(text):
    assert "X1, 2 cores, 24 GiB, Debian" in text
    assert "| Redmine | 5.0.4 |" in text
    assert "![Time of each peer and of the limit, in times of ours](performance.svg)" in text


def test_nothing_measured_makes_a_page_without_a_figure():
    text = page(gather([]), 1000)
    assert "Nothing was measured yet." in text
    assert not re.search(r"\d×,", text)


def test_the_chart_is_a_picture_with_a_sign_for_each_ratio(lines):
    tree = ET.fromstring(chart.draw(gather(lines), 1000))  # noqa: S314 - our own picture
    signs = tree.findall("{http://www.w3.org/2000/svg}path")
    legend = len(chart.COLOURS)
    assert len(signs) == legend + 2  # Redmine's list and the limit's


def test_the_scale_of_the_chart_holds_whatever_comes():
    assert chart.place(1e-9) == chart.place(0.01) == chart.LEFT
    assert chart.place(1e9) == chart.WIDTH - chart.RIGHT
    assert chart.place(0.1) < chart.place(1) < chart.place(10)


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, NOT_MEASURED), (12345.6, "12,346"), (99.96, "100.0"), (3.14159, "3.14"),
     (0.01234, "0.012")],
)  # fmt: skip
def test_numbers_have_the_figures_that_matter(value, said):
    assert number(value) == said


def test_a_ratio_of_nothing_is_a_dash_and_a_bar_does_not_end_a_cell():
    assert times(None) == "–"
    assert table(["a"], [["b|c\nd"]]) == "| a |\n| --- |\n| b\\|c d |"


def test_a_plan_tells_rows_read_pages_and_whole_tables():
    inner = {"Node Type": "Index Scan", "Relation Name": "due", "Index Name": "due_open",
             "Actual Rows": 2, "Actual Loops": 3, "Rows Removed by Filter": 1}  # fmt: skip
    scan = {"Node Type": "Seq Scan", "Relation Name": "unit", "Actual Rows": 30, "Actual Loops": 1}
    joined = {"Node Type": "Nested Loop", "Actual Rows": 6, "Plans": [scan, inner],
              "Shared Hit Blocks": 4, "Shared Read Blocks": 1}  # fmt: skip
    found = summary([{"Query Text": "SELECT\n 1", "Plan": joined}])
    assert (found["statements"], found["rows_read"], found["pages"]) == (1, 39, 5)
    assert found["scans"] == {"unit": 30}
    assert found["plans"][0]["steps"] == ["Seq Scan unit (30)", "Index Scan due by due_open (9)"]
    assert found["plans"][0]["statement"] == "SELECT 1"


def test_the_embedded_default_stands_beside_postgresql_and_in_no_other_table(lines, text):
    figures = gather([*lines, a_round("shouwen_sqlite", p50=5.0)])
    found = row(embedded.page(figures, 1000), "W2 首页列表")
    assert found.endswith("| ms, 1 client | 2.00 (2.00–2.00) | 5.00 (5.00–5.00) | **2.50×** |")
    assert row(embedded.page(figures, 1000), "W8").endswith(f"| {NOT_MEASURED} |")
    assert "SQLite" not in page(figures, 1000)
