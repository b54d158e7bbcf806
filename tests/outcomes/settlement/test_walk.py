"""From copy 3 of the closed form to the posted voucher (R4-67 to R4-86)."""

from datetime import timedelta

import pytest

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.outcomes.settlement import actions as settlement
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk

CLOSED = "closed"


def person(firm, role):
    return org.people(role, firm.division)[0]


def closed(story):
    case = open_complaint(story)
    walk(case, story, CLOSED, wait=timedelta(hours=2))
    case.refresh_from_db()
    return case


def take_copy_three(case, firm):
    copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=3)
    return documents.receive_copy(copy, by=case.salesperson)


@pytest.fixture
def returned(shipment, firm):
    """A closed complaint whose goods come back, copy 3 received."""
    case = closed(Story(shipment, demand="return", method="return", amount="2500", quantity="100"))
    take_copy_three(case, firm)
    return case


def slip_of(case, approved="100"):
    line = case.lines.get()
    data = {
        "reason": "表面划伤",
        "handling": "return",
        "lines": [
            {
                "order": line.order_number,
                "part": line.part_number,
                "approved": approved,
                "unit_price": "25",
            }
        ],
    }
    return settlement.open_slip(case, data, by=case.salesperson)


def count(actual, part):
    return {
        "received_on": clock.today().isoformat(),
        "lines": [{"part": part, "actual": actual, "condition": "划伤"}],
    }


def test_a_return_goes_from_the_slip_to_the_voucher(returned, firm):
    slip = slip_of(returned)
    settlement.approve_slip(slip, by=person(firm, "sales.manager"))
    part = returned.lines.get().part_number
    settlement.receive_goods(slip, count("100", part), version=0, by=person(firm, "warehouse"))
    held = Copy.objects.filter(sheet=slip).order_by("no").values_list("unit__function", flat=True)
    assert list(held) == ["sales", "warehouse", "accounting", "sales"]


def test_an_allowance_slip_is_refused_for_a_return(returned):
    with pytest.raises(Refused) as refused:
        settlement.open_certificate(returned, {"amount": "1"}, by=returned.salesperson)
    assert refused.value.clauses == {"R4-67"}


def test_nothing_is_opened_before_copy_three_is_received(shipment, firm):
    case = closed(Story(shipment, method="return", demand="return", amount="1", quantity="10"))
    with pytest.raises(Refused) as refused:
        slip_of(case, "10")
    assert refused.value.clauses == {"R4-67"}
