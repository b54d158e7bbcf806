"""Opinions: to the right department, acknowledged, answered, told back (R1-11, R8-31 to R8-33)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from shouwen.engines.dues.models import Due
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.journal.models import Entry
from shouwen.work.customers.care import compiling, opinions
from shouwen.work.customers.care import queries as care
from shouwen.work.customers.models import Opinion


def draft(shop, **more):
    values = {
        "division": shop.factory, "kind": "opinion", "text": "包装太松。", "source": "来电",
        "customer": shop.flower, "target": shop.inspector_unit, **more,
    }  # fmt: skip
    return opinions.OpinionDraft(**values)


@pytest.fixture
def shop(shop):
    shop.inspector_unit = shop.inspector.appointments.get().post.unit
    return shop


@pytest.fixture
def opinion(shop):
    return opinions.record_opinion(draft(shop), by=shop.agent)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "长" * 5001}, "text"),
        ({"source": ""}, "source"),
        ({"customer": None}, "customer"),
        ({"heard_on": date(2026, 3, 11)}, "heard_on"),
        ({"kind": "gossip"}, "kind"),
        ({"target": None}, "target"),
    ],
)
def test_what_an_opinion_must_say(shop, change, field):
    with pytest.raises(Refused) as refused:
        opinions.record_opinion(draft(shop, **change), by=shop.agent)
    assert field in {reason.field for reason in refused.value.reasons}
    assert not Opinion.objects.exists()


def test_market_information_goes_to_sales_without_being_told_so(shop):
    made = opinions.record_opinion(
        draft(shop, kind="market", customer=None, target=None), by=shop.agent
    )
    assert made.target.function == "sales"
    assert made.unit == shop.desk


def test_only_the_department_acknowledges_and_only_once(shop, opinion):
    for person in (shop.agent, shop.seller):
        with pytest.raises(Refused) as refused:
            opinions.acknowledge_opinion(opinion, by=person)
        assert refused.value.clauses == {"R1-11"}
    opinions.acknowledge_opinion(opinion, by=shop.inspector)
    with pytest.raises(Refused, match="已经确认"):
        opinions.acknowledge_opinion(opinion, by=shop.inspector)


def test_an_answer_acknowledges_too_and_is_given_once(shop, opinion):
    made = opinions.answer_opinion(opinion, "adopted", "改箱。", by=shop.inspector)
    assert made.acknowledged_at == made.answered_at
    assert not Due.objects.open().filter(clause="R1-11").exists()
    with pytest.raises(Refused, match="已经答复"):
        opinions.answer_opinion(opinion, "declined", "不改。", by=shop.inspector)


def test_the_customer_is_told_after_the_answer_and_before_now(shop, opinion, now):
    opinions.answer_opinion(opinion, "adopted", "改箱。", by=shop.inspector)
    for moment in (now.at - timedelta(hours=1), now.at + timedelta(hours=1)):
        with pytest.raises(Refused) as refused:
            opinions.tell_customer(opinion, "phone", told_at=moment, by=shop.agent)
        assert refused.value.clauses == {"R8-33"}
    with pytest.raises(Refused, match="办理"):
        opinions.tell_customer(opinion, "phone", by=shop.inspector)
    made = opinions.tell_customer(opinion, "phone", by=shop.agent)
    assert made.state == "done"
    with pytest.raises(Refused, match="已经通报"):
        opinions.tell_customer(opinion, "phone", by=shop.agent)


def test_what_no_customer_said_is_told_to_nobody(shop):
    made = opinions.record_opinion(draft(shop, kind="market", customer=None), by=shop.agent)
    opinions.answer_opinion(made, "noted", "知道了。", by=shop.inspector)
    assert not Due.objects.filter(clause="R8-33").exists()
    with pytest.raises(Refused, match="无须通报"):
        opinions.tell_customer(made, "phone", by=shop.agent)


def test_the_words_stay_out_of_the_journal(shop, opinion):
    opinions.answer_opinion(opinion, "adopted", "改箱。", by=shop.inspector)
    told = "".join(str(entry.data) for entry in Entry.objects.filter(event__startswith="opinion."))
    assert "包装" not in told
    assert "改箱" not in told


def test_the_database_keeps_half_an_answer_out(shop, opinion):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(decision="adopted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(told_channel="phone")


def test_each_department_gets_its_own_and_what_was_marked_late_goes_along(shop, opinion, now):
    sales = shop.seller.appointments.get().post.unit
    other = opinions.record_opinion(draft(shop, target=sales), by=shop.agent)
    opinions.record_opinion(draft(shop), by=shop.agent)  # not valuable
    opinions.mark_valuable(opinion, "包装", by=shop.agent)
    now.at = now.at.replace(month=4, day=2)
    first = compiling.send_compilation(shop.factory, date(2026, 3, 1), by=shop.agent)
    assert [one.target for one in first] == [shop.inspector_unit]
    opinions.mark_valuable(other, "价格", by=shop.agent)
    now.at = now.at.replace(month=5, day=2)
    second = compiling.send_compilation(shop.factory, date(2026, 4, 1), by=shop.agent)
    assert [one.target for one in second] == [sales]
    with pytest.raises(Refused, match="已经汇编"):
        opinions.mark_valuable(opinion, "", by=shop.agent)
    opinions.answer_opinion(opinion, "adopted", "改箱。", by=shop.inspector)
    first[0].refresh_from_db()
    assert first[0].answered_at
    assert not Due.objects.open().filter(subject_kind="compilation", subject_id=first[0].pk)


def test_an_empty_month_is_sent_too(shop, now):
    now.at = now.at.replace(month=4, day=2)
    assert compiling.send_compilation(shop.factory, date(2026, 3, 1), by=shop.agent) == []
    fact = Entry.objects.get(event="compilation.sent")
    assert fact.data["opinions"] == 0


def test_only_the_service_compiles(shop, now):
    now.at = now.at.replace(month=4, day=2)
    with pytest.raises(Refused) as refused:
        compiling.send_compilation(shop.factory, date(2026, 3, 1), by=shop.keeper)
    assert refused.value.clauses == {"R8-31"}


def test_centres_are_counted(shop, opinion):
    rows = care.by_centre([shop.factory.pk], date(2026, 3, 1), date(2026, 3, 31))
    assert [(row["unit"], row["opinions"], row["told"]) for row in rows] == [(shop.desk.pk, 1, 0)]


def test_people_of_the_department_elsewhere_see_what_is_theirs(shop, opinion):
    assert list(care.opinions(shop.stranger)) == []
    assert list(care.opinions(shop.inspector)) == [opinion]
