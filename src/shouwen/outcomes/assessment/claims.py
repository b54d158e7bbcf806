"""Another company or a supplier is liable: the office handles it with the units invited (R4-56)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation.refusal import N_, refuse, refuse_any
from shouwen.ground.foundation.words import listed
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.actions import case_of
from shouwen.work.cases.models import Case
from shouwen.work.cases.records import file_record

from . import rules
from .approving import claimed_shares
from .models import Claim, Invitation

FORM, OPINION = "third_party", "joint_opinion"


def open_claim(sheet: Sheet, *, by: Person, at: datetime) -> Claim:
    """A third party was found liable: the claim is open and every unit invited is asked."""
    case, said = case_of(sheet), _section(sheet, "claim")
    share = Decimal(str(said["share"]))
    Case.objects.select_for_update().get(pk=case.pk)
    refuse_any(rules.why_not_shares(share, claimed_shares(case)))
    claim = Claim.objects.create(
        sheet=sheet,
        case=case,
        division=case.division,
        party=said["party"],
        kind=said["kind"],
        share=share,
        amount_cents=said["amount"],
        opened_at=at,
    )
    record("joint.opened", sheet, by=by, at=at, matter=case, party=claim.party,
           amount=claim.amount_cents, share=str(share))  # fmt: skip
    for row in said["units"]:
        _invite(claim, row, said["facts"], by=by, at=at)
    return claim


def _invite(claim: Claim, row: dict[str, Any], facts: str, *, by: Person, at: datetime) -> None:
    asked = {"party": claim.party, "unit": row["unit"], "question": row.get("question") or facts}
    sheet = file_record(claim.case, OPINION, asked, by=by, at=at)
    unit = org.unit_by_id(int(row["unit"]))
    Invitation.objects.create(claim=claim, sheet=sheet, unit=unit)


def take_opinion(sheet: Sheet, *, at: datetime) -> None:
    """A unit invited has given its opinion."""
    Invitation.objects.filter(sheet=sheet).update(answered_at=at)


def settle_claim(sheet: Sheet, *, by: Person, at: datetime) -> Claim:
    """The office records what came of it; not before every unit invited was heard (R4-56)."""
    claim = Claim.objects.select_related("case").get(sheet=sheet)
    said = _section(sheet, "result")
    silent = claim.invitations.filter(answered_at__isnull=True).select_related("unit", "sheet")
    if said["status"] != Claim.Status.WITHDRAWN and silent:
        raise refuse(
            N_("%(units)s尚未提出会同意见"), "R4-56", field="result.status",
            instead=N_("请先取得会同单位的意见;不再追索时选“撤回”"),
            units=listed(one.unit.name for one in silent),
        )  # fmt: skip
    claim.status, claim.settled_at = said["status"], at
    claim.paid_cents = said.get("paid")
    claim.save(update_fields=["status", "settled_at", "paid_cents"])
    for one in silent:
        dues.cancel(subject=one.sheet, reason="withdrawn", by=by, at=at)
    record("joint.settled", sheet, by=by, at=at, matter=claim.case, status=claim.status,
           paid=claim.paid_cents)  # fmt: skip
    return claim


def _section(sheet: Sheet, key: str) -> dict[str, Any]:
    fresh = Sheet.objects.prefetch_related("sections").get(pk=sheet.pk)
    return papers.data_of(fresh)[key]
