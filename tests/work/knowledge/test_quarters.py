"""Shifts, summaries and bulletins by their verbs."""

from datetime import datetime, timedelta

import pytest
from django.db import Error, transaction

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.foundation.refusal import Refused
from shouwen.regulations.vocabulary.knowledge import take_enquiries
from shouwen.work.cases.centre import contacting
from shouwen.work.interactions.models import Interaction
from shouwen.work.knowledge import bulletins, rules, shifts, summaries
from shouwen.work.knowledge.bulletins import TopicDraft
from shouwen.work.knowledge.models import Bulletin, ShiftCheck, Summary


def at(moment):
    return datetime.fromisoformat(moment).replace(tzinfo=clock.COMPANY_ZONE)


def test_a_day_is_counted_once_and_settles_when_it_is_made_good(centre, ask):
    with rehearsal("2025-03-03 09:00") as time:
        case = ask()
        take_enquiries(centre.centre, centre.resident, 1, by=centre.agent)
        time.move(at("2025-03-03 17:59"))
        shifts.check_shifts()
        assert not ShiftCheck.objects.filter(day="2025-03-03").exists()
        time.move(at("2025-03-03 18:01"))
        shifts.check_shifts()
        shifts.check_shifts()
        check = ShiftCheck.objects.get(day="2025-03-03")
        assert (check.enquiries, check.missing) == (1, 1)
        due = Due.objects.get(clause="R3-29")
        assert (due.settled_at, due.role) == (None, "customer_service.supervisor")
        contacting.tie_contact(Interaction.objects.latest("id"), case, by=centre.agent)
        shifts.check_shifts()
        due.refresh_from_db()
        assert due.settled_at is not None


def test_what_is_asked_after_the_closing_counts_for_the_next_day(centre):
    with rehearsal("2025-03-03 18:00") as time:
        take_enquiries(centre.centre, centre.resident, 1, by=centre.agent)
        time.move(at("2025-03-04 18:00"))
        shifts.check_shifts()
        counted = dict(ShiftCheck.objects.values_list("day", "enquiries"))
        assert counted[clock.today()] == 1
        assert counted[clock.today() - timedelta(days=1)] == 0


def test_a_summary_takes_up_where_the_last_one_ended(centre, ask):
    with rehearsal("2025-03-28 09:00") as time:
        ask(answer="带行驶证。")
        first = summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent)
        first = summaries.submit(first, comment="停车问得多", by=centre.agent)
        time.move(at("2025-03-30 09:00"))
        ask("装修押金怎么退")
        time.move(at("2025-06-28 09:00"))
        second = summaries.draw_up(centre.centre, "2025-Q2", by=centre.agent)
        assert [row["title"] for row in first.rows] == ["停车证怎么办"]
        assert [row["title"] for row in second.rows] == ["装修押金怎么退"]
        assert second.rows[0]["open"] is True


def test_a_submitted_summary_is_frozen(centre, ask):
    with rehearsal("2025-03-28 09:00"):
        ask()
        row = summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent)
        summaries.submit(row, comment="说明", by=centre.agent)
        for verb in (
            lambda: summaries.submit(row, comment="再报", by=centre.agent),
            lambda: summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent),
            lambda: summaries.keep_comment(row, "改", by=centre.agent),
        ):
            with pytest.raises(Refused):
                verb()
        with pytest.raises(Error), transaction.atomic():
            Summary.objects.update(comment="改")


def test_every_number_is_its_list(centre, ask):
    with rehearsal("2025-03-28 09:00"):
        ask(answer="带行驶证。")
        ask("停车证，怎么办？")
        ask("装修押金怎么退")
        row = summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent)
        for count in (*rules.counts(row.rows, "category"), *rules.counts(row.rows, "channel")):
            assert len(rules.chosen(row.rows, count.by, count.key)) == count.n
        top = rules.top_questions(row.rows)
        assert [one.n for one in top] == [2, 1]
        assert len(rules.chosen(row.rows, "question", top[0].key)) == 2
        assert len(rules.chosen(row.rows, "open", "1")) == 2


@pytest.fixture
def submitted(centre, ask):
    """A submitted summary with one consultation, at the end of March."""
    with rehearsal("2025-03-28 09:00") as time:
        case = ask(answer="带行驶证。")
        row = summaries.draw_up(centre.centre, "2025-Q1", by=centre.agent)
        yield summaries.submit(row, comment="说明", by=centre.agent), case, time


def test_the_director_decides_anew_until_it_is_published(centre, submitted):
    summary, case, time = submitted
    draft = TopicDraft("停车证", "带行驶证。", cases=[case.pk])
    first = bulletins.decide(summary, [draft], by=centre.director)
    second = bulletins.decide(summary, [draft, draft], by=centre.director)
    assert bulletins.in_force(centre.centre, "2025-Q2") == second
    with pytest.raises(Refused):
        bulletins.publish(first, by=centre.director)
    with pytest.raises(Refused):
        bulletins.publish(second, by=centre.agent)
    bulletins.publish(second, by=centre.director)
    with pytest.raises(Refused):
        bulletins.decide(summary, [draft], by=centre.director)
    assert not bulletins.published_topics(centre.centre).exists()
    time.move(at("2025-04-01 00:00"))
    assert bulletins.published_topics(centre.centre).count() == 2
    assert not bulletins.published_topics(centre.branch).exists()
    with pytest.raises(Error), transaction.atomic():
        Bulletin.objects.filter(pk=second.pk).update(period="2025-Q3")


@pytest.mark.parametrize(
    ("title", "text", "linked", "field"),
    [
        ("", "带证", True, "title_1"),
        ("停车", " ", True, "text_1"),
        ("停车", "带证", False, "source_1"),
    ],
)
def test_a_topic_says_something_and_comes_from_somewhere(
    centre, submitted, title, text, linked, field
):
    summary, case, _time = submitted
    draft = TopicDraft(title, text, cases=[case.pk] if linked else [])
    with pytest.raises(Refused) as refused:
        bulletins.decide(summary, [draft], by=centre.director)
    assert [one.field for one in refused.value.reasons] == [field]


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [("Parking", " ", "text_en_1"), ("", "Bring the licence.", "title_en_1")],
)
def test_english_is_written_whole_or_left_out(centre, submitted, title, text, field):
    summary, case, _time = submitted
    draft = TopicDraft("停车", "带证", cases=[case.pk], title_en=title, text_en=text)
    with pytest.raises(Refused) as refused:
        bulletins.decide(summary, [draft], by=centre.director)
    assert [one.field for one in refused.value.reasons] == [field]


def test_a_topic_of_another_quarters_question_is_refused(centre, submitted, ask):
    summary, _case, _time = submitted
    later = ask("装修押金怎么退")
    draft = TopicDraft("装修", "两年后退。", cases=[later.pk])
    with pytest.raises(Refused):
        bulletins.decide(summary, [draft], by=centre.director)


@pytest.mark.parametrize("name", ["2025-Q5", "2025", "x-Q1", "2025-Q01"])
def test_a_quarter_has_a_name(name):
    with pytest.raises(ValueError, match=r".*"):
        summaries.quarter_named(name)
