"""The demo's two campaigns, in a small company."""

import pytest
from casting import company
from keeping import lay
from surveying import furnished

from shouwen.doors.demo.centre import surveys as demo
from shouwen.engines.dues.models import Due
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.clock import rehearsal
from shouwen.work.customers.actions import create_customer
from shouwen.work.customers.drafts import CustomerDraft
from shouwen.work.surveys import figures, mailing
from shouwen.work.surveys.models import Questionnaire

AT = "2026-11-20 10:00"


@pytest.fixture
def division(db, regulations):
    with rehearsal("2026-01-05 09:00"):
        cast = lay("the centre that asks twenty", _asking)
    with rehearsal(AT):
        yield cast.division


def _asking():
    cast = furnished(company())
    Questionnaire.objects.all().delete()
    for number in range(20):
        draft = CustomerDraft(
                f"D{number}", f"客户{number}", "domestic", phone=f"0258765{number:04}",
                email=f"c{number}@example.com", address="南京市",
            )  # fmt: skip
        create_customer(cast.division, draft, by=None)
    return cast


def test_one_is_closed_with_a_weak_area_and_one_runs(division):
    first, second = demo.make_in(division, clock.now())
    assert (first.state, second.state) == ("closed", "running")
    assert [one.area for one in first.results.filter(low=True)] == ["training"]
    assert first.results.get(low=True).follow_up.words
    assert {one.key for one in figures.by_channel(first)} == {
        "telephone", "letter", "on_site", "fax", "email",
    }  # fmt: skip
    assert not Due.objects.open().filter(subject_kind="arearesult").exists()
    assert Due.objects.open().filter(subject_kind="campaign").count() == 1
    assert second.recipients.filter(answered_at__isnull=False).count() == 11
    assert mailing.send_waiting(clock.now()) == 0, "no letter of the demo leaves"


def test_it_is_made_once(division):
    assert demo.make_in(division, clock.now()) == demo.make_in(division, clock.now())


def test_a_division_without_customers_has_none(db, regulations):
    cast = company()
    assert demo.make_in(cast.sister, clock.now()) == []
