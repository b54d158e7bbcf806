"""The list by view and filter, its pages, its workbook, the views people keep, and the board."""

import io
import zipfile
from urllib.parse import urlencode

import pytest
from python_calamine import CalamineWorkbook

from shouwen.doors.web import paging
from shouwen.doors.web.caselists import words
from shouwen.doors.web.models import SavedView
from shouwen.engines.search import actions as search
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org_actions
from shouwen.ground.org import queries as org
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.course import classes
from shouwen.work.cases.models import Case
from shouwen.work.cases.queries import Filters, listed
from shouwen.work.customers.models import Customer
from tests.posting import words_of


def sheet_of(answer) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def shown(browser, path="/cases/", **query) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return words_of(answer)


def test_an_empty_list_says_what_will_stand_here(browser):
    assert "受理之后，案件按期限先后列在这里" in shown(browser)


def test_a_case_stands_with_stage_unit_and_term(browser, complain):
    case = complain("A1", "investigation")
    text = shown(browser)
    assert case.label in text
    assert "A1 机电" in text
    assert "质管调查" in text
    assert f'href="/cases/{case.pk}/"' in text


def test_the_tabs_count_and_divide(browser, complain, day):
    open_one = complain("A1", "investigation")
    closed = complain("B1", "closed")
    assert closed.label not in shown(browser)
    assert closed.label in shown(browser, view="closed")
    text = shown(browser, view="all")
    assert open_one.label in text
    assert closed.label in text
    day.wait(days=30)
    answer = browser.get("/cases/", {"view": "late"})
    counts = {tab["key"]: tab["count"] for tab in answer.context["tabs"]}
    assert counts == {
        "open": "1", "mine": "1", "unit": counts["unit"], "late": "1", "soon": "0",
        "closed": "", "all": "",
    }  # fmt: skip
    assert open_one.label in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"stage": "investigation"}, {"A1"}),
        ({"region": "overseas"}, {"B1"}),
        ({"part": "P-A1"}, {"A1"}),
        ({"opened_to": "2026-03-01"}, set()),
        ({"opened_from": "2026-03-02"}, {"A1", "B1"}),
        ({"severity": "3"}, {"B1"}),
        ({"kind": "ordinary"}, set()),
        ({"stage": "no-such", "opened_from": "soon", "customer": "x"}, {"A1", "B1"}),
    ],
)
def test_filters(browser, complain, query, found):
    complain("A1", "investigation")
    complain("B1", region="overseas", severity=3)
    answer = browser.get("/cases/", query)
    assert {case.customer.code for case in answer.context["page"].rows} == found


@pytest.fixture
def graded(firm, complain, seller):
    """A complaint of an A customer and one of a B customer, and an enquiry of the latter."""
    rows = [{"grade": one, "meaning": one} for one in "AB"]
    org_actions.set_value("R2-10.grades", rows, division=firm.division)
    first, second = complain("A1", "investigation"), complain("B1", "investigation")
    Customer.objects.filter(pk=first.customer_id).update(grade="A")
    Customer.objects.filter(pk=second.customer_id).update(grade="B")
    asked = Intake(firm.division, second.customer, "delivery", "何时交货", "客户问何时交货。")
    return {"A1": first, "B1": second, "B1 asks": open_case(asked, by=seller)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"category": "delivery"}, {"B1 asks"}),
        ({"category": "product_quality"}, {"A1", "B1"}),
        ({"category": "service"}, set()),
        ({"category": "no-such"}, {"A1", "B1", "B1 asks"}),
        ({"customer_grade": "A"}, {"A1"}),
        ({"customer_grade": "B"}, {"B1", "B1 asks"}),
        ({"customer_grade": "B", "category": "product_quality"}, {"B1"}),
        ({"customer_grade": "C"}, {"A1", "B1", "B1 asks"}),
    ],
)
def test_filters_by_category_and_grade_reach_list_view_and_workbook(browser, graded, query, found):
    wanted = {graded[name].pk for name in found}
    rows = browser.get("/cases/", query).context["page"].rows
    assert {case.pk for case in rows} == wanted
    labels = {row[0] for row in sheet_of(browser.get("/cases/export/", query))[1:]}
    assert labels == {graded[name].label for name in found}
    browser.post("/cases/views/", {"name": "这一组", "query": urlencode(query)})
    again = browser.get(f"/cases/?{SavedView.objects.get().query}").context["page"].rows
    assert {case.pk for case in again} == wanted


def test_the_workbook_tells_category_and_grade(browser, graded):
    head, *rows = sheet_of(browser.get("/cases/export/", {"category": "delivery"}))
    told = dict(zip(head, rows[0], strict=True))
    assert (told["内容类别"], told["客户等级"]) == ("交期与物流", "B")


def test_the_company_names_its_own_categories(firm, seller):
    """Where a division keeps a list of its own the filter offers that one (R2-13)."""
    built_in = dict(words.categories(seller))
    assert built_in["delivery"] == "交期与物流"
    manager = org.people("customer_service.manager", firm.sister)[0]
    own = dict(words.categories(manager))
    assert own == dict(classes.choices(firm.sister.pk, classes.CATEGORIES))
    assert "product_quality" not in own


@pytest.mark.parametrize("query", [{}, {"category": "delivery"}, {"customer_grade": "B"}])
def test_a_filter_costs_no_statement_of_its_own(browser, graded, query, django_assert_num_queries):
    browser.get("/cases/", query)
    with django_assert_num_queries(8):
        browser.get("/cases/", query)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(("filters", "index"), [
    (Filters(category="delivery"), "case_open_category"),
    (Filters(view="all", category="delivery"), "case_of_category"),
    (Filters(customer_grade="A"), "case_open_due"),
])  # fmt: skip
def test_a_filter_is_read_from_its_index(firm, seller, filters, index):
    plan = listed(seller, filters).select_related("customer").explain()
    assert index in plan
    assert "SCAN" not in plan


def test_the_search_finds_a_part_and_a_customer(browser, complain):
    complain("A1", "investigation")
    complain("B1", "investigation")
    search.index_waiting()
    text = shown(browser, q="P-B1")
    assert "B1 机电" in text
    assert "A1 机电" not in text


def test_pages_by_key_neither_repeat_nor_lose(browser, complain):
    for _ in range(5):
        complain("A1")
    seen, path = [], "/cases/"
    for _ in range(3):
        page = paging_of(browser, path)
        seen += [case.pk for case in page.rows]
        path = f"/cases/{page.older}"
    assert sorted(seen) == sorted(Case.objects.values_list("pk", flat=True))


def paging_of(browser, path):
    request = browser.get(path).wsgi_request
    from shouwen.work.cases import queries as cases

    found = cases.listed(request.person, cases.Filters())
    return paging.page_of(found, request, order=("due_at", "id"), size=2)


def test_a_list_page_costs_few_queries(browser, complain, django_assert_max_num_queries):
    for code in ("A1", "B1", "C1"):
        complain(code, "investigation")
    shown(browser)
    with django_assert_max_num_queries(12):
        shown(browser)


def test_the_export_is_a_workbook_and_leaves_a_trace(browser, complain):
    case = complain("A1", "investigation", title="=cmd()")
    answer = browser.get("/cases/export/", {"region": "domestic"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    words = book.read("xl/sharedStrings.xml").decode()
    assert case.label in words
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert Entry.objects.get(event="cases.exported").data["rows"] == 1


def test_a_view_is_kept_shown_and_dropped(browser, complain, seller):
    answer = browser.post("/cases/views/", {"name": "国外", "query": "region=overseas&after=x"})
    assert answer["Location"] == "/cases/?region=overseas"
    view = SavedView.objects.get()
    assert (view.person, view.query) == (seller, "region=overseas")
    assert 'href="/cases/?region=overseas"' in shown(browser)
    browser.post("/cases/views/", {"name": "国外", "query": "region=overseas&view=all"})
    assert SavedView.objects.get().query == "region=overseas&view=all"
    browser.post(f"/cases/views/{view.pk}/")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_kept(browser):
    assert browser.post("/cases/views/", {"name": " ", "query": ""}).status_code == 302
    assert not SavedView.objects.exists()


def test_the_board_has_a_column_a_stage(browser, complain, django_assert_max_num_queries):
    complain("A1", "investigation")
    complain("B1", "investigation")
    complain("C1")
    answer = browser.get("/cases/board/")
    columns = {one["key"]: one for one in answer.context["columns"]}
    assert columns["investigation"]["count"] == 2
    assert [card["case"].customer.code for card in columns["draft"]["cases"]] == ["C1"]
    assert columns["ruling"]["count"] == 0
    with django_assert_max_num_queries(12):
        browser.get("/cases/board/")


def test_the_board_goes_out_whole_column_by_column(browser, complain, monkeypatch):
    monkeypatch.setattr("shouwen.doors.web.caselists.views.CARDS", 1)
    for code, upto in (("A1", "investigation"), ("B1", "draft"), ("C1", "investigation")):
        complain(code, upto)
    closed = complain("D1", "closed")
    assert "/cases/board/export/" in shown(browser, "/cases/board/")
    head, *rows = sheet_of(browser.get("/cases/board/export/"))
    step, customer = head.index("步骤"), head.index("客户")
    assert [(row[step], row[customer]) for row in rows] == [
        ("填表", "B1 机电"), ("质管调查", "A1 机电"), ("质管调查", "C1 机电"),
    ]  # fmt: skip
    assert closed.label not in [row[0] for row in rows]


def test_an_empty_board_has_nothing_to_take_out(browser):
    assert "/cases/board/export/" not in shown(browser, "/cases/board/")
