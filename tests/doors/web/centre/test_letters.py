"""A matter that came on paper is answered on paper, or by word of mouth; never by saying so."""

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
