"""Allowance and compensation: a certificate in two copies, sealed by the customer, then booked."""

from datetime import datetime
from typing import Any

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.models import Case

from . import rules
from .course import hand_on
from .models import Settlement, Voucher
from .opening import finish, settlement_of
from .queries import CERTIFICATE, certified_cents
from .vouchers import make_voucher


@one_act
def open_certificate(
    case: Case, data: dict[str, Any], *, by: Person, at: datetime | None = None
) -> Sheet:
    """Draw up a certificate within the decided amount (R4-68) and sign it as sales."""
    moment = at or clock.now()
    settlement = settlement_of(case, Settlement.Kind.ALLOWANCE)
    sheet = documents.open_sheet(CERTIFICATE, division=case.division, matter=case, by=by, at=moment)
    saved = documents.save_section(sheet, "allowance", data, version=0, by=by, at=moment)
    refuse_any(
        rules.why_not_amount(
            settlement.amount_cents or 0,
            certified_cents(case, but=sheet),
            saved.data["amount"] or 0,
        )
    )
    documents.sign_section(sheet, "allowance", by=by, at=moment)
    record("certificate.opened", sheet, by=by, at=moment, matter=case, amount=saved.data["amount"])
    hand_on(case, by=by, at=moment)
    return sheet


@one_act
def sign_certificate(
    sheet: Sheet, place: str, *, by: Person, at: datetime | None = None, opinion: str = ""
) -> Sheet:
    """The (deputy) manager's, then the (deputy) general manager's signature (R4-69)."""
    moment = at or clock.now()
    documents.sign_place(sheet, place, by=by, at=moment, opinion=opinion)
    hand_on(case_of(sheet), by=by, at=moment)
    return sheet


@one_act
def seal_certificate(
    sheet: Sheet, data: dict[str, Any], *, version: int = 0, by: Person, at: datetime | None = None
) -> Sheet:
    """Record the customer's seal; now copy 1 goes to sales, copy 2 to accounting (R4-69, R4-70)."""
    moment = at or clock.now()
    documents.save_section(sheet, "seal", data, version=version, by=by, at=moment)
    documents.sign_section(sheet, "seal", by=by, at=moment)
    issued = documents.issue(sheet, by=by, at=moment)
    case = case_of(sheet)
    record("certificate.sealed", sheet, by=by, at=moment, matter=case)
    hand_on(case, by=by, at=moment)
    return issued


@one_act
def book_allowance(
    sheet: Sheet, reference: str, *, by: Person, at: datetime | None = None
) -> Voucher:
    """Book a sealed certificate; refused while a signature or the seal is missing (R4-69)."""
    moment = at or clock.now()
    case = case_of(sheet)
    settlement = settlement_of(case, Settlement.Kind.ALLOWANCE)
    sheet = Sheet.objects.get(pk=sheet.pk)
    if sheet.state != Sheet.State.ISSUED:
        refuse_any(one for one in documents.why_not_issued(sheet) if one.clause == "R4-69")
        raise refuse(N_("折让证明单尚未经客户签章,不能作账"), "R4-69")
    voucher = make_voucher(
        case,
        sheet,
        quantity=None,
        amount_cents=papers.figure(sheet, "allowance.amount"),
        basis=f"{sheet.label} {papers.figure(sheet, 'allowance.reason')}",
        reference=reference,
        by=by,
        at=moment,
    )
    if certified_cents(case) >= (settlement.amount_cents or 0):
        finish(settlement, by=by, at=moment)
    hand_on(case, by=by, at=moment)
    return voucher
