"""The factory works by R1, R2 and R8 too, with what the company set for them."""

from datetime import date

import pytest

from shouwen.ground.org import actions as org
from shouwen.ground.policy import queries as policy
from shouwen.work.customers import actions as customers
from shouwen.work.customers.drafts import CustomerDraft


@pytest.fixture
def shop(company, regulations):
    """The factory with an agent and a customer nobody serves; `set(key)` sets a company value."""
    c = company
    for code in ("R1", "R2", "R6", "R8"):
        org.adopt_regulation(c.factory, code, 1, since=date(2026, 3, 1), by=None)
    c.desk = org.add_unit("desk", name_zh="客服部", function="customer_service", parent=c.factory)
    c.quality = org.add_unit("qc", name_zh="质管", parent=c.factory)
    c.agent = org.hire("agent", name_zh="林小雨")
    org.appoint(c.agent, org.add_post(c.desk, "客服员", rank="staff"))

    def put(key, value=None):
        found = policy.value_spec(key).example if value is None else value
        org.set_value(key, found, division=c.factory, by=None)

    c.set = put
    c.flower = customers.create_customer(
        c.factory, CustomerDraft("C9", "临江花店", "domestic", salesperson=c.seller), by=None
    )
    c.book = customers.create_customer(
        c.factory, CustomerDraft("C8", "临江书店", "domestic", phone="025-8765 4321"), by=None
    )
    return c
