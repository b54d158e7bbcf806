"""The register by the month of the number, and its workbook."""

import io
import zipfile

from python_calamine import CalamineWorkbook

from shouwen.engines.dues.models import OverdueReaction


def listed(browser, **query):
    return [case.customer.code for case in browser.get("/register/", query).context["page"].rows]


def test_a_complaint_stands_in_the_month_of_its_number(browser, complain, day):
    complain("A1", "investigation")
    complain("B1", "acceptance")
    assert listed(browser) == ["A1"]
    day.wait(days=31)
    assert listed(browser) == []
    assert listed(browser, month="2026-03") == ["A1"]
    assert listed(browser, month="nonsense") == []


def test_the_workbook_has_the_goods_and_what_was_said(browser, complain):
    case = complain("A1", "investigation")
    answer = browser.get("/register/export/", {"month": "2026-03"})
    words = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/sharedStrings.xml").decode()
    assert case.number in words
    assert "SO-A1 P-A1 10/1,000" in words
    assert "划伤" in words


def test_the_register_costs_few_queries(browser, complain, django_assert_max_num_queries):
    for code in ("A1", "B1"):
        complain(code, "investigation")
    browser.get("/register/")
    with django_assert_max_num_queries(12):
        browser.get("/register/")


def test_who_is_late_stands_on_the_overdue_board(browser, complain, day):
    complain("A1", "investigation")
    assert browser.get("/overdue/").context["rows"] == []
    day.wait(days=40)
    row = browser.get("/overdue/").context["rows"][0]
    assert row.case.customer.code == "A1"
    assert row.dues
    now = next(stay for stay in row.stays if stay.running)
    assert now.used == 40
    text = browser.get("/overdue/").content.decode()
    assert "填逾期反应" in text
    assert f'href="/dues/{row.dues[0].due.pk}/"' in text


def test_a_step_over_its_limit_says_by_how_many_days(browser, complain, day):
    complain("A1", "investigation")
    day.wait(days=40)
    row = browser.get("/overdue/").context["rows"][0]
    now = next(stay for stay in row.stays if stay.running)
    assert now.limit is not None
    assert now.over == 40 - now.limit
    assert f"超 {now.over} 天" in browser.get("/overdue/").content.decode()


def test_the_overdue_board_costs_few_queries(browser, complain, day, django_assert_max_num_queries):
    for code in ("A1", "B1", "C1"):
        complain(code, "investigation")
    day.wait(days=40)
    browser.get("/overdue/")
    with django_assert_max_num_queries(12):
        browser.get("/overdue/")


def test_the_board_can_be_of_one_unit(browser, complain, day):
    case = complain("A1", "investigation")
    day.wait(days=40)
    assert browser.get("/overdue/", {"unit": case.unit_id}).context["rows"]
    assert not browser.get("/overdue/", {"unit": case.division_id}).context["rows"]


def late_lines(browser, **query):
    answer = browser.get("/overdue/export/", query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_overdue_board_goes_out_with_its_unit_and_what_was_answered(
    browser, complain, day, seller
):
    case = complain("A1", "investigation")
    day.wait(days=40)
    late = browser.get("/overdue/").context["rows"][0].dues
    OverdueReaction.objects.create(
        due=late[0].due, by=seller, at=day.at, reason="样品未到", measure="上门取样",
        promise=day.at.date(),
    )  # fmt: skip
    head, *rows = late_lines(browser)
    assert [row[0] for row in rows] == [case.label] * len(late)
    line = dict(zip(head, rows[0], strict=True))
    assert (line["逾期原因"], line["采取的措施"]) == ("样品未到", "上门取样")
    assert line["逾期天数"] == (day.at.date() - late[0].due.last_day).days
    assert "质管调查 40/" in line["各步骤天数"]
    assert len(late_lines(browser, unit=case.unit_id)) == len(rows) + 1
    assert late_lines(browser, unit=case.division_id) == [head]
