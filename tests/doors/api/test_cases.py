"""Another system reads the cases of its division: page by page, one whole, or by words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.engines.search import actions as search
from shouwen.ground.org import actions as org
from shouwen.ground.org import queries as org_queries
from shouwen.work.cases.actions import Intake, close_ordinary, open_case
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft


@pytest.fixture
def opened(cast, now):
    """`opened("事由")` is an ordinary matter of the customer, a minute after the last."""

    def make(title, *, division=None, customer=None, phone=""):
        now.wait(minutes=1)
        intake = Intake(
            division or cast.division, customer or cast.customer, "delivery", title,
            f"客户说:{title}。", caller="王采购", phone=phone,
        )  # fmt: skip
        return open_case(intake, by=cast.sales)

    return make


@pytest.fixture
def elsewhere(opened, cast):
    """A matter of another division of the group."""
    other = org.add_unit("other", name_zh="另一事业部", function="sales", division=True)
    draft = CustomerDraft(code="DF", name_zh="别家客户", region="domestic", salesperson=cast.sales)
    return opened("别家的事", division=other, customer=create_customer(other, draft, by=None))


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [one["number"] for one in answer.json()["items"]]


def test_the_open_ones_by_what_is_due_first_page_by_page(system, opened):
    made = [opened(f"第{n}件").label for n in range(5)]
    seen, after = [], ""
    for _ in range(3):
        answer = system.get("cases", limit=2, after=after)
        seen += numbers(answer)
        after = answer.json()["next"] or ""
    assert seen == made
    assert after == ""


def test_a_line_says_where_it_stands(system, opened, cast):
    case = opened("何时交货")
    (line,) = system.get("cases").json()["items"]
    assert line["customer"] == {"code": "DF", "name": "东方机电"}
    assert (line["title"], line["state"], line["late"]) == ("何时交货", "open", False)
    assert (line["number"], line["owner"]) == (case.label, cast.sales.name)
    assert line["unit"] == org_queries.unit_by_id(case.unit_id).code


def test_views_customers_and_units_narrow_it(system, opened, cast, now):
    first, second = opened("甲"), opened("乙")
    close_ordinary(first, "已答复", by=cast.sales)
    assert numbers(system.get("cases", view="closed")) == [first.label]
    assert numbers(system.get("cases", view="all")) == [second.label, first.label]
    assert numbers(system.get("cases", customer="DF")) == [second.label]
    assert numbers(system.get("cases", kind="quality_complaint")) == []
    now.wait(days=1)
    assert numbers(system.get("cases", view="late")) == [second.label]


@pytest.mark.parametrize("wrong", [{"customer": "NONE"}, {"unit": "nowhere"}, {"after": "x"}])
def test_what_does_not_exist_is_named(system, opened, wrong):
    answer = system.get("cases", **wrong)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["error"]["reasons"]] == [*wrong]


@pytest.mark.parametrize("wrong", [{"view": "mine"}, {"limit": 0}, {"limit": 101}])
def test_what_no_system_can_ask_is_refused(system, wrong):
    assert system.get("cases", **wrong).status_code == 422


def test_one_with_what_was_said_and_what_happened(let_in, opened, cast):
    case = opened("何时交货", phone="13800138000")
    close_ordinary(case, "已答复", by=cast.sales)
    told = let_in("cases:read").get(f"cases/{case.label}").json()
    assert told["description"] == "客户说:何时交货。"
    assert told["phone"] == "138****8000"
    assert [fact["event"] for fact in told["history"]] == ["case.closed", "case.opened"]
    assert told["history"][0]["by"] == cast.sales.name
    assert told["history"][0]["words"] == "结案"
    clear = let_in("cases:read", "phones:read", name="呼叫中心").get(f"cases/{case.label}")
    assert clear.json()["phone"] == "13800138000"


def test_another_division_is_nobodys_business(system, opened, elsewhere):
    assert numbers(system.get("cases", view="all")) == []
    assert system.get(f"cases/{elsewhere.label}").status_code == 404
    assert system.get("cases/D99999999999999999999").status_code == 404
    search.index_waiting()
    assert numbers(system.get("search", q="别家的事")) == []


def test_words_are_found_and_paged(system, opened):
    made = [opened(f"轴承异响第{n}次").label for n in range(3)]
    opened("何时交货")
    search.index_waiting()
    first = system.get("search", q="轴承异响", limit=2)
    assert numbers(first) == made[:0:-1]
    rest = system.get("search", q="轴承异响", limit=2, after=first.json()["next"])
    assert numbers(rest) == made[:1]
    assert system.get("search", q="轴承", after="x").status_code == 422
    assert system.get("search", q="").status_code == 422


@pytest.mark.parametrize("path", ["cases", "cases/D1", "search?q=甲"])
def test_without_the_right_nothing_is_read(let_in, path):
    assert let_in("contacts:read").get(path).status_code == 403


def test_a_page_costs_the_same_however_long_it_is(system, opened, now):
    opened("甲")
    system.get("cases")

    def cost():
        now.wait(minutes=2)  # so that each notes anew when the system was here
        with CaptureQueriesContext(connection) as taken:
            assert system.get("cases").status_code == 200
        return len(taken)

    few = cost()
    for n in range(5):
        opened(f"第{n}件")
    assert cost() == few <= 5
