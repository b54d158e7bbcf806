"""The room of training through a browser: planned, submitted, held, tested, listed, refused."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from shouwen.doors.web.access import GROUPS
from shouwen.engines.dues.models import Due
from shouwen.engines.dues.tied.periodic import open_periodic
from shouwen.work.training import actions as training
from shouwen.work.training.models import Attendance, Plan, Skill


def text(answer):
    return answer.content.decode()


def written(unit, *lines, **changed):
    """What the form of a plan sends."""
    told = {
        "unit": unit.pk, "year": 2026, "title": "年度培训", "sessions_target": 2,
        "attendance_target": 90, "lines-TOTAL_FORMS": len(lines), "lines-INITIAL_FORMS": 0,
    }  # fmt: skip
    for place, (topic, day) in enumerate(lines):
        told |= {f"lines-{place}-topic": topic, f"lines-{place}-planned_on": day}
    return {**told, **changed}


def cells(answer):
    """The workbook without its head."""
    return (
        CalamineWorkbook.from_object(BytesIO(answer.content)).get_sheet_by_index(0).to_python()[1:]
    )


LINES = (("服务用语", "2026-04-10"), ("", ""), ("投诉处理", "2026-06-10"))


def test_a_plan_is_written_mended_submitted_and_settles_the_year(factory, enter):
    open_periodic()
    browser, unit = enter("cs_director"), factory.units["customer_service"]
    assert Due.objects.open().get(clause="R2-22").link.startswith("/training/of/")
    assert unit.name_zh in text(browser.get("/training/"))
    answer = browser.post("/training/plans/new/", written(unit, *LINES, attendance_target=70))
    plan = Plan.objects.get()
    assert answer["Location"] == f"/training/plans/{plan.pk}/"
    assert plan.sessions.count() == 2
    low = browser.post(f"/training/plans/{plan.pk}/submission/")
    assert low.status_code == 422
    assert "R2-22" in text(low)
    kept = written(unit, *LINES, title="服务培训", **{"lines-INITIAL_FORMS": 2})
    browser.post(f"/training/plans/{plan.pk}/edit/", kept)
    browser.post(f"/training/plans/{plan.pk}/submission/")
    plan.refresh_from_db()
    assert (plan.title, plan.submitted_by) == ("服务培训", factory.cs_director)
    assert not Due.objects.open().filter(clause__in=("R2-22", "R6-23")).exists()
    due = Due.objects.filter(clause="R2-22").get()
    assert browser.get(due.link)["Location"] == f"/training/plans/{plan.pk}/"
    assert browser.get(f"/training/plans/{plan.pk}/edit/").status_code == 404


@pytest.mark.parametrize(("lines", "said"), [
    ((("服务用语", ""),), "请填写计划日期"), ((("", "2026-04-10"),), "请写明培训内容"),
    ((("服务用语", "2027-04-10"),), "R2-22"),
])  # fmt: skip
def test_what_a_plan_lacks_is_said_and_nothing_typed_is_lost(factory, enter, lines, said):
    unit = factory.units["customer_service"]
    answer = enter("cs_director").post(
        "/training/plans/new/", written(unit, *lines, title="留下的")
    )
    assert answer.status_code == 422
    assert said in text(answer)
    assert "留下的" in text(answer)
    assert all(word in text(answer) for line in lines for word in line)
    assert not Plan.objects.exists()


def test_who_leads_no_department_plans_none(factory, enter):
    unit = factory.units["customer_service"]
    assert "不负责任何部门" in text(enter("agent").get("/training/plans/new/"))
    assert enter("agent").post("/training/plans/new/", written(unit, *LINES)).status_code == 422
    assert not Plan.objects.exists()


def test_a_training_is_entered_with_those_who_came_and_how_it_went(plan, factory, enter):
    session = plan.sessions.first()
    address = f"/training/sessions/{session.pk}/"
    assert "登记培训" not in text(enter("agent").get(address))
    agent, head = f"who_{factory.agent.pk}", f"who_{factory.cs_director.pk}"
    told = {"held_on": "2026-03-10", "result": "两人参加", agent: "passed", head: "away"}
    nothing = enter("cs_director").post(address, {**told, "result": ""})
    assert nothing.status_code == 422
    assert "请写明培训结果" in text(nothing)
    enter("cs_director").post(address, told)
    session.refresh_from_db()
    assert session.held_on == date(2026, 3, 10)
    rows = Attendance.objects.order_by("came")
    assert [(one.person, one.came, one.passed) for one in rows] == [
        (factory.cs_director, False, None), (factory.agent, True, True),
    ]  # fmt: skip
    page = text(enter("agent").get(address))
    assert "两人参加" in page
    assert "应到未到" in page
    assert session.topic in text(enter("agent").get(f"/training/people/{factory.agent.pk}/"))


def test_nobody_of_another_department_can_be_said_to_have_come(plan, factory, enter):
    told = {"held_on": "2026-03-10", "result": "完成", f"who_{factory.sales.pk}": "came"}
    answer = enter("cs_director").post(f"/training/sessions/{plan.sessions.first().pk}/", told)
    assert answer.status_code == 422
    assert "R2-22" in text(answer)
    assert not Attendance.objects.exists()


def test_the_lists_filter_and_export_the_same(plan, factory, enter):
    browser = enter("cs_director")
    assert [row[0] for row in cells(browser.get("/training/export/?state=unmet"))] == ["年度培训"]
    assert cells(browser.get("/training/export/?state=met")) == []
    assert cells(browser.get("/training/export/?year=2025")) == []
    late = cells(browser.get("/training/sessions/export/?state=late"))
    assert [row[0] for row in late] == ["服务用语"]
    for session in plan.sessions.all():
        training.hold_session(session, {factory.agent.pk: True}, "好", by=factory.cs_director)
    assert [row[0] for row in cells(browser.get("/training/export/?state=met"))] == ["年度培训"]
    assert cells(browser.get("/training/export/?state=unmet")) == []
    assert cells(enter("outsider").get("/training/export/")) == []


def test_what_is_missing_is_listed_until_it_is_passed(factory, enter):
    browser = enter("cs_director")
    page = f"/training/people/{factory.agent.pk}/"
    assert "从未测试合格" in text(browser.get(page))
    for name in ("业务流程", "反馈", "回访"):
        assert browser.post(f"{page}tests/", {"name": name, "level": "skilled"}).status_code == 302
    assert "从未测试合格" not in text(browser.get(page))
    gaps = [row[0] for row in cells(browser.get("/training/people/export/?state=gaps"))]
    assert factory.agent.name_zh not in gaps
    assert factory.cs_director.name_zh in gaps
    nameless = browser.post(f"{page}tests/", {"name": " ", "level": "skilled"})
    assert nameless.status_code == 422
    assert "请写明技能名称" in text(nameless)
    own = enter("agent").post(f"{page}tests/", {"name": "回访", "level": "expert"})
    assert own.status_code == 422
    assert "R7-68" in text(own)
    assert Skill.objects.filter(level="expert").count() == 0


def test_a_retest_stands_on_the_desk_and_leads_to_the_skills(factory, enter, now):
    training.pass_skill(factory.division, factory.agent, "回访", by=factory.cs_director)
    now.move(now.at.replace(year=2027))
    training.ask_retests()
    due = Due.objects.open().get(clause="R7-68")
    assert due.link == f"/training/people/{factory.agent.pk}/"
    browser = enter("agent")
    assert due.link in text(browser.get("/"))
    assert "已到期" in text(browser.get(due.link))
    assert enter("sales").get(due.link).status_code == 404


@pytest.mark.parametrize(("address", "statements"), [
    ("/training/", 6), ("/training/sessions/", 5), ("/training/people/", 6),
    ("/training/people/?state=gaps", 7),
])  # fmt: skip
def test_a_list_costs_as_much_for_many_rows_as_for_one(plan, factory, enter, address, statements):
    everybody = [getattr(factory, group) for group in GROUPS]
    Skill.objects.bulk_create(
        Skill(division=factory.division, person=one, name="回访", passed_on=date(2026, 3, 1),
              expires_on=date(2027, 3, 1), tested_by=factory.outsider)
        for one in everybody if one != factory.outsider
    )  # fmt: skip
    for unit in ("sales", "quality"):
        program = training.Program("年度培训", [("礼仪", date(2026, 5, 5))], 1, 80)
        training.draft_plan(factory.units[unit], 2026, program, by=factory.gm)
    browser = enter("gm")
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        browser.get(address)
    assert len(found) == statements, [one["sql"] for one in found]


def test_the_room_stands_in_the_sidebar_of_whom_it_concerns(factory, enter):
    assert 'href="/training/"' in text(enter("agent").get("/"))
    assert 'href="/training/"' not in text(enter("warehouse").get("/"))
