"""The account of a case names what happened, when it was due and why, and what ruled it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from founding import demo_company
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.ground.org import queries as org
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.customers.actions import create_customer, create_product
from shouwen.work.customers.drafts import (
    CustomerDraft,
    LineDraft,
    OrderDraft,
    ProductDraft,
    ShipmentDraft,
)
from shouwen.work.customers.ordering import place_order, record_shipment

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    """A domestic complaint that was investigated."""
    with rehearsal("2026-03-02 09:00") as day:
        yield lay("the case whose why is asked", lambda: _investigated(day))


def _investigated(day):
    firm = demo_company(day.at)
    seller = org.people("sales", firm.division)[-1]
    draft = CustomerDraft(
        code="A1",
        name_zh="华东机电",
        region="domestic",
        salesperson=seller,
        phone="051266880000",
    )
    customer = create_customer(firm.division, draft, by=seller)
    product = create_product(firm.division, ProductDraft("P-1", name_zh="端盖"), by=seller)
    order = place_order(
        customer,
        OrderDraft("SO-1", date(2026, 1, 5), seller),
        [LineDraft(product, Decimal(100), 25_00)],
        by=seller,
    )
    shipped = ShipmentDraft(shipped_on=date(2026, 2, 2), quantity=Decimal(100))
    story = Story(record_shipment(order.lines.get(), shipped, by=seller))
    case = open_complaint(story)
    walk(case, story, "production", wait=timedelta(hours=1))
    case.refresh_from_db()
    return case


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_account_is_printed(case, capsys, monkeypatch, language):
    monkeypatch.setenv("SHOUWEN_LANGUAGE", language)
    call_command("why", case.number)
    text = capsys.readouterr().out
    assert text.startswith(f"{case.number}  ")
    assert "case.accepted" in text
    assert "R4-59" in text
    assert "2026-03-17" in text  # fifteen days from the acceptance
    assert "R4-61.step_limits" in text
    words = {"zh": ("事实", "公司规定的值"), "en": ("Facts", "Company values")}[language]
    assert all(word in text for word in words)


def test_a_draft_is_found_by_its_own_sign(case, capsys):
    call_command("why", f"D{case.pk}")
    assert case.number in capsys.readouterr().out


def test_an_unknown_number_is_said(case):
    for number in ("999999", "D999999", "nonsense", "D"):
        with pytest.raises(CommandError, match=number):
            call_command("why", number)
