"""The sheet over the pages: drawn up, checked, objected to, signed, frozen, printed (R4-49..51)."""

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from shouwen.engines.documents.models import PrintLog
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report

HEADS = ("manufacturing.manager", "quality.manager", "rnd.manager", "plant_office.manager")
QUERIES = 20


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def group(march, enter):
    """The group's browser."""
    return enter(march.group)


def check(client, sheet, row, **facts):
    data = {"measure": "换刀", "status": "done", "result": "有效", "version": row["version"]}
    return client.post(f"/reports/{sheet.pk}/rows/{row['case']}/check/", data | facts)


def act(client, sheet, key, **data):
    return client.post(f"/reports/{sheet.pk}/acts/{key}/", data)


def test_the_duty_leads_to_the_month_and_the_month_to_its_sheet(march, group):
    dues.open_periodic()
    due = Due.objects.get(clause="R4-49")
    page = group.get(due.link)
    assert "2 件" in text(page)
    data = {"division": march.division.pk, "period": "2026-03"}
    made = group.post("/reports/draw-up/", data)
    report = Report.objects.get()
    assert made["Location"] == f"/reports/{report.pk}/"
    assert group.get(due.link)["Location"] == f"/reports/{report.pk}/"
    assert group.post("/reports/draw-up/", data).status_code == 409
    assert group.get("/reports/statistics/0/2026-03/").status_code == 404
    assert group.get(f"/reports/statistics/{march.division.pk}/march/").status_code == 404


def test_from_the_first_check_to_the_last_signature(march, sheet, group, people, enter):
    for row in sheet.rows:
        assert check(group, sheet, row).status_code == 302
    assert act(group, sheet, "submit").status_code == 302
    refused = act(group, sheet, "finalise")
    assert refused.status_code == 409
    assert "尚缺" in text(refused)
    assert "R4-50" in text(refused)
    for role in HEADS:
        head = enter(people(role))
        assert "其余 2 件全部确认" in text(head.get(f"/reports/{sheet.pk}/"))
        act(head, sheet, "confirm")
        assert act(head, sheet, "sign").status_code == 302
    assert act(group, sheet, "finalise").status_code == 302
    page = text(group.get(f"/reports/{sheet.pk}/"))
    assert "已定案" in page
    assert page.count("已签章") == len(HEADS)
    assert check(group, sheet, sheet.rows[0], version=1).status_code in (409, 422)
    assert act(group, sheet, "renew", reason="更正").status_code == 302
    assert "已由新版取代" in text(group.get(f"/reports/{sheet.pk}/"))


def test_what_was_typed_stays_beside_what_is_wrong(march, sheet, group):
    answer = check(group, sheet, sheet.rows[0], status="", measure="更换隔板,列入点检")
    assert answer.status_code == 422
    assert "更换隔板,列入点检" in text(answer)
    assert "请选择改善状态" in text(answer)


def test_who_checks_second_sees_both_texts_and_may_send_again(march, sheet, group, people, enter):
    row = sheet.rows[0]
    head = enter(people(HEADS[0]))
    assert check(head, sheet, row, measure="改夹具").status_code == 302
    second = check(group, sheet, row, measure="换刀")
    page = text(second)
    assert second.status_code == 422
    assert "改夹具" in page
    assert ">换刀</textarea>" in page.replace("> ", ">")
    assert people(HEADS[0]).name in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    again = check(
        group, sheet, row, measure="换刀", version=version, **{"choose.measure": "theirs"}
    )
    assert again.status_code == 302
    kept = Report.objects.get(pk=sheet.pk).rows[0]
    assert (kept["measure"], kept["result"]) == ("改夹具", "有效")
    assert kept["checked_by"]["id"] == march.group.pk


def test_many_reasons_are_counted_not_listed(march, sheet, group):
    act(group, sheet, "submit")
    body = dict(sheet.body)
    body["rows"] = [{**sheet.rows[0], "number": f"9{n:05}"} for n in range(20)]
    Report.objects.filter(pk=sheet.pk).update(body=body)
    page = text(group.get(f"/reports/{sheet.pk}/"))
    assert page.count("尚未检查") <= 6
    assert "条原因" in page


def test_an_objection_with_its_shares_and_the_answer(march, sheet, group, people, enter, firm):
    reports.submit(sheet, by=march.group)
    head, row = enter(people(HEADS[0])), f"/reports/{sheet.pk}/rows/{march.first.pk}/"
    wrong = {
        "object-unit-0": firm.units["stamping"].pk, "object-ratio-0": "60",
        "object-unit-2": firm.units["coating"].pk, "object-ratio-2": "30",
        "object-reason": "涂装也有责任",
    }  # fmt: skip
    answer = head.post(f"{row}object/", wrong)
    assert answer.status_code == 422
    assert "合计为 90%" in text(answer)
    assert "涂装也有责任" in text(answer)
    assert head.post(f"{row}object/", wrong | {"object-ratio-2": "40"}).status_code == 302
    page = text(group.get(f"/reports/{sheet.pk}/"))
    assert "未了结的异议" in page
    assert "涂装也有责任" in page
    amended = {key.replace("object", "amend"): value for key, value in wrong.items()}
    assert group.post(f"{row}amend/", amended | {"amend-ratio-2": "40"}).status_code == 302
    assert [part["ratio"] for part in Report.objects.get(pk=sheet.pk).rows[0]["liability"]] == [
        "60", "40",
    ]  # fmt: skip
    assert "涂装二课 40%" in text(head.get(row))
    sales = enter(people("sales"))
    assert sales.post(f"{row}confirm/").status_code == 409


def test_every_number_opens_as_many_lines(march, sheet, group):
    page = text(group.get(f"/reports/{sheet.pk}/"))
    links = re.findall(r'href="(\?[^"#]+#cases)">(\d+)</a>', page)
    assert len(links) >= 5
    for link, number in links:
        shown = text(group.get(f"/reports/{sheet.pk}/{link.partition('#')[0]}"))
        assert f"合计 {number} 件" in shown, link
    months = re.findall(r'href="(/reports/counted/closed/[^"]+-\d\d)">(\d+)</a>', page)
    assert len(months) == 12
    assert months[-1][1] == "2"
    late = re.findall(r'href="(/reports/counted/closed/[^"]+late=1)">(\d+)</a>', page)
    assert len(late) == 12
    for link, number in months[-2:] + late[-1:]:
        assert f"共 {number} 件" in text(group.get(link.replace("&amp;", "&")))


def test_sorting_and_filtering(march, sheet, group):
    numbers = [march.first.number, march.second.number]

    def order(query):
        page = text(group.get(f"/reports/{sheet.pk}/?{query}"))
        table = page[page.index('id="cases"') : page.index('class="charts"')]
        return re.findall(r"/rows/\d+/\">(\d+)<", table)

    assert order("sort=number") == numbers
    assert order("sort=-number") == numbers[::-1]
    assert order("sort=loss") == numbers[::-1]
    assert order("item=dimension") == numbers[1:]
    assert order("item=nothing") == []


def test_pdf_and_workbook_hold_the_same_lines(march, sheet, group):
    paper = group.get(f"/reports/{sheet.pk}/pdf/")
    assert paper.content.startswith(b"%PDF")
    assert PrintLog.objects.get(template="report").by == march.group
    answer = group.get(f"/reports/{sheet.pk}/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = list(book.get_sheet_by_index(0).to_python())
    assert [row[0] for row in rows[1:]] == [march.first.number, march.second.number]
    assert book.sheet_names[1:] == ["客诉项目", "责任单位", "产品", "客户"]


def test_the_list_of_months_and_what_waits(march, group, sheet):
    page = text(group.get("/reports/"))
    assert "2026-03" in page
    assert f'href="/reports/statistics/{march.division.pk}/2026-02/"' in page
    assert "编制 2026-03" not in page  # it is drawn up already
    assert text(group.get("/reports/?state=final")).count("2026-03") == 0
    assert "2026-03" in text(group.get("/reports/?year=2026&state=draft"))


def test_what_the_sheet_costs(march, sheet, group, people, enter, django_assert_max_num_queries):
    reports.submit(sheet, by=march.group)
    head = enter(people(HEADS[0]))
    head.get(f"/reports/{sheet.pk}/")
    with django_assert_max_num_queries(QUERIES):
        head.get(f"/reports/{sheet.pk}/")
    with django_assert_max_num_queries(12):
        head.get("/reports/")


def test_a_head_finds_it_on_his_desk(march, sheet, people, enter):
    reports.submit(sheet, by=march.group)
    page = text(enter(people(HEADS[0])).get("/"))
    assert f'href="/reports/{sheet.pk}/"' in page
    assert "2026-03 客诉案件统计表" in page


def test_what_is_no_act_is_not_found(sheet, group, march):
    assert act(group, sheet, "burn").status_code == 404
    assert group.post(f"/reports/{sheet.pk}/rows/{march.first.pk}/burn/").status_code == 404
    assert group.get(f"/reports/{sheet.pk}/rows/999/").status_code == 404
