"""The answer written in a consultation goes to whoever asked by mail (R3-27)."""

import pytest
import staging
from work.mail.conftest import letter

from shouwen.regulations.vocabulary.cases import go_on, open_matter
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import Outgoing, Purpose, RawMail

centre = staging.centre
ANSWER = {"text": "停车证在物业前台办理，带上行驶证。", "satisfied": "unknown"}


@pytest.fixture
def consultation(centre):
    """`consultation("mail")` is one that waits for its answer."""

    def enter(channel):
        case = open_matter(
            centre.centre, centre.resident, "consultation", "parking", "停车证", "停车证怎么办？",
            channel=channel, by=centre.agent,
        )  # fmt: skip
        go_on(case, by=centre.agent)
        return case

    return enter


@pytest.fixture
def asked(centre, consultation):
    """One that came by mail, and the letter."""
    draft = mail.BoxDraft("centre", "service@wuye.cn", answers_per_hour=0, letters_per_hour=9)
    box = mail.open_box(centre.centre, draft, by=None)
    raw = keeping.store(box, [letter()], uidvalidity=1, uid=1)
    mail.process(raw.pk, raw.after)
    case = consultation("mail")
    taken = RawMail.objects.select_related("interaction").get(pk=raw.pk).interaction
    interactions.tie(taken, case, by=centre.agent)
    return case


def told(case):
    return Interaction.objects.filter(matter_kind="case", matter_id=case.pk, direction="out")


def test_the_answer_leaves_as_a_letter(centre, asked):
    go_on(asked, data=ANSWER, by=centre.agent)
    sent = Outgoing.objects.get(purpose=Purpose.REPLY)
    assert sent.to == "wang@kehu.cn"
    assert ANSWER["text"] in sent.body
    assert told(asked).get() == sent.interaction
    assert sent.interaction.definite
    asked.refresh_from_db()
    assert asked.replied_at is not None


def test_who_was_answered_by_letter_before_gets_no_second_one(centre, asked):
    first = mail.reply(asked, "带上行驶证即可。", definite=True, by=centre.agent)
    asked.refresh_from_db()
    go_on(asked, data=ANSWER, by=centre.agent)
    assert told(asked).get() == first


def test_word_of_progress_is_no_answer(centre, asked):
    mail.reply(asked, "正在核实。", by=centre.agent)
    go_on(asked, data=ANSWER, by=centre.agent)
    assert Outgoing.objects.filter(purpose=Purpose.REPLY).count() == 2


def test_a_call_is_answered_without_a_letter(centre, consultation):
    case = consultation("phone")
    go_on(case, data=ANSWER, by=centre.agent)
    assert told(case).get().channel == "phone"
    assert not Outgoing.objects.exists()
