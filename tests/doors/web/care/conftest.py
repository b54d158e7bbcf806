"""A factory that works by R1, R2 and R8, with a customer, a twin of it and an opinion."""

from datetime import date

import pytest
from keeping import lay

from shouwen.ground.org import actions as org
from shouwen.regulations.helping import set_examples
from shouwen.work.customers import actions as customers
from shouwen.work.customers.care import opinions
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft


@pytest.fixture
def kept(cast, regulations):
    return lay("the factory that keeps", lambda: _kept(cast))


def _kept(c):
    for code in ("R1", "R2", "R8"):
        org.adopt_regulation(c.division, code, 1, since=date(2026, 1, 1), by=None)
        set_examples(c.division, code)
    c.customer = customers.create_customer(
        c.division,
        CustomerDraft("C001", "南京悦升钣金有限公司", "domestic", salesperson=c.sales,
                      phone="025-87654321"),
        by=None,
    )  # fmt: skip
    c.twin = customers.create_customer(
        c.division, CustomerDraft("C002", "悦升钣金", "domestic", phone="025-87654321"), by=None
    )
    c.contact = customers.create_contact(
        c.customer, ContactDraft("任敏", phone="13800138000"), by=None
    )
    draft = opinions.OpinionDraft(
        c.division, "opinion", "包装太松。", "来电", customer=c.customer,
        target=c.units["quality"],
    )  # fmt: skip
    c.opinion = opinions.record_opinion(draft, by=c.agent)
    return c
