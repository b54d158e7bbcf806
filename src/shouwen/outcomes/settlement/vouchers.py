"""Accounting: match the slip with what was approved, then post exactly one voucher (R4-73)."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from shouwen.engines.documents import actions as documents
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation import clock
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.money import plain
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.models import Case

from . import rules
from .course import hand_on
from .models import Settlement, Voucher
from .opening import finish
from .queries import VOUCHER, excess_ruling, matches_of, proof_of, slips


@one_act
def post_return(
    slip: Sheet, *, reference: str = "", by: Person, at: datetime | None = None
) -> Voucher:
    """Post the voucher of a return, once: counted, proven, matched (R4-73, R4-86)."""
    moment = at or clock.now()
    slip = Sheet.objects.select_for_update().get(pk=slip.pk)
    case = case_of(slip)
    matches = matches_of(slip)
    if not matches:
        raise refuse(N_("成品仓储尚未签收,没有实退量可核对"), "R4-73")
    if proof_of(slip) is None:
        raise refuse(
            N_("尚无退货证明,不能作账"), "R4-86", instead=N_("三种退货证明择一取得后一并送会计")
        )
    ruling = excess_ruling(slip)
    refuse_any(reason for _, found in matches for reason in rules.why_not_voucher(found, ruling))
    booked = [(line, rules.voucher_quantity(found, ruling)) for line, found in matches]
    amount = sum(
        int((Decimal(line.unit_price_cents) * quantity).quantize(Decimal(1), ROUND_HALF_UP))
        for line, quantity in booked
    )
    record("slip.matched", slip, by=by, at=moment, matter=case,
           branches=[found.branch for _, found in matches])  # fmt: skip
    voucher = make_voucher(
        case,
        slip,
        quantity=sum((quantity for _, quantity in booked), Decimal(0)),
        amount_cents=amount,
        basis=";".join(
            f"{line.part_number} {plain(line.approved)}→{plain(quantity)}"
            for line, quantity in booked
        ),
        reference=reference,
        by=by,
        at=moment,
    )
    if not slips(case).filter(posted__isnull=True).exists():
        finish(Settlement.objects.get(case=case), by=by, at=moment)
    hand_on(case, by=by, at=moment)
    return voucher


def make_voucher(
    case: Case,
    source: Sheet,
    *,
    quantity: Decimal | None,
    amount_cents: int,
    basis: str,
    reference: str,
    by: Person,
    at: datetime,
) -> Voucher:
    """Number and post one voucher for a source that has none; only accounting may."""
    if org.as_whom(by, "accounting", case.division_id, at) is None:
        raise refuse(N_("传票由会计科开立"), "R4-73", instead=N_("请送会计科办理"))
    if Voucher.objects.filter(source=source).exists():
        raise refuse(N_("%(source)s 已开立传票"), "R4-73", source=source.label)
    sheet = documents.open_sheet(VOUCHER, division=case.division, matter=case, by=by, at=at)
    data = {
        "source": source.label,
        "posted_on": clock.day_of(at).isoformat(),
        "quantity": plain(quantity) if quantity is not None else "",
        "amount": f"{Decimal(amount_cents) / 100:.2f}",
        "basis": basis[:1000],
    }
    documents.save_section(sheet, "voucher", data, version=0, by=by, at=at)
    documents.sign_section(sheet, "voucher", by=by, at=at)
    issued = documents.issue(sheet, by=by, at=at)
    voucher = Voucher.objects.create(
        sheet=issued,
        source=source,
        case=case,
        number=issued.number or "",
        posted_on=clock.day_of(at),
        quantity=quantity,
        amount_cents=amount_cents,
        reference=reference.strip()[:40],
    )
    record(
        "voucher.posted",
        voucher,
        by=by,
        at=at,
        matter=case,
        number=voucher.number,
        amount=amount_cents,
        source=source.label,
    )
    return voucher
