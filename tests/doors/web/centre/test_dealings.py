"""What is done with a matter beside its course: answered, handed on, joined, taken up again."""

import pytest

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.regulations.vocabulary.cases import called_back, go_on, open_matter
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import joining, replying
from shouwen.work.cases.models import Case, CaseLink, Transfer
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction

SAID = ("feedback.given", "reply.given")


@pytest.fixture
def complaint(centre):
    """One in the hands of its handler."""
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    go_on(case, by=centre.agent)
    data = {
        "category": "noise",
        "grade": "small",
        "true_cause": "不知规定",
        "handler": centre.second_agent,
    }
    return go_on(case, data=data, by=centre.shift_lead)


def deal(browser, case, key, **words):
    data = {f"{key}-{name}": value for name, value in words.items()}
    return browser.post(f"/cases/{case.pk}/deals/{key}/", data)


def test_an_answer_stands_among_what_was_said(centre, as_, complaint):
    agent = as_(centre.second_agent)
    deal(agent, complaint, "reply", text="午休不再施工", channel="phone", definite="on")
    said = Interaction.objects.get(direction="out")
    assert (said.definite, said.taker) == (True, centre.second_agent)
    page = agent.get(f"/cases/{complaint.pk}/").content.decode()
    assert "午休不再施工" in page
    assert "明确答复" in page


def test_a_refused_deal_comes_back_open_with_its_words(centre, as_, complaint):
    answer = deal(
        as_(centre.second_agent), complaint, "transfer", to=centre.repairer.pk, reason="不归我"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "R5-10" in page
    assert "不归我" in page
    assert not Transfer.objects.exists()


def test_a_matter_is_handed_on_and_taken_over(centre, as_, complaint):
    deal(as_(centre.second_agent), complaint, "transfer",
         to=centre.maintenance_manager.pk, reason="属维修部")  # fmt: skip
    page = as_(centre.maintenance_manager).get(f"/cases/{complaint.pk}/").content.decode()
    assert 'id="deal-take_over"' in page
    deal(as_(centre.maintenance_manager), complaint, "take_over", handler=centre.repairer.pk)
    complaint.refresh_from_db()
    assert (complaint.handler, complaint.first_owner) == (centre.repairer, centre.agent)
    late = deal(as_(centre.maintenance_manager), complaint, "take_over")
    assert late.status_code == 422


def test_who_is_not_offered_a_deal_is_refused_it_all_the_same(centre, as_, complaint):
    answer = deal(as_(centre.guard), complaint, "owner", to=centre.guard.pk, reason="想要")
    assert answer.status_code == 422
    assert "只有主管可以改派首问责任人" in answer.content.decode()


def test_two_matters_are_merged_and_parted_again(centre, as_, complaint):
    other = open_matter(centre.centre, centre.resident, by=centre.agent)
    agent = as_(centre.shift_lead)
    deal(agent, other, "merge", number=complaint.number, reason="同一件事")
    other.refresh_from_db()
    assert other.state == "merged"
    refused = agent.post(f"/cases/{other.pk}/acts/", {"kind": "move", "target": "route"})
    assert refused.status_code == 409
    deal(agent, other, "undo_merge")
    other.refresh_from_db()
    assert other.state == "open"
    assert CaseLink.objects.get().undone_by == centre.shift_lead
    go_on(other, by=centre.agent)
    assert other.stage == "classification"


def test_nobody_but_customer_service_says_what_belongs_together(centre, as_, complaint):
    other = open_matter(centre.centre, centre.resident, by=centre.agent)
    words = {"number": complaint.number, "reason": "同一件事"}
    for key in ("merge", "link"):
        answer = deal(as_(centre.guard), other, key, **words)
        assert (answer.status_code, "R3-32" in answer.content.decode()) == (422, True)
    assert not CaseLink.objects.exists()
    deal(as_(centre.agent), other, "merge", **words)
    assert deal(as_(centre.guard), other, "undo_merge").status_code == 422
    assert CaseLink.objects.get().undone_at is None


APART = {"kind": "repair", "category": "", "title": "楼道灯不亮",
         "description": "顺便说三楼的灯不亮。", "reason": "与噪音无关"}  # fmt: skip


def test_what_came_in_with_a_matter_becomes_one_of_its_own(centre, as_, complaint):
    before = list(events_of(complaint))
    browser = as_(centre.second_agent)
    assert 'id="deal-split"' in browser.get(f"/cases/{complaint.pk}/").content.decode()
    answer = deal(browser, complaint, "split", **APART)
    fresh = Case.objects.exclude(pk=complaint.pk).get()
    assert answer["Location"] == f"/cases/{fresh.pk}/"
    assert (fresh.kind, fresh.title, fresh.customer) == ("repair", "楼道灯不亮", complaint.customer)
    assert (fresh.first_owner, fresh.number) == (complaint.first_owner, fresh.number)
    assert fresh.number not in (None, complaint.number)
    assert list(events_of(complaint)) == [*before, "case.split"]
    assert "case.opened" in events_of(fresh)
    link = CaseLink.objects.get()
    assert (link.case, link.other, link.kind) == (fresh, complaint, CaseLink.Kind.SPLIT)
    assert (link.reason, link.by) == ("与噪音无关", centre.second_agent)
    for one, other in ((complaint, fresh), (fresh, complaint)):
        assert other.number in browser.get(f"/cases/{one.pk}/").content.decode()


def events_of(case):
    facts = Entry.objects.filter(matter_kind="case", matter_id=case.pk)
    return facts.order_by("id").values_list("event", flat=True)


@pytest.mark.parametrize("lacking", ["title", "description", "reason"])
def test_a_split_without_its_words_comes_back_with_the_others(centre, as_, complaint, lacking):
    answer = deal(as_(centre.second_agent), complaint, "split", **{**APART, lacking: " "})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(word in page for key, word in APART.items() if word and key != lacking)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(("who", "state", "clause"), [
    ("guard", "open", "R3-32"), ("second_agent", "closed", "R3-33"),
])  # fmt: skip
def test_who_may_not_split_and_what_is_split_no_more(centre, as_, complaint, who, state, clause):
    if state == "closed":
        now = clock.now()
        Case.objects.filter(pk=complaint.pk).update(state="closed", closed_at=now)
    answer = deal(as_(getattr(centre, who)), complaint, "split", **APART)
    assert answer.status_code == 422
    assert clause in answer.content.decode()
    assert 'id="deal-split"' not in (
        as_(getattr(centre, who)).get(f"/cases/{complaint.pk}/").content.decode()
    )
    assert Case.objects.count() == 1


def test_a_quality_complaint_is_not_split_off(centre, as_, complaint):
    """Neither chosen on the page nor by the verb: it has a number and dates of its own (R4-22)."""
    answer = deal(
        as_(centre.second_agent), complaint, "split", **{**APART, "kind": "quality_complaint"}
    )
    assert answer.status_code == 422
    intake = Intake(complaint.division, complaint.customer, "product_quality", "坏了", "坏了",
                    kind="quality_complaint")  # fmt: skip
    with pytest.raises(Refused) as refused:
        joining.split(complaint, intake, reason="另一件", by=centre.second_agent)
    assert refused.value.clauses == {"R4-22"}


def test_the_number_of_another_unit_is_no_number_here(centre, as_, complaint):
    answer = deal(as_(centre.shift_lead), complaint, "link", number="260301")
    assert answer.status_code == 422
    assert "没有编号为 260301 的事项" in answer.content.decode()


def test_a_closed_matter_is_reopened_within_the_window(centre, as_, complaint):
    go_on(
        complaint,
        data={"measures": "劝阻", "result": "停工", "met": "yes_"},
        by=centre.second_agent,
    )
    replying.reply(complaint, "午休不再施工", by=centre.second_agent)
    called_back(complaint, True, by=centre.agent)
    go_on(complaint, data={"problem": "噪声", "solution": "劝阻"}, by=centre.agent)
    assert complaint.state == "closed"
    answer = deal(as_(centre.agent), complaint, "again", description="昨天又施工了")
    assert answer["Location"] == f"/cases/{complaint.pk}/"
    complaint.refresh_from_db()
    assert (complaint.state, complaint.stage) == ("open", "handling")
    assert Case.objects.count() == 1


def test_a_clear_answer_counts_whatever_way_it_went(centre, complaint):
    def told(definite):
        draft = interactions.Draft(
            complaint.division, "午休不再施工。", channel="web", direction="out",
            nature="follow_up", definite=definite,
        )  # fmt: skip
        interactions.record_interaction(draft, by=centre.second_agent, matter=complaint)
        complaint.refresh_from_db()
        facts = Entry.objects.filter(matter_kind="case", matter_id=complaint.pk)
        return list(facts.filter(event__in=SAID).order_by("id").values_list("event", flat=True))

    assert told(False) == ["feedback.given"]
    assert complaint.replied_at is None
    assert told(True)[1:] == ["feedback.given", "reply.given"]
    assert complaint.replied_at is not None


def test_what_was_said_in_a_merged_matter_stands_among_what_was_said_in_the_other(centre, as_):
    first = open_matter(centre.centre, centre.resident, by=centre.agent)
    second = open_matter(centre.centre, centre.resident, by=centre.agent)
    agent = as_(centre.agent)
    deal(agent, first, "reply", text="先到现场看过了。", channel="phone")
    deal(agent, first, "merge", number=second.number or second.label, reason="同一件事")
    page = agent.get(f"/cases/{second.pk}/").content.decode()
    said = page.partition('id="spoken"')[2] or page
    assert "先到现场看过了。" in said
    first.refresh_from_db()
    assert first.state == "merged"
    deal(agent, first, "undo_merge")
    assert "先到现场看过了。" not in agent.get(f"/cases/{second.pk}/").content.decode()
    assert "先到现场看过了。" in agent.get(f"/cases/{first.pk}/").content.decode()


def test_two_matters_are_akin_once_whichever_side_says_so(centre, as_):
    first = open_matter(centre.centre, centre.resident, by=centre.agent)
    second = open_matter(centre.centre, centre.resident, by=centre.agent)
    agent = as_(centre.agent)
    deal(agent, first, "link", number=second.number)
    deal(agent, second, "link", number=first.number)
    assert CaseLink.objects.count() == 1
