"""A matter that came on paper is answered on paper, or by word of mouth; never by saying so."""

import re

import pytest

from shouwen.ground.foundation.refusal import Refused
from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting, replying
from shouwen.work.interactions.models import Interaction
from shouwen.work.reception import actions as reception

ANSWER = {"text": "新能源车减免一半。", "satisfied": "unknown"}


@pytest.fixture
def letter(centre):
    """A question that came by post, in the hands of the agent."""
    draft = reception.Incoming(
        centre.centre, "letter", "安然", "停车费", "新能源车是否减免？", centre.agent,
        customer=centre.resident, phone="13800138101", address="悦府一栋", wanted="请书面答复",
    )  # fmt: skip
    return reception.register_letter(draft, by=centre.agent)


@pytest.fixture
def question(centre, letter):
    """The consultation it became, at the step of its answer."""
    intake = Intake(centre.centre, centre.resident, "billing", "停车费", "新能源车是否减免？",
                    kind="consultation")  # fmt: skip
    case = contacting.open_from(letter.interaction, intake, by=centre.agent)
    return go_on(case, by=centre.agent)


def out():
    return Interaction.objects.filter(direction="out")


def write(centre, letter):
    said = reception.Answer("letter", "安然", "复：停车费", "新能源车减免一半。",
                            address="悦府一栋", definite=True)  # fmt: skip
    return reception.write_reply(letter, said, by=centre.agent)


def test_the_answer_step_waits_for_the_letter_to_leave(centre, letter, question):
    with pytest.raises(Refused, match=letter.number) as refused:
        go_on(question, data=ANSWER, by=centre.agent)
    assert refused.value.clauses <= {"R2-07", "R3-27"}
    reply = write(centre, letter)
    with pytest.raises(Refused, match=letter.number):
        go_on(question, data=ANSWER, by=centre.agent)
    assert not out().exists()
    reception.dispatch(reply, courier="顺丰", courier_number="SF2002", by=centre.agent)
    question.refresh_from_db()
    assert go_on(question, data=ANSWER, by=centre.agent).state == "closed"
    assert out().get().channel == "letter"


def test_who_was_called_is_not_written_to(centre, letter, question):
    replying.reply(question, ANSWER["text"], channel="phone", by=centre.agent)
    assert go_on(question, data=ANSWER, by=centre.agent).state == "closed"
    assert out().get().channel == "phone"


def test_an_answer_to_a_letter_that_was_never_registered_is_noted_alone(centre):
    case = open_matter(centre.centre, centre.resident, by=centre.agent)
    said = replying.reply(case, "已回函。", channel="letter", by=centre.agent)
    assert (said.channel, said.definite, said.matter) == ("letter", True, ("case", case.pk))


def test_the_page_says_it_at_the_channel_and_leads_to_the_letter(centre, as_, letter, question):
    agent = as_(centre.agent)
    words = {"reply-text": ANSWER["text"], "reply-channel": "letter", "reply-definite": "on"}
    answer = agent.post(f"/cases/{question.pk}/deals/reply/", words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert letter.number in page
    assert ANSWER["text"] in page
    assert f'href="/reception/letters/{letter.pk}/"' in page
    back = agent.get(f"/reception/letters/{letter.pk}/").content.decode()
    assert f'href="/cases/{question.pk}/"' in back


def test_ours_is_no_letter_received_and_theirs_has_a_day_without_an_hour(
    centre, as_, letter, question
):
    reply = write(centre, letter)
    reception.dispatch(reply, courier="顺丰", courier_number="SF2002", by=centre.agent)
    agent = as_(centre.agent)
    pages = [
        f"/cases/{question.pk}/", "/intake/who/general/?phone=13800138101",
        f"/interactions/{out().get().pk}/", f"/customers/{centre.resident.pk}/timeline/",
    ]  # fmt: skip
    for page in (agent.get(one, follow=True).content.decode() for one in pages):
        assert "我方去 · 信函" in page
        assert "我方去 · 来信" not in page
        assert "00:00<" not in page
    queue = agent.get("/interactions/?view=all").content.decode()
    assert {"信函", "来信"} <= set(re.findall(r">(\w+)</td>", queue))
    assert "00:00<" not in queue


def test_one_answers_by_a_letter_and_in_person(centre, as_, question):
    page = as_(centre.agent).get(f"/cases/{question.pk}/").content.decode()
    choices = page.partition('name="reply-channel"')[2].partition("</select>")[0]
    assert ">信函<" in choices
    assert ">当面<" in choices
    assert "来信" not in choices
    assert "来访" not in choices
