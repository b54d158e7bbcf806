"""A new form for a customer who does not accept the conclusion (R4-48); who closes what."""

from datetime import timedelta

import pytest

from shouwen.engines.documents import queries as papers
from shouwen.ground.foundation.refusal import Refused
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.cases import actions as cases
from shouwen.work.cases import refiling
from shouwen.work.cases.access import access_case
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.models import Case

SAID = "客户认为划伤深度超过图纸,不接受折让。"


@pytest.fixture
def closed(shipment):
    """A complaint that was closed."""
    case = walk(open_complaint(Story(shipment)), Story(shipment), "closed", wait=timedelta(hours=1))
    return access_case(case.salesperson, case.pk)


def anew(case, by=None):
    return refiling.refile(case, refiling.again(case, SAID), by=by or case.salesperson)


def test_the_new_form_has_the_old_one_behind_it_and_its_own_number(closed, shipment):
    fresh = anew(closed)
    sheet, old = cases.sheet_of(fresh), cases.sheet_of(closed)
    assert (fresh.origin, sheet.origin) == (closed, old)
    assert (fresh.stage, fresh.number) == ("draft", None)
    intake = papers.data_of(sheet)["intake"]
    assert intake["phenomenon"] == SAID
    assert intake["lines"] == papers.data_of(old)["intake"]["lines"]
    assert "opinion" not in intake
    walk(fresh, Story(shipment), "investigation")
    fresh.refresh_from_db()
    closed.refresh_from_db()
    assert (closed.number, closed.state, fresh.number) == ("260301", "closed", "260302")
    assert [*closed.refiled.all()] == [fresh]


def test_one_new_form_at_a_time(closed):
    fresh = anew(closed)
    with pytest.raises(Refused, match=fresh.label) as refused:
        anew(closed)
    assert refused.value.clauses == {"R4-48"}


def test_only_sales_files_it(closed):
    with pytest.raises(Refused) as refused:
        anew(closed, by=org.people("quality", closed.division)[0])
    assert refused.value.clauses == {"R4-48"}
    assert Case.objects.count() == 1


def test_an_open_complaint_goes_on_on_its_own_form(shipment):
    case = walk(open_complaint(Story(shipment)), Story(shipment), "acceptance")
    assert refiling.why_not_refiled(case)[0].clause == "R4-48"


def test_an_ordinary_matter_is_closed_by_its_owner_or_by_sales(firm, shipment):
    customer = shipment.order_line.order.customer
    agent = org.people("service", firm.division)[0]
    intake = Intake(firm.division, customer, "delivery", "何时交货", "客户问订单何时交货。")
    case = cases.open_case(intake, by=agent)
    with pytest.raises(Refused) as refused:
        cases.close_ordinary(case, "已回复", by=org.people("quality", firm.division)[0])
    assert refused.value.clauses == {"R4-03"}
    assert cases.close_ordinary(case, "已回复交期", by=agent).state == "closed"
