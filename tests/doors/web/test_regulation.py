"""A regulation reads as text; beside every clause stands what it is, and how it was kept."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from shouwen.doors.web.regulations import figures
from shouwen.doors.web.regulations.record import Heap, Month, shows
from shouwen.doors.web.regulations.states import state_of
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import actions as org
from shouwen.ground.org import values
from shouwen.ground.policy import queries as policy

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def works(cast):
    """The factory runs under R4 and has set what the text leaves open, but for one value."""
    org.adopt_regulation(cast.division, "R4", 1)
    for spec in policy.value_specs("R4"):
        if spec.example is not None and spec.key != "R4-76.tolerance":
            values.set_value(spec.key, spec.example, division=cast.division)
    return cast


def page(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_clause_of_r4_is_there_in_both_languages(works, enter):
    browser = enter("sales")
    text = page(browser, "/regulations/R4/")
    for clause in policy.clauses("R4"):
        assert f'id="{clause.id}"' in text
        assert clause.text.zh in text
    browser.post("/language/", {"language": "en"})
    assert "Domestic complaints close within 15 days" in page(browser, "/regulations/R4/")


def test_each_of_the_seven_items_of_r4_02_leads_to_its_part(works, enter):
    text = page(enter("sales"), "/regulations/R4/")
    for group in policy.regulation("R4").groups:
        assert f'href="#{group.key}"' in text
        assert f'id="{group.key}"' in text
    assert len(policy.regulation("R4").groups) == 7


def test_a_value_nobody_set_is_told_and_one_that_is_set_is_shown(works, enter):
    browser = enter("sales")
    assert "待公司规定" in page(browser, "/clauses/R4-76/")
    values.set_value("R4-76.tolerance", "3", division=works.division)
    assert "3 %" in page(browser, "/clauses/R4-76/")


def test_the_record_counts_this_month_and_leads_to_the_facts(works, enter, now):
    division = works.division
    for _ in range(3):
        journal.record(
            "case.accepted", division, by=works.pm_group, division=division.pk, region="domestic"
        )
    now.move(now.at.replace(month=2))
    journal.record(
        "case.accepted", division, by=works.pm_group, division=division.pk, region="domestic"
    )
    now.move(now.at.replace(month=3))
    browser = enter("sales")
    assert "3 件" in page(browser, "/clauses/R4-59/")
    assert page(browser, "/clauses/R4-59/").count('class="timeline-item') == 3
    assert "1 件" in page(browser, "/clauses/R4-59/?month=2026-02")


def test_facts_of_a_division_out_of_sight_are_not_shown(works, enter):
    journal.record(
        "case.accepted",
        works.division,
        by=works.pm_group,
        division=works.division.pk,
        region="domestic",
    )
    text = page(enter("outsider"), "/clauses/R4-59/")
    assert works.pm_group.name not in text
    assert "这个月还没有记录" in text


def test_a_missed_limit_breaks_its_own_clause_only(works, enter):
    division = works.division
    journal.record("due.missed", division, by=None, clause="R4-27", division=division.pk)
    browser = enter("sales")
    assert "本月有违反" in page(browser, "/clauses/R4-27/")
    assert "本月有违反" not in page(browser, "/clauses/R4-38/")
    assert 'id="R4-27"' in page(browser, "/regulations/R4/?state=broken")
    assert 'id="R4-38"' not in page(browser, "/regulations/R4/?state=broken")


def test_a_miss_counts_for_all_clauses_that_are_counted_as_one(works, enter):
    division = works.division
    journal.record("due.missed", division, by=None, clause="R2-04", division=division.pk)
    browser = enter("sales")
    assert "本月有违反" not in page(browser, "/clauses/R5-18/")  # R5 does not hold here yet
    for code in ("R2", "R5", "R6"):
        org.adopt_regulation(division, code, 1)
    for number in ("R2-04", "R5-18", "R6-05"):
        assert "本月有违反" in page(browser, f"/clauses/{number}/"), number
    assert "本月有违反" not in page(browser, "/clauses/R7-69/")  # akin, but another question
    both = page(browser, "/clauses/R2-04/")
    assert "查核项、期限" in both
    assert ">R2-04.minutes" not in both
    assert "客户问题转出的时限" in both


def test_a_miss_is_seen_where_the_clause_names_other_evidence(works, enter):
    division = works.division
    journal.record("due.missed", division, by=None, clause="R2-07", division=division.pk)
    assert "本月有违反" in page(enter("sales"), "/clauses/R2-07/")


def test_the_figures_of_what_runs_are_words_and_no_codes():
    running = [one for one in policy.clauses() if one.running]
    said = {line for one in running for line in figures.lines(one)}
    codes = {line for line in said if re.search(r"[a-z]{3}", line[1].replace("YY", ""))}
    assert codes == set()


def test_the_sections_of_a_form_are_told_apart():
    clause = policy.clause("R4-10")
    heap = Heap(None, "sheet.section_signed", "complaint_form", "investigation", None, 1)
    other = Heap(None, "sheet.section_signed", "complaint_form", "production", None, 1)
    assert shows(clause, heap)
    assert not shows(clause, other)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"running": False, "unset": 1, "broken": 1, "due": 1}, "off"),
        ({"running": True, "unset": 1, "broken": 1, "due": 1}, "broken"),
        ({"running": True, "unset": 1, "broken": 0, "due": 1}, "unset"),
        ({"running": True, "unset": 0, "broken": 0, "due": 1}, "due"),
        ({"running": True, "unset": 0, "broken": 0, "due": 0}, "now"),
    ],
)
def test_the_state_that_matters_most(facts, state):
    assert state_of(**facts).key == state


@pytest.mark.parametrize("code", ["R9", "R4-59", "x"])
def test_what_is_no_regulation_is_not_found(cast, enter, code):
    assert enter("sales").get(f"/regulations/{code}/").status_code == 404


def test_months_follow_each_other_over_the_year():
    december = Month(date(2026, 12, 1))
    assert december.next.key == "2027-01"
    assert Month(date(2026, 3, 1)).previous.key == "2026-02"


@pytest.mark.django_db
def test_a_page_of_all_clauses_costs_few_statements(works, enter, django_assert_max_num_queries):
    browser = enter("sales")
    browser.get("/regulations/R4/")
    cache.clear()
    with django_assert_max_num_queries(12):
        browser.get("/regulations/R4/")
