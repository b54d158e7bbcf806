"""The intake behind a call: the contact is kept with it, the second call is counted (R5-19)."""

import pytest

from shouwen.ground.journal.models import Entry
from shouwen.work.cases.models import Case
from shouwen.work.interactions import queries
from shouwen.work.interactions.models import Interaction
from shouwen.work.telephony.actions import Heard, give_extension, hear
from shouwen.work.telephony.models import Call


@pytest.fixture
def customer(shipment):
    """东方机电."""
    return shipment.order_line.order.customer


@pytest.fixture
def call(firm, seller):
    """A customer's call rings at the salesperson's desk."""
    give_extension(firm.division, "8001", seller, by=None)
    ring = Heard("c-1", "answered", "13800138000", extension="8001")
    return hear(ring, division=firm.division, source="api:1")


def told(customer, **more):
    return {
        "customer": customer.pk, "phone": "13800138000", "caller": "王采购", "channel": "phone",
        "category": "delivery", "severity": "1", "causes_loss": "no", "title": "何时交货",
        "description": "客户问订单何时交货。", **more,
    }  # fmt: skip


def test_the_page_opens_by_the_number_that_calls(enter, seller, customer, call):
    page = enter(seller).get(f"/intake/?call={call.pk}").content.decode()
    assert customer.name in page
    assert f'name="call" value="{call.pk}"' in page


def test_what_is_saved_carries_the_call(enter, seller, customer, call):
    assert enter(seller).post("/intake/", told(customer, call=call.pk)).status_code == 302
    case, row = Case.objects.get(), Interaction.objects.select_related("text").get()
    assert (row.source, row.external_id, row.matter) == ("api:1", "c-1", ("case", case.pk))
    assert (row.repeated, row.text.body) == (False, "客户问订单何时交货。")
    assert Call.objects.get().interaction == row


def test_without_a_call_the_contact_is_kept_all_the_same(enter, seller, customer):
    enter(seller).post("/intake/", told(customer))
    assert Interaction.objects.get().external_id is None


def test_the_second_call_is_tied_to_the_matter_and_counted(enter, seller, customer, call, day):
    enter(seller).post("/intake/", told(customer))
    case = Case.objects.get()
    again = told(customer, call=call.pk, same=case.pk, description="还没有消息，请催一下。")
    answer = enter(seller).post("/intake/same/", again)
    assert answer.status_code == 302
    assert Case.objects.count() == 1
    row = Interaction.objects.order_by("-pk").first()
    assert (row.repeated, row.external_id, row.matter) == (True, "c-1", ("case", case.pk))
    today = day.at.date()
    counted = {one["matter_id"]: one["times"] for one in queries.count_repeats(
        case.division_id, today, today
    )}  # fmt: skip
    assert counted == {case.pk: 1}
    assert Entry.objects.filter(event="interaction.tied", data__repeated=True).count() == 1
    page = enter(seller).get("/interactions/repeats/")
    assert [(line.case, line.times) for line in page.context["table"].rows] == [(case, 1)]
    assert seller.name in page.content.decode()
    assert enter(seller).get("/interactions/repeats/?month=2026-01").context["table"].rows == []
    assert enter(seller).get("/interactions/repeats/?month=x").status_code == 200
    assert enter(seller).get("/interactions/repeats/export/").status_code == 200


@pytest.mark.parametrize("same", ["", "x", "999999", "1 OR 1=1"])
def test_a_made_up_matter_takes_nothing(enter, seller, customer, same):
    answer = enter(seller).post("/intake/same/", told(customer, same=same))
    assert answer.status_code == 404
    assert not Interaction.objects.exists()


def test_a_call_is_not_registered_twice(enter, seller, customer, call):
    enter(seller).post("/intake/", told(customer, call=call.pk))
    enter(seller).post("/intake/", told(customer, call=call.pk, title="再一次"))
    assert Call.objects.get().interaction is not None
    assert Interaction.objects.filter(external_id="c-1").count() == 1
    assert Interaction.objects.count() == Case.objects.count() == 2


def test_earlier_contacts_stand_beside_the_call(enter, seller, customer):
    enter(seller).post("/intake/", told(customer))
    page = enter(seller).get("/intake/?phone=13800138000").content.decode()
    assert "以前的往来" in page
    assert "就是这件事" in page
