"""When a customer likes to be called, and what is refused as a wish."""

from datetime import UTC, datetime, time

import pytest

from shouwen.ground.foundation.clock import COMPANY_ZONE
from shouwen.work.customers import rules
from shouwen.work.customers.care import preferences
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.customers.models import Customer
from shouwen.work.customers.models.choices import BY_WAY, Channel, Tongue

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


def test_a_customer_is_told_by_every_way_in_which_he_turns_to_us_but_the_machines():
    assert set(BY_WAY) == set(Channel.values) - {Channel.API}
    assert all(_why(likes_way=way) == [] for way in BY_WAY)
    assert all(_why(likes_language=tongue) == [] for tongue in Tongue.values)
