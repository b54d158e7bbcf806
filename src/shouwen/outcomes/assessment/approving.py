"""The superior approved the determination: shares of the loss and penalties take effect (R4-45)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.engines.dues import actions as dues
from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal.actions import record
from shouwen.ground.org import authority
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case

from . import annexes, rules
from .models import Claim, LossShare, Notice, Penalty
from .penalty_notices import ask_for_notice

Line = dict[str, Any]
COUNTED = (Claim.Status.OPEN, Claim.Status.PAID)
"""Claims whose share is not borne by the own departments."""


@one_act
def approve_determination(case: Case, sheet: Sheet, *, by: Person, at: datetime) -> None:
    """Write down who bears which part of the loss and who is punished."""
    losses = papers.figure(sheet, "determination.losses") or []
    penalties = [line for line in _penalties(sheet) if line["kind"] != "none"]
    basis_since = papers.figure(sheet, "determination.basis_since")
    missing = rules.why_not_annexes(annexes.of(case.division_id, _needed(penalties), at))
    refuse_any(missing or rules.why_not_computed(losses, basis_since))
    refuse_any(_beyond_authority(case, penalties, by, at))
    _clear(case, by=by, at=at)
    _share_loss(case, sheet, losses, date.fromisoformat(basis_since), by=by, at=at)
    _punish(case, penalties, by=by, at=at)


def _penalties(sheet: Sheet) -> list[Line]:
    return list(papers.figure(sheet, "determination.penalties") or [])


def _needed(penalties: list[Line]) -> set[str]:
    """The clauses whose annex this determination works by."""
    kinds = {line["kind"] for line in penalties}
    needed = {"R4-43"} | ({"R4-44"} if kinds else set())
    return needed | ({"R4-46"} if Penalty.Kind.ADMINISTRATIVE in kinds else set())


def _beyond_authority(case: Case, penalties: list[Line], by: Person, at: datetime) -> list[Reason]:
    """Sanctions that the company's table reserves to a higher level than the one who signs."""
    kinds = annexes.sanctions_of(case.division_id, at)
    reasons = []
    for line in penalties:
        row = kinds.get(line.get("sanction") or "")
        if line["kind"] != Penalty.Kind.ADMINISTRATIVE or row is None:
            continue
        role = authority.ROLES[row["approver"]]
        if org.as_whom(by, role, case.division_id, at) is None:
            facts = {"sanction": row["name_zh"], "who": authority.TITLES[row["approver"]]}
            reasons.append(
                Reason(
                    N_("“%(sanction)s”须由%(who)s核准"), "R4-46",
                    instead=N_("请转由有权的主管批示,或退回改定处分"), facts=facts,
                )
            )  # fmt: skip
    return reasons


def _clear(case: Case, *, by: Person, at: datetime) -> None:
    """Take back what an earlier approval said; not what was already carried out."""
    if Penalty.objects.filter(case=case, listed__isnull=False).exists():
        raise refuse(N_("本案的行政处分已送人事,不能再改"), "R4-62")
    if Notice.objects.filter(penalty__case=case, declined_at__isnull=True).exists():
        raise refuse(
            N_("本案的惩处已开立奖罚通知单,不能再改"),
            "R4-65",
            instead=N_("先由总经理退回通知单,再重新批示"),
        )
    LossShare.objects.filter(case=case).delete()
    for penalty in Penalty.objects.filter(case=case):
        dues.cancel(subject=penalty, reason="reapproved", by=by, at=at)
    Notice.objects.filter(penalty__case=case).update(penalty=None)
    Penalty.objects.filter(case=case).delete()


def claimed_shares(case: Case) -> list[Decimal]:
    """The shares of third parties in the loss, in percent (R4-56)."""
    found = Claim.objects.filter(case=case, status__in=COUNTED)
    return list(found.values_list("share", flat=True))


def loss_parts(
    losses: list[Line], liability: list[Line], claimed: list[Decimal]
) -> list[tuple[Line, Decimal, int]]:
    """What each liable unit bears: its line, its share in percent, its part in cents.

    `claimed` are the shares of third parties in percent; the units bear what they leave.
    """
    total = rules.own_part(sum(line["amount"] or 0 for line in losses), claimed)
    shares = [Decimal(str(line.get("ratio") or 0)) for line in liability]
    return list(zip(liability, shares, rules.split(total, shares), strict=True))


def _share_loss(
    case: Case, sheet: Sheet, losses: list[Line], since: date, *, by: Person, at: datetime
) -> None:
    liability = papers.figure(sheet, "determination.liability") or []
    LossShare.objects.bulk_create(
        LossShare(
            case=case,
            unit=org.unit_by_id(int(line["unit"])),
            person=org.person(int(line["person"])) if line.get("person") else None,
            ratio=share,
            amount_cents=part,
            basis_since=since,
            approved_at=at,
        )
        for line, share, part in loss_parts(losses, liability, claimed_shares(case))
    )
    total = sum(line["amount"] or 0 for line in losses)
    record("loss.approved", case, by=by, at=at, total=total, basis_since=since.isoformat())


def _punish(case: Case, lines: list[Line], *, by: Person, at: datetime) -> None:
    for line in lines:
        penalty = Penalty.objects.create(
            case=case,
            person=org.person(int(line["person"])),
            kind=line["kind"],
            sanction=line.get("sanction") or "",
            amount_cents=line.get("amount") or 0,
            points=line.get("points") or 0,
            reason=line["reason"],
            approved_by=by,
            approved_at=at,
        )
        event = "sanction.approved" if penalty.kind == "administrative" else "penalty.approved"
        record(event, penalty, by=by, at=at, matter=case, person=penalty.person_id,
               amount=penalty.amount_cents, sanction=penalty.sanction)  # fmt: skip
        if penalty.kind == Penalty.Kind.FINE and penalty.amount_cents:
            ask_for_notice(penalty, by=by, at=at)
