"""Taboo phrases: refused in writing, found where they were spoken, once."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from shouwen.engines.notices.models import Notice
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.work.cases.centre import replying
from shouwen.work.interactions import actions as interactions
from shouwen.work.interactions.models import Interaction
from shouwen.work.knowledge import taboo
from shouwen.work.knowledge.models import ScanWaiting, TabooHit, TabooPhrase


def test_the_list_begins_with_the_phrases_of_the_regulation(centre):
    taboo.seed(centre.centre, clock.now())
    taboo.seed(centre.centre, clock.now())
    assert set(TabooPhrase.objects.values_list("phrase", flat=True)) == {"不知道", "不归我管"}


@pytest.mark.parametrize("channel", ["mail", "letter", "fax", "web", "api"])
def test_no_written_answer_leaves_with_one(centre, ask, channel):
    case = ask()
    with pytest.raises(Refused) as refused:
        replying.reply(case, "这个我不知道。", channel=channel, definite=False, by=centre.agent)
    (reason,) = refused.value.reasons
    assert (reason.clause, reason.field) == ("R3-28", "text")
    assert reason.facts["excerpt"] == "这个我【不知道】。"
    assert reason.facts["better"]
    assert not Interaction.objects.filter(direction="out").exists()


def test_every_phrase_is_named_at_once(centre, ask):
    with pytest.raises(Refused) as refused:
        replying.reply(ask(), "不知道，不归我管", channel="mail", by=centre.agent)
    assert [one.facts["phrase"] for one in refused.value.reasons] == ["不知道", "不归我管"]


def test_the_answer_of_a_written_consultation_is_held_to_it(centre, ask):
    with pytest.raises(Refused) as refused:
        ask(answer="不 知 道", channel="mail")
    assert refused.value.clauses == {"R3-28"}


def test_what_the_customer_wrote_is_no_fault_of_ours(centre):
    draft = interactions.Draft(
        centre.centre, "你们的人说不归我管！", channel="mail", customer=centre.resident
    )
    interactions.record_interaction(draft, by=None)
    assert taboo.find_spoken() == 0
    assert not ScanWaiting.objects.exists()


def test_another_division_is_not_bound(centre):
    draft = interactions.Draft(centre.branch, "我不知道。", channel="mail", direction="out")
    assert taboo.why_not_said(draft, clock.now()) == []


def test_what_was_spoken_is_found_once_and_told_to_the_director(centre, ask):
    case = ask()
    replying.reply(case, "这事不归我管。", channel="phone", definite=False, by=centre.agent)
    assert taboo.find_spoken() == 1
    assert taboo.find_spoken() == 0
    hit = TabooHit.objects.get()
    assert (hit.person, hit.phrase.phrase) == (centre.agent, "不归我管")
    assert hit.interaction.matter == ("case", case.pk)
    assert Notice.objects.filter(key=f"taboo:{hit.pk}", person=centre.director).count() == 1
    with pytest.raises(Error), transaction.atomic():
        TabooHit.objects.all().delete()


def test_a_corrected_record_is_read_again(centre, ask):
    said = replying.reply(ask(), "我帮您问。", channel="phone", definite=False, by=centre.agent)
    assert taboo.find_spoken() == 0
    interactions.correct(said, {"body": "我不知道。"}, reason="听录音更正", by=centre.shift_lead)
    assert taboo.find_spoken() == 1
    interactions.correct(said, {"body": "我不知道呀。"}, reason="再更正", by=centre.shift_lead)
    assert taboo.find_spoken() == 0


def test_a_new_phrase_finds_what_was_said_earlier_today(centre, ask):
    replying.reply(ask(), "下班了，明天再来。", channel="phone", definite=False, by=centre.agent)
    taboo.find_spoken()
    taboo.add_phrase(centre.centre, "下班了", instead="我来安排", by=centre.director)
    assert taboo.find_spoken() == 1


def test_a_retired_phrase_may_be_said_tomorrow(centre, ask):
    with rehearsal("2025-03-03 09:00"):
        case = ask()
        phrase = taboo.add_phrase(centre.centre, "下班了", instead="我来安排", by=centre.director)
        taboo.end_phrase(phrase, by=centre.director)
        with pytest.raises(Refused):
            taboo.end_phrase(phrase, by=centre.director)
        with pytest.raises(Refused):
            replying.reply(case, "前台下班了。", channel="mail", definite=False, by=centre.agent)
        clock.wait(timedelta(days=1))
        replying.reply(case, "前台下班了。", channel="mail", definite=False, by=centre.agent)


@pytest.mark.parametrize(
    ("phrase", "instead", "field"),
    [("！", "好的", "phrase"), ("不 知 道", "好的", "phrase"), ("随便你", " ", "instead")],
)
def test_a_phrase_is_new_and_says_what_to_say(centre, phrase, instead, field):
    with pytest.raises(Refused) as refused:
        taboo.add_phrase(centre.centre, phrase, instead=instead, by=centre.director)
    assert [one.field for one in refused.value.reasons] == [field]


def test_only_the_director_or_the_keeper_keeps_the_list(centre):
    with pytest.raises(Refused) as refused:
        taboo.add_phrase(centre.centre, "随便你", instead="好的", by=centre.shift_lead)
    assert refused.value.clauses == {"R3-28"}
