"""The base of the collection-rate bonus leaves out what a complaint holds back (R4-81)."""

from datetime import date, time
from decimal import Decimal

import pytest
from outcomes.reports.month import closed
from outcomes.reports.test_statistics import refusal

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Copy
from shouwen.ground.foundation import clock
from shouwen.ground.journal.models import Entry
from shouwen.ground.org import queries as org
from shouwen.outcomes.reports import access, bonuses, rules
from shouwen.outcomes.reports import actions as reports
from shouwen.outcomes.reports.models import Report
from shouwen.outcomes.settlement.models import Collection
from shouwen.regulations.r04_quality_complaints.rehearse import Story, open_complaint, walk
from shouwen.work.customers import queries as customers
from shouwen.work.customers.actions import collect

END = date(2026, 4, 30)
BEFORE, AFTER = date(2026, 4, 1), date(2026, 5, 6)


@pytest.mark.parametrize(
    ("dispute", "delays"),
    [
        (rules.Dispute(BEFORE), True),
        (rules.Dispute(AFTER), False),
        (rules.Dispute(BEFORE, closed_on=AFTER), True),
        (rules.Dispute(BEFORE, closed_on=END, upheld=True), True),
        (rules.Dispute(BEFORE, closed_on=BEFORE, upheld=True, settled_on=END), False),
        (rules.Dispute(BEFORE, closed_on=BEFORE, collect_by=AFTER), True),
        (rules.Dispute(BEFORE, closed_on=BEFORE, collect_by=END), False),
        (rules.Dispute(BEFORE, closed_on=BEFORE, collect_by=BEFORE, disputed=True), True),
        (rules.Dispute(BEFORE, closed_on=BEFORE), False),
    ],
)
def test_when_a_complaint_holds_a_payment_back(dispute, delays):
    assert dispute.delays(END) is delays


@pytest.fixture
def april(firm, shipment, abroad, day):
    """Two invoices of 25,000 due on 3 April by one salesperson, and the month is over."""
    day.move(clock.local(date(2026, 4, 1), time(9)))
    return customers.seller_of(shipment)


def over(day, month=5):
    day.move(clock.local(date(2026, month, 4), time(9)))


def base(firm, seller, period="2026-04"):
    return bonuses.base_of(org.person(seller), firm.division, period)


def test_an_open_complaint_takes_its_part_out_of_the_base(firm, shipment, abroad, april, day):
    story = Story(shipment)
    case = walk(open_complaint(story), story, "investigation")
    over(day)
    collect(abroad, 25_000_00, date(2026, 4, 2), by=org.people("accounting", firm.division)[0])
    found = base(firm, april)
    assert found.receivable_cents == 50_000_00
    assert [(one.case, one.complaint) for one in found.exclusions] == [(case.pk, case.number)]
    assert (found.base_cents, found.rate) == (25_000_00, Decimal("100.00"))


def test_without_a_complaint_the_unpaid_invoice_lowers_the_rate(firm, shipment, abroad, april, day):
    over(day)
    collect(abroad, 25_000_00, date(2026, 4, 2), by=org.people("accounting", firm.division)[0])
    found = base(firm, april)
    assert (found.exclusions, found.rate) == ((), Decimal("50.00"))


def test_an_upheld_complaint_holds_until_it_is_settled(firm, shipment, april, day):
    case = closed(shipment, amount="1000")
    copy = Copy.objects.get(sheet__matter_id=case.pk, sheet__form="complaint_form", no=3)
    documents.receive_copy(copy, by=case.salesperson)
    over(day)
    assert [one.complaint for one in base(firm, april).exclusions] == [case.number]
    case.settlement.done_at = clock.local(END)
    case.settlement.save(update_fields=["done_at"])
    assert base(firm, april).exclusions == ()


def test_one_not_upheld_holds_until_the_new_day_of_payment(firm, shipment, april, day):
    case = closed(shipment, upheld=False, method="none")
    over(day)
    collection = Collection.objects.get(case=case)
    assert collection.due_on > END
    assert [one.complaint for one in base(firm, april).exclusions] == [case.number]
    Collection.objects.update(due_on=END)
    assert base(firm, april).exclusions == ()


def test_accounting_writes_it_down_and_anew_only_with_a_reason(firm, shipment, april, day):
    who, accountant = org.person(april), org.people("accounting", firm.division)[0]
    write = (reports.compute_bonus, firm.division, who, "2026-04")
    (reason,) = refusal(*write, by=accountant)
    assert (reason.clause, reason.field) == ("R4-81", "period")
    over(day)
    (reason,) = refusal(*write, by=who)
    assert reason.clause == "R4-81"
    first = reports.compute_bonus(firm.division, who, "2026-04", by=accountant)
    fact = Entry.objects.get(event="bonus.computed")
    assert (fact.data["base"], fact.data["rate"]) == (50_000_00, "0.00")
    (reason,) = refusal(*write, by=accountant)
    assert reason.field == "reason"
    collect(shipment, 25_000_00, date(2026, 4, 29), by=accountant)
    again = reports.compute_bonus(
        firm.division, who, "2026-04", reason="补登四月收款", by=accountant
    )
    assert Report.objects.get(pk=first.pk).state == "replaced"
    assert (again.edition, again.body["rate"]) == (2, "50.00")
    assert bonuses.read(again).rate == Decimal("50.00")


def test_only_a_salesperson_has_a_base(firm, april, day):
    over(day)
    accountant = org.people("accounting", firm.division)[0]
    (reason,) = refusal(reports.compute_bonus, firm.division, accountant, "2026-04", by=accountant)
    assert reason.clause == "R4-81"


def test_who_may_read_whose(firm, april):
    seller, now = org.person(april), clock.now()
    other = next(
        one for one in org.people("sales", firm.division)
        if one != seller and one not in org.superiors(seller, firm.division)
    )  # fmt: skip
    readers = [
        seller, org.people("sales.manager", firm.division)[0],
        org.people("accounting", firm.division)[-1], org.people("gm_office", firm.division)[-1],
    ]  # fmt: skip
    for who in readers:
        assert access.may_read_bonus(who, seller, firm.division, now), who
    for who in (other, org.people("quality", firm.division)[0]):
        assert not access.may_read_bonus(who, seller, firm.division, now), who


def test_all_bases_of_a_month_cost_the_same(firm, shipment, abroad, april, day,
                                            django_assert_num_queries):  # fmt: skip
    story = Story(shipment)
    walk(open_complaint(story), story, "investigation")
    over(day)
    with django_assert_num_queries(4):
        assert len(bonuses.bases(firm.division, "2026-04")) == 1
