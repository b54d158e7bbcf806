"""What a person said when called back and in surveys leaves with him; that he was asked stays."""

import json

import pytest
from django.db import DatabaseError, transaction

from shouwen.ground.foundation import clock
from shouwen.work.callbacks.models import Attempt, Callback, CallbackCorrection, Result, Suggestion
from shouwen.work.dossiers import actions
from shouwen.work.dossiers.rules import GONE
from shouwen.work.surveys.models import (
    Campaign,
    Question,
    Questionnaire,
    Rating,
    Recipient,
    Reply,
    Response,
)

from .test_actions import ASKED, exported


def called(firm, phone, words):
    now = clock.now()
    call = Callback.objects.create(
        division=firm.centre, reason="regular", matter_kind="customer", matter_id=firm.customer.pk,
        customer=firm.customer, phone=phone, role="customer_service", counted_on=clock.today(),
        planned_at=now, next_at=now, state="done", satisfied=True, done_at=now, done_by=firm.agent,
    )  # fmt: skip
    Attempt.objects.create(
        callback=call, outcome="reached", meaning="reached", at=now, by=firm.agent, note=words
    )
    result = Result.objects.create(
        callback=call, satisfied=True, marks={"speed": 4}, words=words, suggestion=words,
        by=firm.agent, at=now,
    )  # fmt: skip
    CallbackCorrection.objects.create(
        result=result, field="words", before=words, after=words, reason="听错了", by=firm.agent,
        at=now,
    )  # fmt: skip
    Suggestion.objects.create(
        division=firm.centre, callback=call, sort="suggestion", text=words, at=now, by=firm.agent
    )
    Rating.objects.create(
        division=firm.centre, matter_kind="customer", matter_id=firm.customer.pk, mark=4,
        customer=firm.customer, words=words, at=now, key=f"callback:{call.pk}:1",
    )  # fmt: skip
    return call


def surveyed(firm, contact, words):
    now = clock.now()
    paper = Questionnaire.objects.create(
        division=firm.centre, code=f"q{contact.pk}", title_zh="问卷", made_at=now
    )
    question = Question.objects.create(
        questionnaire=paper, position=1, kind="text", area="training", text_zh="还有什么？"
    )
    campaign = Campaign.objects.create(
        division=firm.centre, number=f"N{contact.pk}", title="调查", questionnaire=paper,
        closes_on=clock.today(), planned_at=now,
    )  # fmt: skip
    asked = Recipient.objects.create(
        campaign=campaign, customer=firm.customer, contact=contact, channel="email",
        token=f"t{contact.pk}",
    )  # fmt: skip
    response = Response.objects.create(
        campaign=campaign, recipient=asked, customer=firm.customer, channel="email", at=now
    )
    return Reply.objects.create(response=response, question=question, text=words)


@pytest.fixture
def answers(firm):
    firm.mine = called(firm, "138 0013 8000", "任敏说侧板好多了。")
    firm.others = called(firm, "13900139000", "田园说交期准。")
    firm.reply = surveyed(firm, firm.contact, "任敏：请用木箱。")
    firm.their_reply = surveyed(firm, firm.other, "田园：没有。")
    return firm


def test_the_copy_has_what_he_answered(answers):
    records = exported(answers.contact, answers.agent)[0]["records"]
    assert [one["words"] for one in records["callbacks"]] == ["任敏说侧板好多了。"]
    assert [one["text"] for one in records["surveys"]] == ["任敏：请用木箱。"]
    assert "田园" not in json.dumps(records, ensure_ascii=False)


def test_his_words_go_and_the_proof_stays(answers):
    made = actions.erase_person(answers.contact, reason=ASKED, code="C1", by=answers.director)
    assert (made.counts["callbacks"], made.counts["surveys"]) == (1, 1)
    result = Result.objects.get(pk=answers.mine.pk)
    assert (result.words, result.suggestion, result.marks) == (GONE, GONE, {"speed": 4})
    call = Callback.objects.get(pk=answers.mine.pk)
    assert (call.phone, call.state, call.satisfied) == ("", "done", True)
    correction = result.corrections.get()
    assert (correction.before, correction.after, correction.reason) == ("", "", GONE)
    assert call.attempts.get().note == ""
    assert "任敏" not in Suggestion.objects.get(callback=call).text
    assert Rating.objects.get(key=f"callback:{call.pk}:1").words == GONE
    assert Reply.objects.get(pk=answers.reply.pk).text == GONE


def test_others_keep_theirs(answers):
    actions.erase_person(answers.contact, reason=ASKED, code="C1", by=answers.director)
    assert Result.objects.get(pk=answers.others.pk).words == "田园说交期准。"
    assert Callback.objects.get(pk=answers.others.pk).phone == "13900139000"
    assert Reply.objects.get(pk=answers.their_reply.pk).text == "田园：没有。"
    assert Rating.objects.get(key=f"callback:{answers.others.pk}:1").words == "田园说交期准。"


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Result, {"words": "别的话"}), (Result, {"words": GONE, "satisfied": False}),
        (Attempt, {"note": "别的话"}), (Attempt, {"note": "", "outcome": "busy"}),
        (CallbackCorrection, {"reason": GONE, "field": "opinion"}), (Reply, {"text": "别的话"}),
        (Rating, {"words": GONE, "mark": 1}), (Rating, {"words": GONE, "customer": None}),
    ],
)  # fmt: skip
def test_nothing_else_gets_through(answers, model, changes):
    with pytest.raises(DatabaseError, match=r"stays|kept"), transaction.atomic():
        model.objects.update(**changes)
