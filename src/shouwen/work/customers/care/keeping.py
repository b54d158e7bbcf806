"""Verbs on one customer: verified, graded, noted for an opportunity."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import queries as org
from shouwen.ground.org import ruling, values
from shouwen.ground.org.models import Person, Unit
from shouwen.work.customers.access import require_not_merged, require_writer
from shouwen.work.customers.models import Customer, Grading, Opportunity
from shouwen.work.customers.recording import stale

from . import rules

GRADES = {"grade": "R2-10.grades", "relation": "R1-13.relations"}
"""Where the company's lists of grades stand."""


@one_act
def verify_customer(
    customer: Customer, *, by: Person, at: datetime | None = None, remark: str = ""
) -> Customer:
    """Say that the record was gone through and is right: its next review counts from here."""
    at = at or clock.now()
    require_writer(by, "customer", customer.division_id)
    row = require_standing(customer)
    before = row.last_verified_on
    Customer.objects.filter(pk=row.pk).update(last_verified_on=clock.day_of(at))
    customer.last_verified_on = clock.day_of(at)
    journal.record(
        "customer.verified", customer, by=by, at=at, remark=remark.strip(),
        before=before.isoformat() if before else None,
    )  # fmt: skip
    return customer


def require_standing(customer: Customer) -> Customer:
    """The record as it is, locked; refuses one that was merged into another."""
    row = Customer.objects.select_for_update().get(pk=customer.pk)
    require_not_merged(row)
    return row


def grades(kind: str, customer: Customer, at: datetime | None = None) -> dict[str, str]:
    """The company's list of grades: key and meaning; refuses while it has none."""
    rows = values.get(GRADES[kind], customer.division_id, at)
    return {row["grade"]: row["meaning"] for row in rows}


def has_grades(kind: str, customer: Customer) -> bool:
    """Whether the company has set such a list."""
    return values.find(GRADES[kind], customer.division_id) is not None


def grades_of(kind: str, divisions: Iterable[int], at: datetime | None = None) -> list[str]:
    """The grades that some divisions give, each once, in the company's order."""
    tables = (values.find(GRADES[kind], one, at) or [] for one in divisions)
    return list(dict.fromkeys(row["grade"] for table in tables for row in table))


@one_act
def grade_customer(
    customer: Customer,
    kind: str,
    grade: str,
    *,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> Grading:
    """Change the relation grade or the customer grade; what it was stays with author and reason."""
    at = at or clock.now()
    require_writer(by, "customer", customer.division_id)
    row = require_standing(customer)
    clause = GRADES[kind].split(".")[0]
    before = getattr(row, kind)
    refuse_any(rules.why_not_graded(before, grade, reason, grades(kind, row, at), clause))
    made = Grading.objects.create(
        customer=row, kind=kind, before=before, after=grade, reason=reason.strip(), by=by, at=at
    )
    Customer.objects.filter(pk=row.pk).update(**{kind: grade})
    setattr(customer, kind, grade)
    journal.record(
        "customer.graded", customer, by=by, at=at,
        grading=kind, before=before, after=grade, reason=reason.strip(),
    )  # fmt: skip
    return made


@one_act
def note_opportunity(
    customer: Customer,
    *,
    need: str,
    next_step: str,
    owner: Person,
    expected_cents: int | None = None,
    next_on: date | None = None,
    source: models.Model | None = None,
    by: Person,
    at: datetime | None = None,
) -> Opportunity:
    """Note what a customer may need of us, what it is worth, the next step and whose it is (R2-10).

    `source` is where it was heard: an interaction, a call-back.
    """
    at = at or clock.now()
    require_standing(customer)
    clause = _clause(customer, at)
    today = clock.day_of(at)
    refuse_any(rules.why_not_opportunity(need, expected_cents, next_step, next_on, today, clause))
    made = Opportunity.objects.create(
        division_id=customer.division_id,
        customer=customer,
        need=need.strip(),
        expected_cents=expected_cents,
        next_step=next_step.strip(),
        next_on=next_on,
        owner=owner,
        unit=_unit_of(owner, at),
        source_kind=journal.kind_of(source) if source is not None else "",
        source_id=source.pk if source is not None else None,
        noted_by=by,
        noted_at=at,
    )
    journal.record(
        "opportunity.noted", made, by=by, at=at, matter=customer, owner=owner.pk,
        expected_cents=expected_cents, source=made.source_kind,
    )  # fmt: skip
    return made


@one_act
def change_opportunity(
    opportunity: Opportunity,
    *,
    next_step: str,
    owner: Person,
    expected_cents: int | None = None,
    next_on: date | None = None,
    version: int | None = None,
    by: Person,
    at: datetime | None = None,
) -> Opportunity:
    """Say the next step, or pass it on; refused when somebody else changed it meanwhile."""
    at = at or clock.now()
    row = _open(opportunity, version)
    refuse_any(
        rules.why_not_opportunity(
            row.need, expected_cents, next_step, next_on, clock.day_of(at),
            _clause(row.customer, at),
        )
    )  # fmt: skip
    before = {"owner": row.owner_id, "expected_cents": row.expected_cents}
    row.next_step, row.next_on, row.expected_cents = next_step.strip(), next_on, expected_cents
    row.owner, row.unit = owner, _unit_of(owner, at)
    row.version += 1
    row.save()
    journal.record(
        "opportunity.changed", row, by=by, at=at, matter=row.customer,
        before=before, owner=owner.pk, expected_cents=expected_cents,
    )  # fmt: skip
    return row


@one_act
def close_opportunity(
    opportunity: Opportunity,
    *,
    won: bool,
    outcome: str,
    by: Person,
    at: datetime | None = None,
) -> Opportunity:
    """Say what became of it, and why."""
    at = at or clock.now()
    row = _open(opportunity, None)
    refuse_any(rules.why_not_reason(outcome, "outcome", _clause(row.customer, at)))
    row.state = Opportunity.State.WON if won else Opportunity.State.LOST
    row.closed_at, row.outcome = at, outcome.strip()
    row.version += 1
    row.save()
    journal.record(
        "opportunity.closed", row, by=by, at=at, matter=row.customer, result=str(row.state)
    )
    return row


def _open(opportunity: Opportunity, version: int | None) -> Opportunity:
    locked = Opportunity.objects.select_for_update(of=("self",)).select_related("customer")
    row = locked.get(pk=opportunity.pk)
    if version is not None and row.version != version:
        raise stale(row)
    if row.state != Opportunity.State.OPEN:
        raise refuse(N_("这条商机已经结束"), instead=N_("客户又有需求时，请另记一条"))
    return row


def _clause(customer: Customer, at: datetime) -> str:
    found = ruling.clause("document", customer.division_id, at, form="opportunity_note")
    return found.id if found else ""


def _unit_of(person: Person, at: datetime) -> Unit | None:
    post = org.main_post(person, at)
    return post.post.unit if post else None
