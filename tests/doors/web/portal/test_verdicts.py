"""Who is not content has his matter taken up again, by the company's own rule (R3-33)."""

import pytest

from shouwen.doors.web.cases.story import REOPENED, REOPENINGS, facts_of
from shouwen.engines.dues.models import Due
from shouwen.engines.flows import actions as flows
from shouwen.engines.flows import queries as runs
from shouwen.engines.flows.models import Run
from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import values
from shouwen.regulations.vocabulary.cases import called_back, go_on
from shouwen.work.cases import actions as cases
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, joining, replying
from shouwen.work.cases.models import Case, CaseLink
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Direction, Interaction
from shouwen.work.ways.actions import WayDraft, publish
from shouwen.work.ways.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(now, staged):
    """The service centre, with the web among its published channels."""
    publish(WayDraft("web", "网上填报", "/portal/"), division=staged.centre, by=None)
    return staged


@pytest.fixture
def filed(centre, visitor):
    """What a resident filed from this browser."""
    told = {
        "division": centre.centre.pk, "name": "安然", "phone": "13800138101",
        "body": "楼上午休时间施工。", "wanted": "午休时间停工", "token": "x" * 32,
    }  # fmt: skip
    assert visitor.post("/portal/new/", told).status_code == 302
    return Interaction.objects.select_related("text", "division").get()


@pytest.fixture
def solved(centre, filed):
    """Customer service made a complaint of it; it waits for the call of its owner."""
    intake = Intake(centre.centre, centre.resident, "noise", "午休施工", "", kind="complaint")
    case = contacting.open_from(filed, intake, by=centre.agent)
    go_on(case, by=centre.agent)
    judged = {"category": "noise", "grade": "small", "true_cause": "不知规定",
              "handler": centre.second_agent}  # fmt: skip
    go_on(case, data=judged, by=centre.shift_lead)
    done = {"measures": "上门沟通。", "result": "已停工。", "met": "yes_"}
    return go_on(case, data=done, by=centre.second_agent)


@pytest.fixture
def closed(centre, solved):
    """Called back, answered and closed."""
    replying.reply(solved, "已谈妥。", by=centre.second_agent)
    called_back(solved, True, by=centre.agent)
    case = go_on(solved, data={"problem": "午休施工", "solution": "已停工"}, by=centre.agent)
    assert case.state == "closed"
    return case


@pytest.fixture
def say(visitor, filed):
    """`say("no", "还在施工。")` presses the button of that name; `token` is the form's."""

    def press(satisfied, words="", token="a" * 32):
        data = {"satisfied": satisfied, "words": words, "token": token}
        path = f"/portal/matters/{filed.pk}/verdict/"
        return visitor.post(path, data, follow=True).content.decode()

    return press


def facts(event):
    return Entry.objects.filter(event=event)


def test_the_call_back_is_neither_feedback_nor_read_on_the_portal(filed, visitor, closed):
    call = Interaction.objects.get(source="callback")
    assert call.matter == ("case", closed.pk)
    assert [one.data["interaction"] for one in facts("feedback.given")] == [
        one.pk for one in Interaction.objects.filter(direction=Direction.OUT).exclude(pk=call.pk)
    ]
    page = visitor.get(f"/portal/matters/{filed.pk}/").content.decode()
    assert "已谈妥" in page
    assert "回访" not in page


def test_discontent_within_the_days_reopens_it_to_its_owner(centre, closed, say):
    page = say("no", "今天又施工了。")
    closed.refresh_from_db()
    assert (closed.state, closed.stage, closed.first_owner) == ("open", "handling", centre.agent)
    fact = facts("case.taken_up").get()
    assert (fact.actor_id, fact.data["reason"]) == (None, "今天又施工了。")
    told = Notice.objects.filter(key__startswith="verdict:").values_list("person", flat=True)
    assert set(told) == {centre.agent.pk, centre.second_agent.pk}
    assert "继续办理" in page
    assert "另立" not in page


def told_again(case) -> list[str]:
    return [one.event for one in facts_of(case) if one.event in {REOPENED, *REOPENINGS}]


def test_that_it_goes_on_stands_on_the_case_once(centre, solved, say):
    say("no", "今天又施工了。")
    assert told_again(solved) == [REOPENED]


def test_that_it_was_opened_again_stands_there_once(centre, closed, say):
    say("no", "今天又施工了。")
    assert told_again(closed) == ["case.taken_up"]


def test_two_clicks_are_one_word_and_one_reopening(closed, say):
    say("no", "今天又施工了。")
    say("no", "今天又施工了。")
    assert Verdict.objects.count() == facts("case.taken_up").count() == 1
    assert Notice.objects.filter(key__startswith="verdict:").count() == 2


def test_a_second_word_about_an_open_matter_is_told_and_reopens_nothing(closed, say):
    say("no", "今天又施工了。")
    say("no", "现在还在施工。", token="b" * 32)
    assert Verdict.objects.count() == 2
    assert facts("case.taken_up").count() == 1
    assert not CaseLink.objects.exists()


def test_content_reopens_nothing(closed, say):
    assert "您表示满意" in say("yes")
    closed.refresh_from_db()
    assert closed.state == "closed"
    assert not Notice.objects.filter(key__startswith="verdict:").exists()


def test_after_the_days_a_new_matter_is_filed_and_followed_by_the_same_number(
    centre, closed, say, now
):
    now.wait(days=16)
    page = say("no", "又开始施工了。")
    closed.refresh_from_db()
    fresh = Case.objects.get(origin=closed)
    assert (closed.state, fresh.state, fresh.first_owner) == ("closed", "open", centre.agent)
    assert CaseLink.objects.get(case=fresh, other=closed).kind == "anew"
    assert (fresh.text.description, fresh.channel) == ("又开始施工了。", "web")
    notice = Notice.objects.filter(key__startswith="verdict:", person=centre.agent).get()
    assert notice.link == f"/cases/{fresh.pk}/"
    assert "另立一件新的事项" in page


def test_once_filed_anew_the_next_word_belongs_to_the_new_matter(
    centre, filed, visitor, closed, say, now
):
    now.wait(days=16)
    say("no", "又开始施工了。")
    fresh = Case.objects.get(origin=closed)
    say("no", "还没有人来。", token="b" * 32)
    assert Case.objects.count() == 2
    answer = interactions.Draft(
        centre.centre, "新的答复：周一上门。", direction=Direction.OUT, customer=fresh.customer
    )
    interactions.record_interaction(answer, by=centre.agent, matter=fresh)
    form = {"body": "请上午来。", "token": "c" * 32}
    page = visitor.post(f"/portal/matters/{filed.pk}/words/", form, follow=True).content.decode()
    assert "新的答复：周一上门。" in page
    assert Interaction.objects.get(added_to__to=filed).matter == ("case", fresh.pk)


def test_before_the_call_back_discontent_sends_it_back(centre, solved, say):
    say("no", "没有停工。")
    solved.refresh_from_db()
    assert (solved.state, solved.stage, solved.satisfied) == ("open", "handling", False)
    assert not facts("case.taken_up").exists()


def test_before_the_call_back_content_stands_on_the_matter(solved, say):
    say("yes")
    solved.refresh_from_db()
    assert (solved.stage, solved.satisfied) == ("callback", True)


def test_while_it_is_archived_discontent_still_brings_it_back(centre, solved, say):
    called_back(solved, True, by=centre.agent)
    assert solved.stage == "closing"
    page = say("no", "今天又施工了。")
    solved.refresh_from_db()
    assert (solved.state, solved.stage, solved.satisfied) == ("open", "handling", False)
    assert not Due.objects.filter(subject_kind="verdict").exists()
    assert "继续办理" in page


def test_while_it_is_archived_content_stands_on_the_matter(centre, solved, say):
    called_back(solved, True, by=centre.agent)
    say("yes")
    solved.refresh_from_db()
    assert (solved.stage, solved.satisfied) == ("closing", True)


def test_before_it_is_solved_his_word_is_told_and_nothing_more(centre, filed, say):
    intake = Intake(centre.centre, centre.resident, "noise", "午休施工", "", kind="complaint")
    case = contacting.open_from(filed, intake, by=centre.agent)
    say("no", "还没有人来。")
    case.refresh_from_db()
    assert (case.stage, case.satisfied) == ("registration", None)
    assert Notice.objects.filter(key__startswith="verdict:", person=centre.agent).exists()
    assert not Due.objects.filter(subject_kind="verdict").exists()


@pytest.mark.parametrize("stage", ["closing", "closed"])
def test_what_the_director_let_rest_is_his_to_take_up(centre, solved, say, stage):
    called_back(solved, False, "还在施工。", by=centre.agent)
    why = {"unmet_cause": "无权强制", "unmet_measure": "报社区", "unmet_answer": "已说明"}
    done = {"measures": "再次沟通。", "result": "对方不肯停。", "met": "no_", **why}
    go_on(solved, data=done, by=centre.second_agent)
    rest(centre, solved)
    if stage == "closed":
        called_back(solved, False, "还在施工。", by=centre.agent)
        replying.reply(solved, "已报社区。", by=centre.second_agent)
        go_on(solved, data={"problem": "午休施工", "solution": "报社区"}, by=centre.agent)
    solved.refresh_from_db()
    assert solved.stage == stage
    page = say("no", "还在施工。")
    solved.refresh_from_db()
    assert solved.stage == stage
    due = Due.objects.get(subject_kind="verdict")
    assert (due.role, due.is_open) == ("customer_service.manager", True)
    assert Notice.objects.filter(key__startswith="verdict:", person=centre.director).exists()
    assert "他会与您联系" in page or stage == "closing"


def rest(centre, case):
    """The director lets it rest, and says why."""
    case.refresh_from_db()
    flows.move(runs.run_of(case), "let_rest", by=centre.director, reason="无权强制对方。")
    case.refresh_from_db()


def test_an_answered_consultation_is_answered_again(centre, filed, say):
    intake = Intake(centre.centre, centre.resident, "noise", "午休规定", "", kind="consultation")
    case = contacting.open_from(filed, intake, by=centre.agent)
    go_on(case, by=centre.agent)
    go_on(case, data={"text": "十二点至两点半。", "satisfied": "unknown"}, by=centre.agent)
    say("no", "物业自己也在施工。")
    case.refresh_from_db()
    assert (case.state, case.stage) == ("open", "answer")


def test_without_the_days_set_somebody_has_to_speak_to_him(centre, closed, say, now):
    values.set_value(joining.WINDOW, None, division=centre.centre)
    page = say("no", "今天又施工了。")
    closed.refresh_from_db()
    assert (closed.state, Verdict.objects.get().words) == ("closed", "今天又施工了。")
    told = Notice.objects.filter(key__startswith="verdict:").values_list("person", flat=True)
    assert set(told) == {centre.agent.pk, centre.second_agent.pk, centre.director.pk}
    due = Due.objects.get(subject_kind="verdict")
    assert (due.role, due.clause, due.is_open) == ("customer_service.manager", "R3-33", True)
    assert clock.day_of(due.due_at) > clock.day_of(now.at)
    assert "他会与您联系" in page
    replying.reply(closed, "我们已去现场。", by=centre.director)
    due.refresh_from_db()
    assert not due.is_open


def test_what_hinders_it_is_written_down_and_somebody_sees_to_it(centre, closed, say):
    Run.objects.filter(subject_kind="case", subject_id=closed.pk).update(state="stopped")
    say("no", "今天又施工了。")
    closed.refresh_from_db()
    assert closed.state == "closed"
    fact = facts("verdict.refused").get()
    assert fact.data["reasons"][0]["message"] == "不能从此步重新办理"
    assert (fact.matter_kind, fact.matter_id) == ("case", closed.pk)
    assert Due.objects.get(subject_kind="verdict").is_open
    notice = Notice.objects.filter(key__startswith="verdict:", person=centre.director).get()
    assert "未能自动续办" in notice.message


@pytest.fixture
def ordinary(cast, open_web, visitor, told):
    """What somebody filed with the factory is an ordinary matter, and closed."""
    assert visitor.post("/portal/new/", told).status_code == 302
    filed = Interaction.objects.select_related("text", "division").get()
    draft = CustomerDraft(code="K9", name_zh="客户九", region="domestic", salesperson=cast.sales)
    customer = create_customer(cast.division, draft, by=cast.sales)
    intake = Intake(cast.division, customer, "service", "楼道灯", "楼道灯不亮。")
    case = contacting.open_from(filed, intake, by=cast.sales)
    assert case.kind == "ordinary"
    return filed, cases.close_ordinary(case, "已换灯。", by=cast.sales)


def discontent(visitor, filed):
    data = {"satisfied": "no", "words": "又坏了。", "token": "a" * 32}
    return visitor.post(f"/portal/matters/{filed.pk}/verdict/", data, follow=True)


def test_an_ordinary_matter_without_days_goes_to_its_salesperson(cast, visitor, ordinary):
    filed, case = ordinary
    discontent(visitor, filed)
    case.refresh_from_db()
    assert case.state == "closed"
    due = Due.objects.get(subject_kind="verdict")
    assert (due.person, due.clause) == (cast.sales, "")


def test_an_ordinary_matter_is_reopened_within_the_days(cast, visitor, ordinary, now):
    filed, case = ordinary
    values.set_value(joining.WINDOW, 15, division=cast.division)
    discontent(visitor, filed)
    case.refresh_from_db()
    assert (case.state, case.stage, case.closed_at) == ("open", "open", None)
    assert case.due_at == clock.end_of(clock.day_of(now.at))
    assert not Due.objects.filter(subject_kind="verdict").exists()
    assert cases.close_ordinary(case, "换了灯座。", by=cast.sales).state == "closed"


def test_an_ordinary_matter_is_filed_anew_after_the_days(cast, visitor, ordinary, now):
    filed, case = ordinary
    values.set_value(joining.WINDOW, 15, division=cast.division)
    now.wait(days=16)
    visitor.post("/portal/follow/", {"number": filed.number, "phone": "13800138101"})
    discontent(visitor, filed)
    fresh = Case.objects.get(origin=case)
    assert (fresh.kind, fresh.state, fresh.first_owner) == ("ordinary", "open", cast.sales)


def test_the_page_says_beforehand_what_discontent_brings_about(filed, visitor, closed, now):
    path = f"/portal/matters/{filed.pk}/"
    assert "重新打开" in visitor.get(path).content.decode()
    now.wait(days=16)
    visitor.post("/portal/follow/", {"number": filed.number, "phone": "13800138101"})
    assert "会立一件新的事项" in visitor.get(path).content.decode()
