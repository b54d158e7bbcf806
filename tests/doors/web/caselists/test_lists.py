"""The list by view and filter, its pages, its workbook, the views people keep, and the board."""

import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from shouwen.doors.web import paging
from shouwen.doors.web.models import SavedView
from shouwen.engines.search import actions as search
from shouwen.ground.journal.models import Entry
from shouwen.work.cases.models import Case


def sheet_of(answer) -> list[list]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def shown(browser, path="/cases/", **query) -> str:
    answer = browser.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


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
        "open": 1, "mine": 1, "unit": counts["unit"], "late": 1, "soon": 0,
        "closed": None, "all": None,
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
