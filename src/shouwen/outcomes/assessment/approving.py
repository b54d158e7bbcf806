"""The superior approved the determination: shares of the loss and penalties take effect (R4-45)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from shouwen.engines.documents import queries as papers
from shouwen.engines.documents.models import Sheet
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.journal.actions import record
from shouwen.ground.org import queries as org
from shouwen.ground.org import values
from shouwen.ground.org.models import Person
from shouwen.work.cases.models import Case

from . import rules
from .models import LossShare, Penalty
from .proposals import LOSS_BASIS


@transaction.atomic
def approve_determination(case: Case, sheet: Sheet, *, by: Person, at: datetime) -> None:
    """Write down who bears which part of the loss and who is punished."""
    if Penalty.objects.filter(case=case, listed__isnull=False).exists():
        raise refuse(N_("本案的行政处分已送人事,不能再改"), "R4-62")
    LossShare.objects.filter(case=case).delete()
    Penalty.objects.filter(case=case).delete()
    _share_loss(case, sheet, by=by, at=at)
    _punish(case, sheet, by=by, at=at)


def _share_loss(case: Case, sheet: Sheet, *, by: Person, at: datetime) -> None:
    losses = papers.figure(sheet, "determination.losses") or []
    liability = papers.figure(sheet, "determination.liability") or []
    basis = values.setting_of(LOSS_BASIS, case.division_id, on=at)
    if basis is None:
        raise refuse(
            N_("缺少损失金额核算基准(附件1),不能核准损失"),
            "R4-87",
            instead=N_("请在“设置 · 公司规定值”中录入附件1"),
        )
    total = sum(line["amount"] or 0 for line in losses)
    shares = [Decimal(str(line["ratio"])) for line in liability]
    parts = rules.split(total, shares)
    LossShare.objects.bulk_create(
        LossShare(
            case=case,
            unit=org.unit_by_id(int(line["unit"])),
            person=org.person(int(line["person"])) if line.get("person") else None,
            ratio=share,
            amount_cents=part,
            basis_since=basis.since,
            approved_at=at,
        )
        for line, share, part in zip(liability, shares, parts, strict=True)
    )
    record("loss.approved", case, by=by, at=at, total=total, basis_since=basis.since.isoformat())


def _punish(case: Case, sheet: Sheet, *, by: Person, at: datetime) -> None:
    lines = papers.figure(sheet, "determination.penalties") or []
    penalties = [line for line in lines if line["kind"] != "none"]
    for line in penalties:
        penalty = Penalty.objects.create(
            case=case,
            person=org.person(int(line["person"])),
            kind=line["kind"],
            sanction=line.get("sanction") or "",
            amount_cents=line.get("amount") or 0,
            reason=line["reason"],
            approved_by=by,
            approved_at=at,
        )
        event = "sanction.approved" if penalty.kind == "administrative" else "penalty.approved"
        record(event, penalty, by=by, at=at, matter=case, person=penalty.person_id,
               amount=penalty.amount_cents, sanction=penalty.sanction)  # fmt: skip
