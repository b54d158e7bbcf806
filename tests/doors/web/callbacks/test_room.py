"""The room of call-backs through HTTP: the list, one call, the papers, the registers."""

from datetime import date, timedelta
from re import findall

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.doors.web.callbacks import routes
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation import clock
from shouwen.ground.journal import actions as journal
from shouwen.ground.journal.models import Entry
from shouwen.work.callbacks import actions
from shouwen.work.callbacks.models import Audit, Callback, CallbackReport, Project, Sample
from shouwen.work.cases.actions import Intake, open_case

NAMES = {"七楼住户", "周末也来", "首问机电厂"}
"""What people typed is not translated."""
GOOD = {
    "satisfied": "yes", "words": "很好", "none_given": "on", "marks.speed": "5",
    "marks.quality": "na", "marks.manner": "4",
}  # fmt: skip


@pytest.fixture
def customer(cast, regulations):
    """A customer of the division, which works by the call-back rules."""
    return routes.works(cast)


def finished(cast, customer, count=1):
    """Repairs that are done; gives the calls they bring."""
    for number in range(count):
        intake = Intake(cast.division, customer, "service", f"灯不亮 {number}", "灯不亮")
        case = open_case(intake, by=cast.agent)
        journal.record("repair.finished", case, by=cast.agent)
    return list(Callback.objects.filter(reason="repair").order_by("id"))


def test_an_agent_calls_all_morning_with_the_keyboard(cast, customer, enter):
    first, second = finished(cast, customer, 2)
    agent = enter("agent")
    page = agent.get("/callbacks/")
    assert 'data-key="c"' in page.text
    assert "七楼住户" in page.text
    went = agent.post("/callbacks/next/")
    assert went.headers["Location"] == f"/callbacks/{first.pk}/"
    page = agent.get(f"/callbacks/{first.pk}/")
    for digit, word in enumerate(["接通", "无人接听", "忙音", "号码不对", "客户不愿答"], 1):
        assert f'data-key="{digit}"' in page.text
        assert word in page.text
    assert "138 0013 8107" in page.text
    assert 'name="words"' not in page.text
    agent.post(f"/callbacks/{first.pk}/outcome/", {"outcome": "reached"})
    assert 'name="words"' in agent.get(f"/callbacks/{first.pk}/").text
    answer = agent.post(f"/callbacks/{first.pk}/result/", GOOD)
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.state, first.result.marks) == ("done", {"speed": 5, "quality": None, "manner": 4})
    assert agent.post("/callbacks/next/").headers["Location"] == f"/callbacks/{second.pk}/"
    again = agent.post("/callbacks/next/", {"after": str(second.pk)})
    assert again.headers["Location"] == "/callbacks/"


def test_what_is_wrong_stands_at_its_field_and_is_kept(cast, customer, enter):
    (callback,) = finished(cast, customer)
    wrong = {**GOOD, "words": "", "marks.manner": "", "suggestion": "周末也来"}
    page = enter("agent").post(f"/callbacks/{callback.pk}/result/", wrong)
    assert page.status_code == 422
    assert "周末也来" in page.text
    assert "原话" in page.text
    assert "未注明不适用" in page.text
    assert Entry.objects.filter(event="callbacks.result.refused").count() == 1
    callback.refresh_from_db()
    assert callback.is_open


@pytest.mark.parametrize("mark", ["9", "0", "-1", "x", "5; DROP TABLE"])
def test_no_mark_that_is_none_is_taken(cast, customer, enter, mark):
    (callback,) = finished(cast, customer)
    page = enter("agent").post(f"/callbacks/{callback.pk}/result/", {**GOOD, "marks.speed": mark})
    assert page.status_code == 422


def test_markup_in_the_customers_words_stays_text(cast, customer, enter):
    (callback,) = finished(cast, customer)
    agent = enter("agent")
    agent.post(f"/callbacks/{callback.pk}/result/", {**GOOD, "words": "<script>alert(1)</script>"})
    page = agent.get(f"/callbacks/{callback.pk}/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_correction_shows_both(cast, customer, enter):
    (callback,) = finished(cast, customer)
    agent = enter("agent")
    agent.post(f"/callbacks/{callback.pk}/result/", GOOD)
    form = {"right-satisfied": "no", "right-words": "很好", "right-marks.speed": "2",
            "right-marks.quality": "na", "right-marks.manner": "4"}  # fmt: skip
    address = f"/callbacks/{callback.pk}/correction/"
    assert agent.post(address, form).status_code == 422
    assert agent.post(address, {**form, "right-reason": "手误"}).status_code == 302
    page = agent.get(f"/callbacks/{callback.pk}/").text
    assert "<del>5</del> → <ins>2</ins>" in page
    assert "<del>满意</del> → <ins>不满意</ins>" in page
    assert "手误" in page
    callback.refresh_from_db()
    assert callback.satisfied is False


def test_a_number_is_masked_for_whoever_does_not_call(cast, customer, enter):
    (callback,) = finished(cast, customer)
    page = enter("hr").get(f"/callbacks/{callback.pk}/").text
    assert "8107" in page
    assert "138 0013 8107" not in page
    assert 'data-key="1"' not in page


def test_the_day_below_hundred_per_cent_lists_what_is_missing(cast, customer, enter, now):
    calls = finished(cast, customer, 10)
    for one in calls[1:]:
        actions.attempt(one, "refused", by=cast.agent)
    page = enter("agent").get("/callbacks/rates/").text
    assert "90.0 %" in page
    day = enter("agent").get(f"/callbacks/rates/{cast.division.pk}/2026-03-11/").text
    assert "灯不亮 0" in day
    assert "灯不亮 1" not in day
    assert enter("agent").get(f"/callbacks/rates/{cast.division.pk}/nonsense/").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?reason=repair", "?state=open&satisfied=no", "?q=七楼", "?since=x&until=2026-13-40",
     "?after=garbage", "?reason=none", "?q=%00"],
)  # fmt: skip
def test_a_list_is_filtered_by_what_can_be_read(cast, customer, enter, query):
    finished(cast, customer)
    assert enter("agent").get(f"/callbacks/records/{query}").status_code == 200


@pytest.mark.parametrize(
    ("address", "most"),
    [("", 12), ("records/", 8), ("rates/", 6), ("samples/", 10), ("audits/", 10),
     ("reports/", 8), ("improvements/", 8), ("projects/", 8), ("plans/", 8)],
)  # fmt: skip
def test_a_list_costs_the_same_however_long_it_is(cast, customer, enter, address, most):
    agent = enter("agent")

    def cost():
        with CaptureQueriesContext(connection) as counted:
            assert agent.get(f"/callbacks/{address}").status_code == 200
        return len(counted)

    finished(cast, customer)
    cost()
    before = cost()
    finished(cast, customer, 6)
    for number in range(4):
        draft = routes.ProjectDraft(customer, f"项目{number}", cast.agent)
        actions.register_project(cast.division, draft, by=cast.agent)
    actions.set_group(customer, "key_account", by=cast.agent)
    assert cost() <= before + 1
    assert before <= most


@pytest.mark.parametrize("key", ["records", "samples", "audits", "reports", "improvements",
                                 "projects", "plans"])  # fmt: skip
def test_every_list_is_exported(cast, customer, enter, key):
    finished(cast, customer)
    answer = enter("agent").get(f"/callbacks/lists/{key}.xlsx")
    assert answer.content.startswith(b"PK")
    assert Entry.objects.filter(event="cases.exported", data__list="callbacks:export").exists()
    assert enter("agent").get("/callbacks/lists/nothing.xlsx").status_code == 404


def test_the_director_draws_calls_and_closes(cast, customer, enter):
    for month in (10, 11):
        intake = Intake(cast.division, customer, "service", "灯不亮", "灯不亮")
        case = open_case(intake, by=cast.agent)
        journal.record("repair.recorded", case, by=cast.agent,
                       at=clock.local(date(2025, month, 3)))  # fmt: skip
    director = enter("cs_director")
    offer = director.get("/callbacks/samples/").text
    assert "2025-Q4" in offer
    assert "抽取样本" not in enter("agent").get("/callbacks/samples/").text
    answer = director.post("/callbacks/samples/draw/", {"period": "2025-Q4"})
    sample = Sample.objects.get()
    address = f"/callbacks/samples/{sample.pk}/"
    assert answer.headers["Location"] == address
    page = director.get(address).text
    assert sample.seed in page
    assert director.post(f"{address}closure/").status_code == 409
    (item,) = sample.drawn.all()
    scores = {f"marks.{row['key']}": "4" for row in sample.items}
    told = {"satisfied": "yes", "words": "好", "suggestion": "贴报修电话", **scores}
    call = f"/callbacks/{item.callback_id}/result/"
    assert director.post(call, {**told, "marks.greening": ""}).status_code == 422
    assert director.post(call, told).status_code == 302
    assert director.post(f"{address}closure/").status_code == 302
    page = director.get(address).text
    assert "已归档" in page
    assert "贴报修电话" in page
    assert director.get(f"/callbacks/samples/{sample.pk}.pdf").content.startswith(b"%PDF")
    assert director.get(f"/callbacks/samples/{sample.pk}.xlsx").status_code == 200


def test_the_report_goes_up_and_is_read(cast, customer, enter):
    agent = enter("agent")
    finished(cast, customer)
    assert "2026-02" in agent.get("/callbacks/reports/").text
    agent.post("/callbacks/reports/draw/", {"period": "2026-02"})
    report = CallbackReport.objects.get()
    address = f"/callbacks/reports/{report.pk}/"
    written = {"comment": "二月平稳", "version": "0"}
    assert agent.post(address, written).status_code == 302
    assert agent.post(address, written).status_code == 422
    assert agent.post(f"{address}submission/").status_code == 302
    assert 'name="comment"' not in agent.get(address).text
    assert agent.post(f"{address}acknowledgement/").status_code == 409
    director = enter("cs_director")
    assert "已阅" in director.get(address).text
    assert director.post(f"{address}acknowledgement/", {"answer": "知悉"}).status_code == 302
    assert "知悉" in agent.get(address).text
    assert agent.get(f"/callbacks/reports/{report.pk}.pdf").content.startswith(b"%PDF")
    assert agent.get(f"/callbacks/reports/{report.pk}.xlsx").status_code == 200


def test_a_department_draws_checks_and_signs(cast, customer, enter, now):
    (callback,) = finished(cast, customer)
    enter("agent").post(f"/callbacks/{callback.pk}/result/", GOOD)
    dues.open_periodic(now.at)
    quality = enter("quality")
    page = quality.get("/callbacks/audits/").text
    assert "各部门应办的考核" in page
    draw = {"period": "2026-Q1", "role": "quality"}
    assert quality.post("/callbacks/audits/draw/", draw).status_code == 302
    audit = Audit.objects.get()
    item = audit.items.get()
    address = f"/callbacks/audits/{audit.pk}/"
    check = f"{address}items/{item.pk}/"
    told = {f"i{item.pk}-truth": "different", f"i{item.pk}-score": "60"}
    assert quality.post(check, told).status_code == 422
    assert quality.post(check, {**told, f"i{item.pk}-finding": "没打过"}).status_code == 302
    assert quality.post(f"{address}signature/", {"opinion": "须整改"}).status_code == 302
    assert "60.0" in quality.get(address).text


def test_a_project_is_registered_and_delivered(cast, customer, enter, now):
    agent = enter("agent")
    form = {"customer": customer.pk, "name": "门禁", "responsible": cast.agent.pk}
    assert agent.post("/callbacks/projects/new/", {**form, "name": " "}).status_code == 422
    agent.post("/callbacks/projects/new/", form)
    project = Project.objects.get()
    address = f"/callbacks/projects/{project.pk}/"
    assert agent.post(f"{address}delivery/", {}).status_code == 422
    assert agent.post(f"{address}delivery/", {"delivered_on": "2026-04-01"}).status_code == 422
    assert agent.post(f"{address}delivery/", {"delivered_on": "2026-03-10"}).status_code == 302
    assert "R5-25" in agent.get(address).text
    now.move(now.at + timedelta(days=1))
    actions.sweep()
    assert "2026-03-11" in agent.get(address).text


def test_a_customer_of_another_division_is_no_choice(cast, customer, enter):
    form = {"customer": 99999, "name": "门禁", "responsible": cast.agent.pk}
    assert enter("agent").post("/callbacks/projects/new/", form).status_code == 422
    assert enter("agent").get("/callbacks/plans/99999/").status_code == 404


def test_a_suggestion_is_decided_and_carried_out(cast, regulations, enter):
    suggestion = routes.a_suggestion(cast)["pk"]
    director, address = enter("cs_director"), f"/callbacks/improvements/{suggestion}/"
    assert director.post(f"{address}decision/", {"decision": "adopted"}).status_code == 422
    adopt = {"decision": "adopted", "owner": cast.agent.pk, "due_on": "2026-03-20"}
    assert director.post(f"{address}decision/", adopt).status_code == 302
    assert enter("agent").post(f"{address}effect/", {"effect": ""}).status_code == 422
    assert enter("agent").post(f"{address}effect/", {"effect": "已办"}).status_code == 302
    assert "已落实" in director.get("/callbacks/improvements/").text


def test_a_customer_changes_his_class(cast, customer, enter):
    agent = enter("agent")
    assert agent.get(f"/callbacks/plans/{customer.pk}/").status_code == 200
    assert agent.post(f"/callbacks/plans/{customer.pk}/", {"group": "x"}).status_code == 422
    assert (
        agent.post(f"/callbacks/plans/{customer.pk}/", {"group": "key_account"}).status_code == 302
    )
    assert "key_account" in agent.get("/callbacks/plans/").text


@pytest.mark.parametrize("address", ["", "records/", "rates/", "samples/", "audits/", "reports/",
                                     "improvements/", "projects/", "plans/"])  # fmt: skip
def test_every_page_says_so_in_english(cast, regulations, enter, address):
    routes.answered(cast)
    cast.agent.language = "en"
    cast.agent.save()
    page = enter("agent").get(f"/callbacks/{address}", headers={"accept-language": "en"}).text
    main = page.split("<main")[1].split("</main")[0]
    assert set(findall(r"[\u4e00-\u9fff]+", main)) <= NAMES
