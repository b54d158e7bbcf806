"""Who is not content has his matter taken up again, by the company's own rule (R3-33)."""

import pytest

from shouwen.engines.notices.models import Notice
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import values
from shouwen.regulations.vocabulary.cases import called_back, go_on
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, joining, replying
from shouwen.work.cases.models import Case, CaseLink
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


def test_without_the_days_set_his_word_is_kept_and_its_owner_told(centre, closed, say):
    values.set_value(joining.WINDOW, None, division=centre.centre)
    page = say("no", "今天又施工了。")
    closed.refresh_from_db()
    assert (closed.state, Verdict.objects.get().words) == ("closed", "今天又施工了。")
    notice = Notice.objects.filter(key__startswith="verdict:", person=centre.agent).get()
    assert "请与用户联系" in notice.message
    assert "他会与您联系" in page


def test_the_page_says_beforehand_what_discontent_brings_about(filed, visitor, closed, now):
    path = f"/portal/matters/{filed.pk}/"
    assert "重新打开" in visitor.get(path).content.decode()
    now.wait(days=16)
    visitor.post("/portal/follow/", {"number": filed.number, "phone": "13800138101"})
    assert "会立一件新的事项" in visitor.get(path).content.decode()
