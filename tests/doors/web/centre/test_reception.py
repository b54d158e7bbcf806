"""A visitor and a letter are the customer's whose number is told; numbers are masked elsewhere."""

import pytest

from shouwen.work.interactions.models import Interaction
from shouwen.work.reception.models import Letter, Visit


@pytest.fixture
def visitor(centre):
    return {
        "visitor": "安然", "phone": "138 0013 8101", "people": "1", "errand": "business",
        "purpose": "谈装修押金", "host": centre.second_agent.pk,
    }  # fmt: skip


def test_a_visitor_with_a_known_number_is_that_customer(centre, as_, visitor):
    assert as_(centre.agent).post("/reception/new/", visitor).status_code == 302
    assert Visit.objects.get().interaction.customer == centre.resident


def test_a_visitor_with_another_number_is_nobody_yet(centre, as_, visitor):
    as_(centre.agent).post("/reception/new/", {**visitor, "phone": "13800139999"})
    assert Visit.objects.get().interaction.customer is None


def test_a_letter_with_a_known_number_is_that_customers(centre, as_):
    as_(centre.agent).post("/reception/letters/new/", {
        "channel": "letter", "party": "安然", "subject": "停车费", "body": "新能源车是否减免？",
        "phone": "13800138101", "handler": centre.agent.pk,
    })  # fmt: skip
    letter = Letter.objects.get()
    assert letter.customer == centre.resident
    assert Interaction.objects.get() in centre.resident.interactions.all()


def test_the_number_of_a_visitor_is_masked_for_whoever_has_nothing_to_do_with_him(
    centre, as_, visitor
):
    as_(centre.guard).post("/reception/new/", visitor)
    address = f"/reception/{Visit.objects.get().pk}/"
    for person in (centre.guard, centre.second_agent):
        assert "138 0013 8101" in as_(person).get(address).content.decode()
    page = as_(centre.centre_bookkeeper).get(address).content.decode()
    assert "138 0013 8101" not in page
    assert "8101" in page
