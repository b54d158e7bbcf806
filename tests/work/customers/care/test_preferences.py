"""When a customer likes to be called, and what is refused as a wish."""

from datetime import UTC, datetime, time

import pytest

from shouwen.ground.foundation.clock import COMPANY_ZONE
from shouwen.work.customers import rules
from shouwen.work.customers.care import preferences
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Channel, Customer, Tongue

MORNING = Customer(likes_from=time(9), likes_until=time(11, 30))


@pytest.mark.parametrize(
    ("hour", "minute", "disturbed"),
    [(8, 59, True), (9, 0, False), (11, 29, False), (11, 30, True), (15, 0, True)],
)
def test_outside_his_hours_a_call_disturbs(hour, minute, disturbed):
    at = datetime(2026, 3, 11, hour, minute, tzinfo=COMPANY_ZONE).astimezone(UTC)
    assert preferences.is_inconvenient(MORNING, at) is disturbed


def test_who_said_nothing_is_never_disturbed():
    assert not preferences.is_inconvenient(Customer(), datetime(2026, 3, 11, 22, tzinfo=UTC))
    assert preferences.hours(Customer()) == ""
    assert preferences.hours(MORNING) == "09:00–11:30"


def _why(**values):
    draft = CustomerDraft("K-1", "客户机械", "domestic", **values)
    return [reason.field for reason in rules.why_not_customer(draft)]


def test_a_wish_has_two_ends_in_order():
    assert _why(likes_from=time(9), likes_until=time(10)) == []
    assert _why(likes_from=time(9)) == ["likes_until"]
    assert _why(likes_until=time(9)) == ["likes_from"]
    assert _why(likes_from=time(9), likes_until=time(9)) == ["likes_until"]
    assert _why(likes_way="pigeon", likes_language="la") == ["likes_way", "likes_language"]


def test_the_ways_and_languages_are_those_of_the_record():
    assert tuple(Channel.values) == rules.WAYS
    assert tuple(Tongue.values) == rules.TONGUES
