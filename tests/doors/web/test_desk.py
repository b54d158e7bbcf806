"""Everything due, by urgency; it renews itself and says why a day is the day."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from shouwen.doors.web.desk import late, views
from shouwen.doors.web.paging import SIZE
from shouwen.engines.dues import actions as dues
from shouwen.engines.dues import queries as due_lists
from shouwen.engines.dues.models import Due
from shouwen.engines.notices import actions as notices
from shouwen.ground.foundation import clock
from shouwen.ground.org import actions as org
from shouwen.work.cases.models import Case, Severity
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft

pytestmark = pytest.mark.usefixtures("regulations")


@pytest.fixture
def give(cast):
    """`give("答复来函", days=3, person=…)` opens a due; for sales unless somebody else is named."""

    def make(title: str, hours: float | None = None, **more) -> Due:
        if not {"person", "role", "unit"} & set(more):
            more["person"] = cast.sales
        due_at = None if hours is None else clock.now() + timedelta(hours=hours)
        return dues.open_due(
            title, subject=cast.division, division=cast.division, due_at=due_at, **more
        )

    return make


def desk(browser, **query) -> str:
    return browser.get("/", query).content.decode()


def test_an_empty_desk_says_what_will_stand_here(cast, enter):
    assert "今天没有要办的事" in desk(enter("sales"))


def test_by_urgency_with_words(give, enter, now):
    give("答复甲", -30)
    give("答复乙", 4)
    give("答复丙", 24 * 30)
    give("答复丁")
    text = desk(enter("sales"))
    order = [
        text.index(word) for word in ("已经逾期", "答复甲", "今天到期", "答复乙", "以后", "答复丙")
    ]
    assert order == sorted(order)
    assert "逾期 1 天" in text
    assert "还有 4 小时" in text
    assert "无期限" in text


def test_the_role_of_a_unit_shows_it_to_all_who_hold_it(give, enter):
    give("登记客诉", 4, role="pm_group")
    assert "登记客诉" in desk(enter("pm_group"))
    assert "登记客诉" not in desk(enter("sales"))


def test_a_stand_in_sees_it_with_the_absent_name(give, enter, cast):
    give("答复甲", 4)
    now = clock.now()
    org.substitute_while_away(
        cast.sales, cast.quality, since=now, until=now + timedelta(days=2), reason="出差"
    )
    text = desk(enter("quality"))
    assert "答复甲" in text
    assert f"代 {cast.sales.name}" in text
    assert "您现在代理" in text


def test_what_is_to_be_signed_can_be_seen_alone(give, enter):
    give("签署甲", 4, kind="sign")
    give("答复乙", 4)
    text = desk(enter("sales"), view="sign")
    assert "签署甲" in text
    assert "答复乙" not in text


def test_it_renews_itself_only_when_something_changed(give, enter, now):
    give("答复甲", 30)
    browser = enter("sales")
    version = browser.get("/").context["version"]
    assert browser.get("/desk/", {"v": version}).status_code == 204
    give("答复乙", 30)
    answer = browser.get("/desk/", {"v": version})
    assert answer.status_code == 200
    assert "答复乙" in answer.content.decode()


def test_it_renews_itself_when_the_day_makes_a_due_late(give, enter, now):
    give("答复甲", 30)
    browser = enter("sales")
    version = browser.get("/").context["version"]
    now.wait(hours=31)
    assert browser.get("/desk/", {"v": version}).status_code == 200


def test_leads_see_what_is_late_below_them_and_others_do_not(give, enter):
    give("答复甲", -30)
    assert "答复甲" in enter("sales_manager").get("/late/").content.decode()
    assert "答复甲" in enter("pm_group").get("/late/").content.decode()
    assert "这里是主管看的" in enter("quality").get("/late/").content.decode()
    assert "本单位逾期" in desk(enter("sales_manager"))


def workbook(answer) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_what_is_late_goes_out_as_a_workbook_to_those_who_lead(give, enter):
    give("答复甲", -30, params={"matter": "260301 内径超差"})
    head, *rows = workbook(enter("sales_manager").get("/late/export/"))
    assert head == ["事项", "案件", "条文", "承办", "期限", "逾期天数", "上报"]
    assert rows[0][:2] == ["答复甲", "260301 内径超差"]
    assert rows[0][5] == 1
    assert enter("quality").get("/late/export/").status_code == 404


def test_the_desk_says_how_much_is_late_and_leads_to_all_of_it(
    give, enter, django_assert_num_queries
):
    for number in range(SIZE + 2):
        give(f"答复{number}", -30 - number, params={"matter": f"第 {number} 件"})
    browser = enter("sales_manager")
    assert f'<a href="/late/">看全部 {SIZE + 2}</a>' in desk(browser)
    first = browser.get("/late/").context["page"]
    with django_assert_num_queries(6):
        second = browser.get(f"/late/{first.older}").context["page"]
    seen = [due.title for due in (*first.rows, *second.rows)]
    assert seen == [f"答复{number}" for number in reversed(range(SIZE + 2))]
    assert f"共 {SIZE + 2} 项" in browser.get("/late/").content.decode()
    assert len(workbook(browser.get("/late/export/"))) == SIZE + 3


def test_what_is_late_in_a_serious_event_stands_on_top(give, enter, cast):
    customer = create_customer(cast.division, CustomerDraft("K1", "甲公司", "domestic"), by=None)

    def case(severity: int, state: str = "open") -> Case:
        at = clock.now()
        return Case.objects.create(
            division=cast.division, kind="complaint", category="noise", severity=severity,
            title="停电", customer=customer, region="domestic", first_owner=cast.sales,
            salesperson=cast.sales, stage="handling", opened_at=at, due_at=at, state=state,
            closed_at=None if state == "open" else at,
        )  # fmt: skip

    give("很久以前", -90)
    give("严重的", -1, matter=case(Severity.CRITICAL))
    give("一般的", -2, matter=case(Severity.NORMAL))
    give("已办结的", -3, matter=case(Severity.CRITICAL, "closed"))
    browser = enter("sales_manager")
    page = browser.get("/late/")
    assert [due.title for due in page.context["serious"].rows] == ["严重的"]
    assert page.content.decode().index("严重的") < page.content.decode().index("很久以前")
    assert browser.get("/late/?days=7").context["serious"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"答复甲", "签署乙"}),
        ({"kind": "sign"}, {"签署乙"}),
        ({"clause": "r4-27"}, {"答复甲"}),
        ({"days": "7"}, {"签署乙"}),
        ({"kind": "x", "days": "many", "unit": "0"}, {"答复甲", "签署乙"}),  # unreadable
    ],
)
def test_filters_of_the_late_list(give, enter, query, found):
    give("答复甲", -30, clause="R4-27")
    give("签署乙", -24 * 9, kind="sign")
    browser = enter("sales_manager")
    assert {due.title for due in browser.get("/late/", query).context["page"].rows} == found
    assert {row[0] for row in workbook(browser.get("/late/export/", query))[1:]} == found


def test_the_late_list_is_never_of_a_unit_one_does_not_lead(give, enter, cast):
    give("答复甲", -30)
    give("检验乙", -30, person=cast.quality)
    browser = enter("sales_manager")
    there = cast.units["quality"].pk
    assert "检验乙" not in browser.get("/late/", {"unit": there}).content.decode()
    assert "检验乙" in enter("pm_group").get("/late/", {"unit": there}).content.decode()


def test_a_lead_of_two_units_sees_the_upper_one_once(cast):
    places = late.places(cast.gm, clock.now())
    assert [unit.code for unit in places] == ["factory"]


def test_the_page_of_a_due_counts_its_days(give, enter, now):
    one = give("答复甲", days=3, count="working")
    text = enter("sales").get(f"/dues/{one.pk}/").content.decode()
    assert "3月16日 周一" in text
    assert "周末" in text or "休息" in text


def test_the_overdue_response_is_taken_from_its_owner_alone(give, enter, now):
    one = give("答复甲", -30, clause="R4-27")
    words = {"reason": "客户没有寄回样品", "measure": "改由业务员上门取样", "promise": "2026-03-20"}
    answer = enter("quality").post(f"/dues/{one.pk}/reaction/", words)
    assert answer.status_code == 422
    assert "您不能代为处理" in answer.content.decode()
    answer = enter("sales").post(f"/dues/{one.pk}/reaction/", words)
    assert answer.status_code == 302
    text = enter("sales_manager").get(f"/dues/{one.pk}/").content.decode()
    assert "客户没有寄回样品" in text
    assert "逾期 1 天" in text, "the clause's own moment stays"


def test_a_promise_in_the_past_is_refused_at_its_field(give, enter):
    one = give("答复甲", -30)
    words = {"reason": "甲", "measure": "乙", "promise": "2026-03-01"}
    answer = enter("sales").post(f"/dues/{one.pk}/reaction/", words)
    assert answer.status_code == 422
    assert "承诺日不能早于今天" in answer.content.decode()


def test_a_due_is_handed_to_one_who_may_have_it(give, enter, cast):
    one = give("登记客诉", 4, role="sales")
    text = enter("sales").get(f"/dues/{one.pk}/").content.decode()
    assert cast.sales_manager.name in text
    answer = enter("sales").post(f"/dues/{one.pk}/owner/", {"to": cast.sales_manager.pk})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.person_id == cast.sales_manager.pk


def test_what_a_unit_owes_is_handed_to_whoever_works_there(give, enter, cast):
    one = give("整理样品柜", 4, unit=cast.units["sales"])
    text = enter("sales_manager").get(f"/dues/{one.pk}/").content.decode()
    assert f'<option value="{cast.sales.pk}">' in text
    assert f'<option value="{cast.gm.pk}">' not in text, "the management does not work there"
    assert f'<option value="{cast.quality.pk}">' not in text


def test_unread_notices_stand_beside_the_desk(cast, enter):
    notices.tell([cast.sales], "客诉 260307 待核决", about=cast.sales, key="a")
    assert "未读通知" in desk(enter("sales"))


def test_few_statements_however_much_is_due(give, enter, django_assert_max_num_queries):
    for number in range(40):
        give(f"答复{number}", number)
    browser = enter("sales")
    browser.get("/")
    with django_assert_max_num_queries(10):
        browser.get("/")
    with django_assert_max_num_queries(7):
        browser.get("/desk/")


def test_a_desk_of_hundreds_shows_the_most_urgent_and_says_so(give, enter, monkeypatch):
    monkeypatch.setattr(due_lists, "DESK", 3)
    for number in range(5):
        give(f"第{number}件", 24 * (number + 1))
    page = desk(enter("sales"))
    assert "第2件" in page
    assert "第3件" not in page
    assert "<b>3+</b>" in page
    assert "只列出最急的 3 件" in page


def test_a_long_desk_is_drawn_as_far_as_one_reads(give, enter, monkeypatch):
    monkeypatch.setattr(views, "FIRST", 2)
    monkeypatch.setattr(views, "MORE", 2)
    for number in range(5):
        give(f"第{number}件", 24 * (number + 1))
    browser = enter("sales")
    page = desk(browser)
    assert "第1件" in page
    assert "第2件" not in page
    assert "下面还有 3 件" in page
    assert "<b>5</b>" in page
    assert 'href="/?view=&amp;upto=4"' in page
    further = browser.get("/", {"upto": "4"})
    assert "第3件" in further.content.decode()
    assert "下面还有 1 件" in further.content.decode()
    version = further.context["version"]
    assert browser.get("/desk/", {"v": version, "upto": "4"}).status_code == 204
    assert browser.get("/desk/", {"v": version}).status_code == 200
    assert "下面还有" not in desk(browser, upto="6")
    assert "下面还有 3 件" in desk(browser, upto="²")
