"""The bonus base over its pages (R4-81), and the indicators of R4-01 with their lists."""

import io
import re
from datetime import date, time

import pytest
from python_calamine import CalamineWorkbook

from shouwen.ground.foundation import clock
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports.models import Report
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.customers import queries as customers

from .test_sheet_pages import text


@pytest.fixture
def may(firm, shipment, day):
    """April is over; one invoice of it waits for a complaint."""
    story = Story(shipment)
    case = walk(open_complaint(story), story, "investigation")
    day.move(clock.local(date(2026, 5, 4), time(9)))
    return case


@pytest.fixture
def address(firm, shipment, may):
    """The base of the salesperson for April."""
    return f"/reports/bonus/{firm.division.pk}/{customers.seller_of(shipment)}/2026-04/"


def test_the_page_names_the_complaint_of_each_exclusion(may, address, people, enter):
    page = text(enter(people("accounting")).get(address))
    assert f'href="/cases/{may.pk}/">{may.number}' in page
    assert page.count("25,000.00") >= 3


def test_the_sums_say_of_what_they_are_where_rows_stack(may, address, people, enter):
    page = text(enter(people("accounting")).get(address))
    foot = page[page.index("<tfoot>") : page.index("</tfoot>")]
    assert re.findall(r'data-label="([^"]+)"', foot) == ["应收金额", "已收金额", "扣除"]
    assert "<td></td>" in foot, "what has no sum has no label"


def test_written_down_by_accounting_alone_and_anew_with_a_reason(may, address, people, enter):
    accounting = enter(people("accounting"))
    assert accounting.post(address).status_code == 302
    assert "已写定" in text(accounting.get(address))
    report = Report.objects.get()
    assert accounting.get(f"/reports/{report.pk}/")["Location"] == address
    assert enter(people("quality")).get(f"/reports/{report.pk}/", follow=True).status_code == 404
    again = accounting.post(address, {"reason": " "})
    assert again.status_code == 422
    assert "重算须写明理由" in text(again)
    assert accounting.post(address, {"reason": "补登收款"}).status_code == 302
    assert "第 2 版" in text(accounting.get(address))
    assert enter(people("sales.manager")).post(address).status_code == 422


def test_who_sees_whose(may, address, people, enter, firm, shipment):
    seller = org.person(customers.seller_of(shipment))
    assert enter(seller).get(address).status_code == 200
    assert enter(people("sales.manager")).get(address).status_code == 200
    assert enter(people("quality")).get(address).status_code == 404
    assert enter(people("quality")).get(f"{address}export/").status_code == 404
    other = next(one for one in org.people("sales", firm.division) if one != seller
                 and one not in org.superiors(seller, firm.division))  # fmt: skip
    assert enter(other).get(address).status_code == 404
    mine = text(enter(other).get("/reports/bonus/?period=2026-04"))
    assert seller.name not in re.sub(r"<aside.*?</aside>", "", mine)
    assert seller.name in text(enter(people("accounting")).get("/reports/bonus/?period=2026-04"))


def test_the_workbook(may, address, people, enter):
    answer = enter(people("accounting")).get(f"{address}export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines = list(book.get_sheet_by_index(1).to_python())
    assert lines[1][-1] == may.number
    sums = dict(list(book.get_sheet_by_index(0).to_python())[1:])
    assert (sums["应收账款"], sums["客诉扣除"], sums["计奖基数"]) == (25000, 25000, 0)


def test_the_list_costs_the_same_for_everybody(may, people, enter, django_assert_max_num_queries):
    accounting = enter(people("accounting"))
    accounting.get("/reports/bonus/?period=2026-04")
    with django_assert_max_num_queries(12):
        accounting.get("/reports/bonus/?period=2026-04")


def test_the_three_indicators_open_lists_of_their_length(march, enter):
    client = enter(march.group)
    page = text(client.get("/regulations/R4/"))
    found = re.findall(r'<dt>(.*?)</dt><dd><a href="(/reports/counted/\w+/)">(.*?)</a>', page)
    assert [name for name, _url, _value in found] == ["平均结案用时", "重复率", "改善完成率"]
    assert found[0][2] == "1.2 天"
    assert "结案 2 件" in page
    assert "共 2 件" in text(client.get(found[0][1]))
    assert "受理 3 件，其中重复 0 件" in page  # one part of one customer, but other troubles
    type(march.second).objects.filter(pk=march.second.pk).update(cause_item="surface")
    page = text(client.get("/regulations/R4/"))
    assert "受理 3 件，其中重复 1 件" in page
    assert "共 1 件" in text(client.get(found[1][1]))


def test_improvements_count_once_they_were_due(march, enter, day):
    day.move(clock.local(date(2026, 5, 4), time(9)))
    client = enter(march.group)
    page = text(client.get("/regulations/R4/"))
    assert "到期项目 1 个，确认有效 0 个" in page
    assert "共 1 件" in text(client.get("/reports/counted/improvements/"))
    assert "共 0 件" in text(client.get("/reports/counted/improved/"))
    assert client.get("/reports/counted/anything/").status_code == 404
