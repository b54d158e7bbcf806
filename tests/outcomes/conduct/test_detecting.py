"""What the product sees by itself is put to people once, and only beyond the company's figure."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shouwen.engines.dues import actions as dues
from shouwen.engines.dues.models import Due
from shouwen.engines.notices.models import Notice
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import actions as org
from shouwen.outcomes.conduct import actions as conduct
from shouwen.outcomes.conduct import detecting
from shouwen.outcomes.conduct.models import Finding
from shouwen.work.cases.actions import Intake, open_case
from shouwen.work.cases.centre import contacting, one_go
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.interactions import actions as interactions


@pytest.fixture
def matter(cast):
    """A complaint the agent took on a Monday morning, and nobody answers."""
    draft = CustomerDraft("Y101", "一栋101室", "domestic", phone="13800138101")
    customer = create_customer(cast.division, draft, by=cast.agent)
    intake = Intake(
        cast.division, customer, "billing", "多收了停车费", "三月多收了一次。", kind="complaint"
    )
    return open_case(intake, by=cast.agent)


def calls_again(matter, by):
    said = interactions.Draft(matter.division, "还是没有退款。", customer=matter.customer)
    contacting.tie_contact(interactions.record_interaction(said, by=by), matter, by=by)


def test_nobody_deals_with_it(cast, matter, day):
    day.wait(days=1)
    assert detecting.seek_idle(day.at) == 0
    day.wait(days=2)
    assert detecting.seek_idle(day.at) == 1
    found = Finding.objects.get()
    assert (found.person, found.code, found.source) == (cast.agent, "shirking", "detected")
    assert matter.title in found.words
    assert found.opened_by is None
    assert Entry.objects.get(event="finding.opened").actor_id is None
    assert detecting.seek_idle(day.at) == 0


def test_a_matter_somebody_deals_with_is_not_idle(cast, matter, day):
    day.wait(days=2)
    calls_again(matter, cast.agent)
    day.wait(days=1)
    assert detecting.seek_idle(day.at) == 0


@pytest.mark.parametrize("key", ["R3-38.idle_hours", "R3-38.transfers"])
def test_what_the_company_has_not_set_is_not_exceeded(cast, matter, day, key):
    org.set_value(key, None, division=cast.division)
    day.wait(days=30)
    assert detecting.seek_idle(day.at) == (0 if key == "R3-38.idle_hours" else 1)


def test_every_call_too_many_is_counted(cast, matter):
    """In this category the company finishes in one go: the second call counts, the third again."""
    calls_again(matter, cast.agent)
    calls_again(matter, cast.agent)
    told = Entry.objects.filter(event="limit.exceeded", subject_id=matter.pk)
    said = sorted((one.data["clause"], one.data["times"]) for one in told)
    assert said == [("R5-07", 1), ("R5-07", 2), ("R5-19", 1), ("R5-19", 2)]
    assert not Finding.objects.exists()  # counted, not held against anybody


def test_what_is_finished_in_one_go_is_a_rate(cast, matter, day, django_assert_num_queries):
    again = Intake(
        cast.division, matter.customer, "billing", "电费", "电费怎么算？", kind="complaint"
    )
    open_case(again, by=cast.agent)
    calls_again(matter, cast.agent)
    calls_again(matter, cast.agent)  # one matter, however often
    month = day.at.date().replace(day=1), day.at.date()
    with django_assert_num_queries(1):
        (share,) = one_go.shares(cast.division.pk, *month)
    assert (share.owner, share.taken, share.again, share.rate) == (cast.agent, 2, 1, 50.0)
    other = Intake(cast.division, matter.customer, "noise", "施工", "午休施工", kind="complaint")
    open_case(other, by=cast.agent)  # the company does not finish these in one go
    assert one_go.shares(cast.division.pk, *month) == [share]


def test_late_is_put_to_the_owner_with_the_days(cast, matter, day):
    day.wait(days=5)
    dues.sweep(day.at)
    found = Finding.objects.get(code="late_reply")
    assert found.person == cast.agent
    assert "逾期 2 天" in found.words
    conduct.acknowledge(found, by=cast.agent)
    decided = conduct.decide_finding(found, True, "未作答复", by=cast.cs_director)
    assert decided.state == "confirmed"


def test_many_late_at_one_midnight_cost_as_many_statements_as_few(cast, matter, day):
    """One finding of each matter, though two of its time limits pass."""

    def another(place):
        title = f"停车费 {place}"
        intake = Intake(
            cast.division, matter.customer, "billing", title, "多收了。", kind="complaint"
        )
        return open_case(intake, by=cast.agent)

    def statements_of_their_midnight(matters):
        for one in matters:
            dues.open_due("答复", subject=one, division=one.division, clause="R3-27", days=3,
                          person=cast.agent, at=day.at)  # fmt: skip
        day.wait(days=5)
        with CaptureQueriesContext(connection) as asked:
            dues.sweep(day.at)
        return len(asked)

    few = statements_of_their_midnight([another(0), another(1)])
    many = statements_of_their_midnight([another(place) for place in range(2, 12)])
    found = Finding.objects.filter(code="late_reply")
    of_whom = {"about_kind": "finding", "about_id__in": found.values("pk"), "person": cast.agent}
    assert (found.count(), many) == (13, few)
    numbers = sorted(found.values_list("number", flat=True))
    assert [int(one[-3:]) for one in numbers] == list(range(1, 14))
    assert Notice.objects.filter(**of_whom).count() == 13
    asked = Due.objects.open().filter(subject_kind="finding", person=cast.agent)
    assert set(asked.values_list("subject_id", flat=True)) == {one.pk for one in found}


def test_what_was_seen_is_said_in_the_readers_language(cast, matter, day):
    day.wait(days=5)
    dues.sweep(day.at)
    detecting.seek_idle(day.at)
    late, idle = Finding.objects.get(code="late_reply"), Finding.objects.get(code="shirking")
    assert f"{matter.label} {matter.title}" in idle.words
    assert f"已超过规定的 {idle.facts['hours']} 小时" in idle.words
    with translation.override("en"):
        assert "Nothing has been done since Mon" in idle.words
        assert "2 day(s) late" in late.words
        assert not re.search("[\u4e00-\u9fff]", late.words.replace(matter.title, ""))


def test_what_an_older_version_wrote_down_is_read_as_it_stands(cast, matter, day):
    day.wait(days=3)
    detecting.seek_idle(day.at)
    old = Finding.objects.get()
    old.described, old.facts = "D1 停车费：自 2026-03-09 起没有任何处理，100% 逾期", {}
    assert old.words == old.described


def test_the_database_keeps_one_of_a_matter(cast, matter, day):
    day.wait(days=3)
    detecting.seek_idle(day.at)
    twin = Finding.objects.get()
    twin.pk, twin.number = None, "XW-TWIN"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)
    twin.source = "note"
    with pytest.raises(IntegrityError), transaction.atomic():  # a note is somebody's
        twin.save(force_insert=True)
